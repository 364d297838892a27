#include "store/merge_base.h"

#include <algorithm>
#include <functional>

#include "store/origin.h"

namespace dreams::store {
namespace {

/// The newest change of each row of a table, by its id.
std::unordered_map<std::string, std::string> instants_of(Db& db, const std::string& table) {
    std::unordered_map<std::string, std::string> changes;
    Rows rows(db, "SELECT id, coalesce(updated_at, '') FROM main." + table);
    while (rows.step()) changes.emplace(rows.text(0), rows.text(1));
    return changes;
}

/// Whether a file of our own name only has what ours had once: no row changed there later than
/// here, none that is only there later than all of ours, and no run of a sync that is not here.
/// Else a program that stamps nothing went on in it.
bool is_earlier_state(Db& ours, Db& theirs) {
    for (const char* table : {"leads", "properties"}) {
        const auto here = instants_of(ours, table);
        std::string newest;
        for (const auto& [row, changed] : here) newest = std::max(newest, changed);
        for (const auto& [row, changed] : instants_of(theirs, table)) {
            const auto found = here.find(row);
            if ((found == here.end() ? newest : found->second) < changed) return false;
        }
    }
    const std::string last_run = "SELECT coalesce(max(id), 0) FROM sync_log";
    return theirs.value<std::int64_t>(last_run) <= ours.value<std::int64_t>(last_run);
}

/// Of each row what both remember alike: it is not known which of both is the earlier.
ByRow what_both_have(const ByRow& a, const ByRow& b) {
    ByRow both;
    for (const auto& [row, hashes] : a)
        if (const auto found = b.find(row); found != b.end() && found->second == hashes)
            both.emplace(row, hashes);
    return both;
}

/// A state from which both copies descend.
struct Ancestor {
    Known known;
    bool whole = true;  ///< false: some rows of it are not known
    std::function<ByRow(const MergeRule&)> rows;
};

/// `knowing` has everything of `copy` as of then, and `db` is that copy. One that has fewer changes
/// now was put back by other means (`cat old.db > dreams.db`): of it only what is there is sure.
std::optional<Ancestor> direct(Db& knowing, Db& db, const std::string& copy) {
    const auto known = knows(knowing, copy);
    if (!known) return std::nullopt;
    const auto seen = [&knowing, copy](const MergeRule& rule) {
        return seen_of(knowing, copy, rule.table);
    };
    if (order_of(known->changes, changes_of(db)) != Order::later)
        return Ancestor{*known, true, seen};
    return Ancestor{*known, false, [&, seen](const MergeRule& rule) {
                        return what_both_have(seen(rule), rows_to_remember(db, knowing, rule));
                    }};
}

/// Both know a third copy: the earlier state of it is in both.
std::optional<Ancestor> third(Db& ours, Db& theirs, const Known& here) {
    const auto there = knows(theirs, here.copy);
    if (!there) return std::nullopt;
    const auto seen = [copy = here.copy](Db& db) {
        return [&db, copy](const MergeRule& rule) { return seen_of(db, copy, rule.table); };
    };
    switch (order_of(here.changes, there->changes)) {
        case Order::earlier:
        case Order::same:
            return Ancestor{here, true, seen(ours)};
        case Order::later:
            return Ancestor{*there, true, seen(theirs)};
        case Order::unknown:
            break;
    }
    return Ancestor{std::min(here, *there,
                             [](const Known& a, const Known& b) { return a.place() < b.place(); }),
                    false, [a = seen(ours), b = seen(theirs)](const MergeRule& rule) {
                        return what_both_have(a(rule), b(rule));
                    }};
}

/// The newest first.
std::vector<Ancestor> common_ancestors(Db& ours, Db& theirs) {
    const auto here = origin(ours), there = origin(theirs);
    std::vector<Ancestor> all;
    const auto offer = [&](std::optional<Ancestor> found) {
        if (found) all.push_back(std::move(*found));
    };
    const bool parted = !here || !there || here->copy != there->copy;
    if (there && parted) offer(direct(ours, theirs, there->copy));
    if (here && parted) offer(direct(theirs, ours, here->copy));
    for (const auto& known : known_copies(ours)) offer(third(ours, theirs, known));
    std::ranges::stable_sort(all, std::greater{},
                             [](const Ancestor& each) { return each.known.place(); });
    return all;
}

}  // namespace

MergeBase MergeBase::find(Db& ours, Db& theirs) {
    const auto here = origin(ours), there = origin(theirs);
    MergeBase base;
    if (here && there && here->copy == there->copy && is_earlier_state(ours, theirs)) {
        // A copy of this very file as it once was: that is what both have in common.
        base.at_ = there->copied_at.value_or(there->born_at);
        for (const auto& rule : merge_rules())
            if (rule.is_remembered())
                base.rows_[std::string(rule.table)] = rows_to_remember(theirs, ours, rule);
        return base;
    }
    for (const auto& ancestor : common_ancestors(ours, theirs)) {
        if (!base.at_) base.at_ = ancestor.known.at;
        for (const auto& rule : merge_rules())
            if (rule.is_remembered())
                base.rows_[std::string(rule.table)].merge(ancestor.rows(rule));
        if (ancestor.whole) break;  // else an earlier one knows more
    }
    return base;
}

std::optional<std::string> MergeBase::hashes(std::string_view table, const std::string& row) const {
    const auto rows = rows_.find(table);
    if (rows == rows_.end()) return std::nullopt;
    const auto found = rows->second.find(row);
    return found == rows->second.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace dreams::store
