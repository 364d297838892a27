#pragma once

// One table of two files, read once in the order of its rows. Internal to store/.

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/db_rows.h"
#include "store/table_shape.h"

namespace dreams::store {

/// What is read of a table in both files: the row's number, its key, the columns that both have,
/// then those that only this file has.
struct WalkPlan {
    std::vector<std::string> key, common, only_a, only_b;

    WalkPlan(const TableShape& a, const TableShape& b);
    /// `extra`: the columns that only this file has.
    std::string select(const std::string& from, const std::vector<std::string>& extra) const;
};

/// A row that the other file has not at the same place: its key, and where it is.
using Displaced = std::vector<std::pair<std::string, std::int64_t>>;

/// One table of one file, read in the order of its rows.
class WalkSide {
public:
    WalkSide(Db& db, const TableShape& shape, const WalkPlan& plan,
             const std::vector<std::string>& extra);

    bool ended() const { return ended_; }
    std::int64_t number() const { return rows_.integer(0); }
    std::int64_t count() const { return count_; }
    const Rows& row() const { return rows_; }
    Displaced& displaced() { return displaced_; }

    void next();
    void set_aside();
    bool same_key(const WalkSide& other) const;
    const Rows& at(std::int64_t number);

private:
    /// A table without row numbers is given some, in a copy that goes with the connection.
    static std::string ordered(Db& db, const TableShape& shape);
    int keys_;
    std::string select_;
    Rows rows_, one_;
    Displaced displaced_;
    std::int64_t count_ = 0;
    bool ended_ = false;
};

/// Rows at the same place with the same key meet at once; the others are sought by key afterwards.
/// `both(row of a, row of b, number in a, number in b)`, `only_a(number)`, `only_b(number)`. The
/// rows of one call are gone in the next.
template <class Both, class OnlyA, class OnlyB>
void walk(WalkSide& a, WalkSide& b, Both both, OnlyA only_a, OnlyB only_b) {
    while (!a.ended() && !b.ended()) {
        if (a.number() < b.number()) {
            a.set_aside();
        } else if (b.number() < a.number()) {
            b.set_aside();
        } else if (a.same_key(b)) {
            both(a.row(), b.row(), a.number(), b.number());
            a.next();
            b.next();
        } else {
            a.set_aside();
            b.set_aside();
        }
    }
    while (!a.ended()) a.set_aside();
    while (!b.ended()) b.set_aside();
    std::ranges::sort(a.displaced());
    std::ranges::sort(b.displaced());
    auto left = a.displaced().begin();
    auto right = b.displaced().begin();
    const auto left_end = a.displaced().end(), right_end = b.displaced().end();
    while (left != left_end && right != right_end) {
        if (left->first < right->first) {
            only_a((left++)->second);
        } else if (right->first < left->first) {
            only_b((right++)->second);
        } else {
            both(a.at(left->second), b.at(right->second), left->second, right->second);
            ++left, ++right;
        }
    }
    for (; left != left_end; ++left) only_a(left->second);
    for (; right != right_end; ++right) only_b(right->second);
}

/// The rows in which two files differ, by their numbers in either.
struct Differing {
    std::vector<std::pair<std::int64_t, std::int64_t>> both;  ///< one key, two contents
    std::vector<std::int64_t> only_a, only_b;
    std::int64_t of_b = 0;  ///< all rows of b, the equal ones too
};

/// Reads the table of both files once; what only one file has as a column tells nothing.
Differing differing_rows(Db& a, const TableShape& in_a, Db& b, const TableShape& in_b,
                         const WalkPlan& plan);

/// What is read is of one moment; ends with the scope.
class OneMoment {
public:
    explicit OneMoment(Db& db) : db_(db), ours_(!db.in_transaction()) {
        if (ours_) db.script("BEGIN");
    }
    OneMoment(const OneMoment&) = delete;
    OneMoment& operator=(const OneMoment&) = delete;
    ~OneMoment() {
        if (ours_ && db_.in_transaction()) db_.run("ROLLBACK");
    }

private:
    Db& db_;
    bool ours_;
};

}  // namespace dreams::store
