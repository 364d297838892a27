#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/notion.h"

// What becomes of a home and its page, field by field: numbers in, numbers out. Internal to
// jobs/sync_notion.

namespace dreams::jobs {

/// What is known of both sides of one home.
struct NotionSides {
    NotionValues ours;           ///< by column, `id` too
    NotionValues theirs;         ///< what the page last said; a column that is not in it stays out
    NotionValues agreed;         ///< what both had when they last agreed; absent: never
    std::set<std::string> kept;  ///< columns that are not to be written there
    std::set<std::string> open;  ///< columns of open conflicts
    std::optional<Instant> ours_at;  ///< when what stands here was so
    Instant theirs_at;               ///< when the page was edited, to the minute
};

/// A field that both sides changed.
struct NotionClash {
    std::string column;
    std::optional<std::string> agreed, ours, theirs;
    enum class Winner { ours, theirs, nobody } winner = Winner::nobody;
};

/// What is to be done.
struct NotionMerge {
    NotionValues pull;                 ///< to be written here
    NotionValues push;                 ///< to be written there
    std::vector<NotionClash> clashes;  ///< those that a rule decided are in pull or push too
    std::vector<std::string> settled;  ///< columns of open conflicts that have become the same
    NotionValues agreed;               ///< as it is before anything of push is written
};

/// Changed on one side: copied to the other. Changed on both: the field's rule (model/notion.h), or
/// a clash that nobody wins. What is in an open conflict stays as it is until it is decided.
NotionMerge merged(const NotionSides& sides);

}  // namespace dreams::jobs
