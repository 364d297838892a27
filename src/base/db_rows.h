#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/db.h"

struct sqlite3_value;

namespace dreams {

/// The sentence for what SQLite reports of the file `path`: what happened, what a person can do.
/// `db` may be null: then the code alone speaks.
Error sqlite_error(sqlite3* db, int code, const std::string& path);

/// `name` as it may stand in SQL, whatever it is.
std::string quoted_name(std::string_view name);

/// One value as the engine keeps it, as bytes: type, length, value. Equal values are equal bytes.
using Cell = std::string;

Cell null_cell();
Cell text_cell(std::string_view text);
Cell integer_cell(std::int64_t number);
bool is_null(const Cell& cell);
/// Whether `a` is the lesser by the text of both; NULL is the least.
bool less(const Cell& a, const Cell& b);
/// As SQLite words it, but a real by all its digits; none: NULL.
std::optional<std::string> text_of(const Cell& cell);

/// The rows of one query, their values as the engine keeps them: for whole tables whose columns
/// are known only when the file is read. Needs its connection alive.
class Rows {
public:
    Rows(Db& db, const std::string& sql);
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows();

    void begin_again(std::int64_t first_parameter);  ///< ?1 is this from now on

    bool step();  ///< true: a row stands ready
    int columns() const;
    std::int64_t integer(int column) const;
    std::string text(int column) const;  ///< as SQLite words it; NULL is empty
    bool is_null(int column) const;

    /// Whether two values are of one type and equal to the byte; 1 and 1.0 are not.
    bool same(int column, const Rows& other, int others_column) const;
    /// Adds the value to `bytes` so that different rows make different bytes: type, length, value.
    void append(int column, std::string& bytes) const;
    Cell cell(int column) const;

private:
    void check(int code) const;
    sqlite3_value* value(int column) const;

    sqlite3* db_;
    const std::string& path_;
    sqlite3_stmt* statement_ = nullptr;
};

/// A statement that writes values as they were read, whatever their types. Positions count from 1,
/// as `?1` does.
class CellWriter {
public:
    CellWriter(Db& db, const std::string& sql);
    CellWriter(const CellWriter&) = delete;
    CellWriter& operator=(const CellWriter&) = delete;
    ~CellWriter();

    void bind(int parameter, const Cell& cell);
    void run();   ///< then ready to be bound anew; what is bound stays
    bool step();  ///< true: there is a row; reset it before the next use
    Cell cell(int column) const;
    void reset();

private:
    void check(int code) const;
    sqlite3* db_;
    const std::string& path_;
    sqlite3_stmt* statement_ = nullptr;
};

}  // namespace dreams
