#pragma once

// What two copies had when they were last one. Internal to store/.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/db.h"
#include "base/db_rows.h"
#include "base/time.h"

namespace dreams::store {

/// Writes into `into` that it holds everything of the copy `copy` as `from` has it `at`: a few
/// characters for each part of each person and home. Both may be one file.
void remember_copy(Db& into, Db& from, const std::string& copy, Instant at);

/// What a row of two copies is remembered by: the values that tell it.
std::string remembered_key(const std::vector<Cell>& key);

/// What `theirs` knows of further copies, `ours` knows from now on too, where it is later. What is
/// known of copies that nobody has met for long is forgotten.
void take_over_bases(Db& ours, Db& theirs);

/// The newest state from which both copies descend, as far as either knows. A file that bears our
/// own name and nothing that we lack is an earlier state of ours, and so that state itself.
class MergeBase {
public:
    static MergeBase find(Db& ours, Db& theirs);

    std::optional<Instant> at() const { return at_; }
    /// The hashes of a row as of then (see PartRow); none: there was no such row, or it is not
    /// known what was.
    std::optional<std::string> hashes(std::string_view table, const std::string& row) const;

private:
    std::optional<Instant> at_;
    using ByRow = std::unordered_map<std::string, std::string>;
    std::map<std::string, ByRow, std::less<>> rows_;  ///< by table
};

}  // namespace dreams::store
