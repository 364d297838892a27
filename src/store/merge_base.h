#pragma once

// What two copies had when they were last one. Internal to store/.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/db.h"
#include "base/time.h"
#include "store/merge_memory.h"

namespace dreams::store {

/// The newest state from which both copies descend, as far as either knows. Clocks do not tell
/// which that is: of two states of one copy the one with fewer changes is the earlier, of several
/// copies the one that was met last. A file that bears our own name and nothing that we lack is an
/// earlier state of ours, and so that state itself.
class MergeBase {
public:
    static MergeBase find(Db& ours, Db& theirs);

    std::optional<Instant> at() const { return at_; }
    /// The hashes of a row as of then (see PartRow); none: there was no such row, or it is not
    /// known what was.
    std::optional<std::string> hashes(std::string_view table, const std::string& row) const;

private:
    std::optional<Instant> at_;
    std::map<std::string, ByRow, std::less<>> rows_;  ///< by table
};

}  // namespace dreams::store
