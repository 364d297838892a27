#include "jobs/notion_merge.h"

namespace dreams::jobs {
namespace {

using Winner = NotionClash::Winner;
using Text = std::optional<std::string>;

constexpr std::chrono::minutes to_the_minute{1};

Text value_of(const NotionValues& values, const std::string& column) {
    const auto at = values.find(column);
    return at == values.end() ? std::nullopt : at->second;
}

/// An edit that Notion tells as of 14:07 came before 14:08: what was heard between the two may be
/// older or newer, and nobody can tell.
Winner fresher(const NotionSides& sides) {
    if (!sides.ours_at || *sides.ours_at < sides.theirs_at) return Winner::theirs;
    return *sides.ours_at >= sides.theirs_at + to_the_minute ? Winner::ours : Winner::nobody;
}

Winner winner_of(const std::string& column, const NotionSides& sides) {
    const auto* field = notion_field(column);
    switch (field ? field->rule : NotionRule::ask) {
        case NotionRule::notion:
            return Winner::theirs;
        case NotionRule::fresher:
            return fresher(sides);
        default:
            return Winner::nobody;
    }
}

/// One field's way, into `merge`.
void merge_field(const NotionSides& sides, const std::string& column, const Text& theirs,
                 NotionMerge& merge) {
    const auto ours = value_of(sides.ours, column);
    const auto agreed = value_of(sides.agreed, column);
    const bool open = sides.open.count(column) > 0;
    const bool writable = sides.kept.count(column) == 0;
    if (ours == theirs) {
        if (open) merge.settled.push_back(column);
        merge.agreed[column] = ours;
        return;
    }
    if (open) {
        merge.clashes.push_back({column, agreed, ours, theirs});
        return;
    }
    const auto pull = [&] {
        merge.pull[column] = theirs;
        merge.agreed[column] = theirs;
    };
    if (ours == agreed) return pull();
    if (!writable) return;
    if (theirs == agreed) {
        merge.push[column] = ours;
        return;
    }
    NotionClash clash{column, agreed, ours, theirs, winner_of(column, sides)};
    if (clash.winner == Winner::theirs) pull();
    if (clash.winner == Winner::ours) merge.push[column] = ours;
    merge.clashes.push_back(std::move(clash));
}

}  // namespace

NotionMerge merged(const NotionSides& sides) {
    NotionMerge merge{.agreed = sides.agreed};
    for (const auto& [column, theirs] : sides.theirs) {
        if (column == "id") {  // the page bears our id, whatever somebody typed or copied there
            if (theirs != value_of(sides.ours, "id")) merge.push["id"] = value_of(sides.ours, "id");
            continue;
        }
        if (sides.ours.count(column) > 0) merge_field(sides, column, theirs, merge);
    }
    return merge;
}

}  // namespace dreams::jobs
