#pragma once

// One merge under way. Internal to store/.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/db_rows.h"
#include "store/doubtful_homes.h"
#include "store/merge.h"
#include "store/merge_base.h"
#include "store/merge_rules.h"

namespace dreams::store {

/// Whose value a cell is to have; nobody's: a person decides.
enum class Side { ours, theirs, nobody };

/// A value that a person typed, in which both copies differ.
struct TypedCell {
    std::string_view table, column;
    std::string our_row, their_row;
    std::optional<std::string> ours, theirs;
    std::string seen_as;     ///< the row's key in dreams_merge_seen
    std::size_t part = 0;    ///< which of the hashes there is this cell's
    std::string their_hash;  ///< of what stands there
};

/// What either copy lists as typed in two, as it was before this merge.
class Disputes {
public:
    Disputes() = default;
    Disputes(Db& ours, Db& theirs);

    /// Whose the cell is where `side` changed it since both were one. What is open in either list
    /// was changed by both, until somebody decides it in either. `there_as_known`: the other copy
    /// still says what it said when it was last joined into this one.
    Side side(const TypedCell& cell, Side side, bool there_as_known) const;
    /// What only the other copy lists.
    std::vector<MergeConflict> open_there() const;
    /// What the other copy's list says of the cell of an entry of ours since that was found.
    const MergeConflict* decided_there(const MergeConflict& ours) const;

private:
    using ByCell = std::map<std::string, std::vector<MergeConflict>, std::less<>>;
    static ByCell list(Db& db);
    ByCell ours_, theirs_;
};

/// What came of all joins of homes, the earliest first.
struct HomesJoined {
    std::unordered_map<std::string, std::string> into;  ///< homes that went into others
    std::set<std::string> parted;                       ///< homes whose join was undone
};
/// `joins`: in any order, undone ones too.
HomesJoined homes_joined(std::vector<HomeJoin> joins);

/// Two copies of which each has done what the other did to whole homes.
struct HomesInStep {
    std::optional<Db> passing;      ///< in place of theirs, where that lacked something
    std::set<std::string> staying;  ///< homes that outlived the undoing of their import
    std::int64_t removed = 0;       ///< of our homes
    bool did_something = false;     ///< in ours
};

/// Imports that were undone in one copy, and homes that were joined in one, are undone and joined
/// in the other by what that has itself. `theirs` is only read.
HomesInStep bring_homes_in_step(Db& ours, Db& theirs);

/// What every step of a merge reads, and what it notes for those after it.
struct MergeWork {
    Db& ours;
    Db& theirs;
    const Zone& zone;
    Instant now;
    std::string name;        ///< dreams_origin.copy of ours
    std::string other;       ///< dreams_origin.copy of theirs
    bool remembers = false;  ///< what theirs is now will be known when both next meet
    Disputes disputes;
    MergeBase base;
    /// leads.id there to leads.id here, where one person has two.
    std::unordered_map<std::string, std::string> people;
    HomesJoined homes;
    std::set<std::string> staying;      ///< see HomesInStep
    std::vector<PropertyId> new_homes;  ///< that came with this merge
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

/// Whose a typed cell is, where `side` changed it since both were one. Nobody's is listed for a
/// person, once.
Side side_of_typed(MergeWork& work, MergedTable& table, const TypedCell& cell, Side side);

/// What is listed there and stands here since is listed here too; what both now say alike, or was
/// decided there, is decided.
void settle_conflicts(MergeWork& work);

/// A home that came and may be one that is here already is listed with it, as when an import
/// brings it. To be done when all keys are there.
void list_homes_twice(MergeWork& work);

/// What of `theirs` its owner made: no rule says how to join it.
std::vector<LeftThere> left_there(Db& ours, Db& theirs);

/// Joins of homes that stand in either copy: what hung on the home that went hangs on the other.
void merge_joins(MergeWork& work);

/// Takes a person or a home of ours out of the file, with everything that hangs on it.
void remove_with_children(Db& db, std::string_view table, const std::string& id);

}  // namespace dreams::store
