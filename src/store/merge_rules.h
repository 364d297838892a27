#pragma once

// How each table of two copies becomes one. Internal to store/ but for `merge_rules`, which the
// documentation is held against.

#include <string>
#include <string_view>
#include <vector>

namespace dreams::store {

enum class Joined {
    parts,     ///< row by row, part by part, against what both copies had when they parted
    rows,      ///< the rows of both; where both have a row that differs, the newer
    numbered,  ///< the same, and theirs get numbers of ours
    follow,    ///< theirs of those parents that came with this merge
    ours,      ///< each copy keeps its own
};

/// A column that holds a number of another table; `actions`: only where column `action` is so.
struct NumberOf {
    std::string_view column, table;
    std::vector<std::string_view> actions = {};
};

struct MergeRule {
    std::string_view table;
    Joined joined = Joined::ours;
    std::string_view words;                      ///< the rule in words, for people
    std::vector<std::string_view> same_by = {};  ///< what makes two rows one; empty: their key
    /// Of two rows that `same_by` takes for one: what tells them apart for all that, once both have
    /// the first of these.
    std::vector<std::string_view> unless = {};
    std::string_view newer_by = "";  ///< SQL over the row: the greater wins; then the greater bytes
    /// Whichever row wins: of each the greater of both. What was said once stays said.
    std::vector<std::string_view> lasting = {};
    /// What a person typed, whichever row wins: whoever changed it; both did: a conflict.
    std::vector<std::string_view> typed = {};
    std::vector<NumberOf> numbers = {};
    std::vector<std::string_view> people = {};  ///< columns that hold leads.id
    std::vector<std::string_view> homes = {};   ///< columns that hold properties.id

    /// Whether copies remember what the other had of it: all of it, or what was typed.
    bool is_remembered() const { return joined == Joined::parts || !typed.empty(); }
};

/// What makes two rows of a table one: columns of `rule`, else its `key`.
std::vector<std::string> told_by(const MergeRule& rule, const std::vector<std::string>& key);

/// Every table of ours, in the order in which they are merged: what is referred to comes first.
const std::vector<MergeRule>& merge_rules();

}  // namespace dreams::store
