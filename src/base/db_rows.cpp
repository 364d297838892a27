#include "base/db_rows.h"

#include <sqlite3.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>
#include <string_view>

namespace dreams {
namespace {

void append_number(std::string& bytes, std::uint64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift);
}

constexpr std::size_t bytes_begin = 9;  // of a text in a cell: behind type and length

std::uint64_t number_in(const Cell& cell) {
    std::uint64_t number = 0;
    for (std::size_t i = 1; i < bytes_begin; ++i)
        number = number << 8 | static_cast<unsigned char>(cell[i]);
    return number;
}

std::string_view bytes_of(sqlite3_value* value) {
    const auto* data = static_cast<const char*>(sqlite3_value_blob(value));
    const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
    return size == 0 ? std::string_view() : std::string_view(data, size);
}

void append_value(sqlite3_value* of, std::string& bytes) {
    const int type = sqlite3_value_type(of);
    bytes += static_cast<char>('0' + type);
    if (type == SQLITE_NULL) return;
    if (type == SQLITE_INTEGER)
        return append_number(bytes, static_cast<std::uint64_t>(sqlite3_value_int64(of)));
    if (type == SQLITE_FLOAT)
        return append_number(bytes, std::bit_cast<std::uint64_t>(sqlite3_value_double(of)));
    const auto text = bytes_of(of);
    append_number(bytes, text.size());
    bytes += text;
}

}  // namespace

std::string quoted_name(std::string_view name) {
    std::string quoted = "\"";
    for (const char c : name) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"";
}

Rows::Rows(Db& db, const std::string& sql) : db_(db.handle()), path_(db.path()) {
    check(sqlite3_prepare_v2(db_, sql.c_str(), static_cast<int>(sql.size()), &statement_, nullptr));
}

Rows::~Rows() {
    sqlite3_finalize(statement_);
}

void Rows::check(int code) const {
    if (code != SQLITE_OK) throw sqlite_error(db_, code, path_);
}

void Rows::begin_again(std::int64_t first_parameter) {
    sqlite3_reset(statement_);
    check(sqlite3_bind_int64(statement_, 1, first_parameter));
}

bool Rows::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw sqlite_error(db_, code, path_);
}

int Rows::columns() const {
    return sqlite3_column_count(statement_);
}
std::int64_t Rows::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}
bool Rows::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}
sqlite3_value* Rows::value(int column) const {
    return sqlite3_column_value(statement_, column);
}

std::string Rows::text(int column) const {
    const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return bytes ? std::string(bytes,
                               static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)))
                 : std::string();
}

bool Rows::same(int column, const Rows& other, int others_column) const {
    sqlite3_value *const mine = value(column), *const theirs = other.value(others_column);
    const int type = sqlite3_value_type(mine);
    if (type != sqlite3_value_type(theirs)) return false;
    switch (type) {
        case SQLITE_NULL:
            return true;
        case SQLITE_INTEGER:
            return sqlite3_value_int64(mine) == sqlite3_value_int64(theirs);
        case SQLITE_FLOAT:  // bit for bit: 0.0 and -0.0 were written by two programs
            return std::bit_cast<std::uint64_t>(sqlite3_value_double(mine)) ==
                   std::bit_cast<std::uint64_t>(sqlite3_value_double(theirs));
        default:
            return bytes_of(mine) == bytes_of(theirs);
    }
}

void Rows::append(int column, std::string& bytes) const {
    append_value(value(column), bytes);
}

Cell Rows::cell(int column) const {
    Cell cell;
    append(column, cell);
    return cell;
}

// ---- Values by themselves

Cell null_cell() {
    return {static_cast<char>('0' + SQLITE_NULL)};
}

Cell text_cell(std::string_view text) {
    Cell cell{static_cast<char>('0' + SQLITE_TEXT)};
    append_number(cell, text.size());
    return cell.append(text);
}

Cell integer_cell(std::int64_t number) {
    Cell cell{static_cast<char>('0' + SQLITE_INTEGER)};
    append_number(cell, static_cast<std::uint64_t>(number));
    return cell;
}

bool less(const Cell& a, const Cell& b) {
    if (is_null(a) || is_null(b)) return is_null(a) && !is_null(b);
    const auto left = text_of(a), right = text_of(b);
    return left != right ? left < right : a < b;
}

bool is_null(const Cell& cell) {
    return cell[0] == '0' + SQLITE_NULL;
}

std::optional<std::string> text_of(const Cell& cell) {
    switch (cell[0] - '0') {
        case SQLITE_NULL:
            return std::nullopt;
        case SQLITE_INTEGER:
            return std::to_string(static_cast<std::int64_t>(number_in(cell)));
        case SQLITE_FLOAT: {
            char digits[32];
            const auto end = std::to_chars(digits, digits + sizeof digits,
                                           std::bit_cast<double>(number_in(cell)));
            return std::string(digits, end.ptr);
        }
        default:
            return cell.substr(bytes_begin);
    }
}

CellWriter::CellWriter(Db& db, const std::string& sql) : db_(db.handle()), path_(db.path()) {
    check(sqlite3_prepare_v2(db_, sql.c_str(), static_cast<int>(sql.size()), &statement_, nullptr));
}

CellWriter::~CellWriter() {
    sqlite3_finalize(statement_);
}

void CellWriter::check(int code) const {
    if (code != SQLITE_OK) throw sqlite_error(db_, code, path_);
}

void CellWriter::bind(int parameter, const Cell& cell) {
    const auto bytes = std::string_view(cell).substr(std::min(cell.size(), bytes_begin));
    const auto size = static_cast<int>(bytes.size());
    switch (cell[0] - '0') {
        case SQLITE_NULL:
            return check(sqlite3_bind_null(statement_, parameter));
        case SQLITE_INTEGER:
            return check(sqlite3_bind_int64(statement_, parameter,
                                            static_cast<std::int64_t>(number_in(cell))));
        case SQLITE_FLOAT:
            return check(
                sqlite3_bind_double(statement_, parameter, std::bit_cast<double>(number_in(cell))));
        case SQLITE_TEXT:
            return check(
                sqlite3_bind_text(statement_, parameter, bytes.data(), size, SQLITE_TRANSIENT));
        default:
            return check(
                sqlite3_bind_blob(statement_, parameter, bytes.data(), size, SQLITE_TRANSIENT));
    }
}

bool CellWriter::step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) {
        const auto error = sqlite_error(db_, code, path_);
        sqlite3_reset(statement_);
        throw error;
    }
    return code == SQLITE_ROW;
}

void CellWriter::run() {
    step();
    reset();
}

void CellWriter::reset() {
    sqlite3_reset(statement_);
}

Cell CellWriter::cell(int column) const {
    Cell cell;
    append_value(sqlite3_column_value(statement_, column), cell);
    return cell;
}

}  // namespace dreams
