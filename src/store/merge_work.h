#pragma once

// One merge under way. Internal to store/.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/db_rows.h"
#include "store/merge.h"
#include "store/merge_base.h"
#include "store/merge_rules.h"

namespace dreams::store {

struct MergeWork {
    Db& ours;
    Db& theirs;
    const Zone& zone;
    Instant now;
    std::string other;  ///< dreams_origin.copy of theirs
    MergeBase base;
    /// leads.id there to leads.id here, where one person has two.
    std::unordered_map<std::string, std::string> people;
    std::unordered_map<std::string, std::string> joined;  ///< homes that went into others
    std::set<std::string> parted;                         ///< homes whose join was undone
    /// Of each numbered table: number there to number here. Those that are not in it are the same.
    std::map<std::string, std::unordered_map<std::int64_t, std::int64_t>, std::less<>> numbers;
    /// Of each numbered table: numbers here of rows that came with this merge.
    std::map<std::string, std::set<std::int64_t>, std::less<>> came;
    MergeReport report;
};

/// Tables of people and homes: row by row, part by part.
void merge_parts(MergeWork& work, const MergeRule& rule, MergedTable& table);

/// All other tables.
void merge_rows(MergeWork& work, const MergeRule& rule, MergedTable& table);

/// Both copies changed a value: remembers it for a person, once. `conflict` as to table, row,
/// column and both values.
void list_conflict(MergeWork& work, MergedTable& table, MergeConflict conflict);

/// Joins of homes that stand in either copy: what hung on the home that went hangs on the other.
void merge_joins(MergeWork& work);

/// Takes a person or a home of ours out of the file, with everything that hangs on it.
void remove_with_children(Db& db, std::string_view table, const std::string& id);

}  // namespace dreams::store
