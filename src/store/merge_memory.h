#pragma once

// What a file remembers of other copies, and of those that it once was. Internal to store/.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/db.h"
#include "base/db_rows.h"
#include "base/record.h"
#include "base/time.h"
#include "store/merge_rules.h"

namespace dreams::store {

/// Writes into `into` that it holds everything of the copy `copy` as `from` has it `at`: a few
/// characters for each part of each person and home. Both may be one file.
void remember_copy(Db& into, Db& from, const std::string& copy, Instant at);

/// What a row of two copies is remembered by: the values that tell it.
std::string remembered_key(const std::vector<Cell>& key);

/// What `theirs` knows of further copies, `ours` knows from now on too, where it is later. What is
/// known of copies that nobody has met for long is forgotten.
void take_over_bases(Db& ours, Db& theirs);

/// A state of a copy that is remembered.
struct Known {
    std::string copy;
    Instant at;
    std::optional<std::int64_t> changes;  ///< Origin::changes of the copy
    std::int64_t number = 0;              ///< greater than that of whatever was known before

    static constexpr auto columns() {
        return Columns{Column{"copy", &Known::copy}, Column{"at", &Known::at},
                       Column{"changes", &Known::changes}, Column{"number", &Known::number}};
    }
    /// Which of two is to be preferred where nothing else tells.
    auto place() const { return std::pair(number, at); }
};

/// Every state that the file remembers.
std::vector<Known> known_copies(Db& db);
/// What it remembers of `copy`; none: nothing.
std::optional<Known> knows(Db& db, const std::string& copy);

/// Of two states of one copy.
enum class Order { earlier, same, later, unknown };

/// Origin::changes of a copy as it is now.
std::optional<std::int64_t> changes_of(Db& copy);
/// By how often the copy had changed.
Order order_of(std::optional<std::int64_t> a, std::optional<std::int64_t> b);

/// Hashes by the key of a row.
using ByRow = std::unordered_map<std::string, std::string>;

/// What `db` remembers of a table of the copy `copy`.
ByRow seen_of(Db& db, const std::string& copy, std::string_view table);
/// What there is to remember of a table of `db`, which is joined with that of `other`.
ByRow rows_to_remember(Db& db, Db& other, const MergeRule& rule);

}  // namespace dreams::store
