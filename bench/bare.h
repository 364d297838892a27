#pragma once

// The engine with nothing of ours around it: what base/db and the store are measured against.

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace dreams::bench {

using Cell = std::variant<std::monostate, std::int64_t, double, std::string>;
using Cells = std::vector<Cell>;

/// A prepared statement of the engine's own.
class BareStatement {
public:
    BareStatement(sqlite3* db, const std::string& sql);
    BareStatement(const BareStatement&) = delete;
    BareStatement& operator=(const BareStatement&) = delete;
    ~BareStatement();

    void write(const Cells& row);  ///< bound in order, stepped, reset
    /// Steps through the result and takes every column as what it is declared as. Gives the rows.
    std::int64_t scan();
    std::vector<Cells> read();  ///< the whole result, copied

private:
    void check(int code) const;
    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
};

/// A connection with the very pragmas that Db::open sets.
class Bare {
public:
    explicit Bare(const std::string& path);
    Bare(const Bare&) = delete;
    Bare& operator=(const Bare&) = delete;
    ~Bare();

    void run(const std::string& sql);
    BareStatement prepare(const std::string& sql) const { return {db_, sql}; }

private:
    sqlite3* db_ = nullptr;
};

/// Whether `columns` of `table` are the same in both files, row for row.
bool same_rows(const std::string& one, const std::string& other, const std::string& table,
               const std::string& columns = "*");

}  // namespace dreams::bench
