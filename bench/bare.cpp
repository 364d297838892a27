#include "bench/bare.h"

#include <sqlite3.h>

#include <cstring>

#include "base/error.h"

namespace dreams::bench {
namespace {

[[noreturn]] void fail(sqlite3* db) {
    throw Error(Fault::internal, std::string("SQLite: ") + sqlite3_errmsg(db));
}

struct Binder {
    sqlite3_stmt* statement;
    int at;
    int operator()(std::monostate) const { return sqlite3_bind_null(statement, at); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, at, value); }
    int operator()(double value) const { return sqlite3_bind_double(statement, at, value); }
    int operator()(const std::string& value) const {
        return sqlite3_bind_text(statement, at, value.data(), static_cast<int>(value.size()),
                                 SQLITE_STATIC);
    }
};

Cell cell(sqlite3_stmt* row, int at) {
    switch (sqlite3_column_type(row, at)) {
        case SQLITE_INTEGER:
            return sqlite3_column_int64(row, at);
        case SQLITE_FLOAT:
            return sqlite3_column_double(row, at);
        case SQLITE_NULL:
            return {};
        default:
            return std::string(reinterpret_cast<const char*>(sqlite3_column_text(row, at)),
                               static_cast<std::size_t>(sqlite3_column_bytes(row, at)));
    }
}

}  // namespace

BareStatement::BareStatement(sqlite3* db, const std::string& sql) : db_(db) {
    check(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement_, nullptr));
}

BareStatement::~BareStatement() {
    sqlite3_finalize(statement_);
}

void BareStatement::check(int code) const {
    if (code != SQLITE_OK) fail(db_);
}

void BareStatement::write(const Cells& row) {
    for (std::size_t i = 0; i < row.size(); ++i)
        check(std::visit(Binder{statement_, static_cast<int>(i) + 1}, row[i]));
    if (sqlite3_step(statement_) != SQLITE_DONE) fail(db_);
    sqlite3_reset(statement_);
}

std::int64_t BareStatement::scan() {
    const int columns = sqlite3_column_count(statement_);
    std::vector<char> is_text;
    for (int i = 0; i < columns; ++i) {
        const char* const declared = sqlite3_column_decltype(statement_, i);
        is_text.push_back(declared && std::strcmp(declared, "TEXT") == 0);
    }
    std::int64_t rows = 0;
    volatile std::int64_t taken = 0;  // so that nothing of it is found to be useless
    while (sqlite3_step(statement_) == SQLITE_ROW) {
        std::int64_t sum = 0;
        for (int i = 0; i < columns; ++i) {
            if (!is_text[static_cast<std::size_t>(i)]) {
                sum += sqlite3_column_int64(statement_, i);
                continue;
            }
            const auto* const text = sqlite3_column_text(statement_, i);
            const int size = sqlite3_column_bytes(statement_, i);
            if (text && size > 0) sum += text[0] + size;
        }
        taken = taken + sum;
        ++rows;
    }
    check(sqlite3_reset(statement_));
    return rows;
}

std::vector<Cells> BareStatement::read() {
    std::vector<Cells> rows;
    const int columns = sqlite3_column_count(statement_);
    while (sqlite3_step(statement_) == SQLITE_ROW) {
        Cells row;
        for (int i = 0; i < columns; ++i) row.push_back(cell(statement_, i));
        rows.push_back(std::move(row));
    }
    check(sqlite3_reset(statement_));
    return rows;
}

Bare::Bare(const std::string& path) {
    if (sqlite3_open_v2(path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) !=
        SQLITE_OK)
        fail(db_);
    run("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL;");
}

Bare::~Bare() {
    sqlite3_close_v2(db_);
}

void Bare::run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(db_);
}

bool same_rows(const std::string& one, const std::string& other, const std::string& table,
               const std::string& columns) {
    Bare db(one);
    db.run("ATTACH '" + other + "' AS other");
    const auto differing = [&](const std::string& a, const std::string& b) {
        return std::get<std::int64_t>(db.prepare("SELECT count(*) FROM (SELECT " + columns +
                                                 " FROM " + a + "." + table + " EXCEPT SELECT " +
                                                 columns + " FROM " + b + "." + table + ")")
                                          .read()[0][0]);
    };
    return differing("main", "other") == 0 && differing("other", "main") == 0;
}

}  // namespace dreams::bench
