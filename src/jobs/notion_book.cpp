#include "jobs/notion_book.h"

#include "base/json.h"
#include "base/text.h"
#include "model/sighting.h"
#include "store/doubtful_homes.h"
#include "store/notion_conflicts.h"
#include "store/properties.h"

namespace dreams::jobs {
namespace {

struct Link {
    PropertyId home;
    std::string page;
    static constexpr auto columns() {
        return Columns{Column{"id", &Link::home}, Column{"notion_page_id", &Link::page}};
    }
};

std::set<std::string> kept_columns(const JsonText& kept) {
    std::set<std::string> columns;
    const auto array = json::parse(kept.text);
    if (const auto* names = array.if_array())
        for (const auto& name : *names)
            if (name.is_string()) columns.insert(std::string(name.get_string()));
    return columns;
}

}  // namespace

NotionBook::NotionBook(Db& db) : db_(db), finder_(db) {
    for (auto& seen : store::notion_seen(db)) enter(seen);
    for (const auto& link : db.list<Link>(
             "SELECT id, notion_page_id FROM properties WHERE notion_page_id IS NOT NULL"))
        if (!seen(link.home)) links_.emplace(link.page, link.home);
    for (const auto& conflict : store::open_notion_conflicts(db))
        open_conflict(conflict.home, conflict.column);
}

const store::NotionSeen* NotionBook::seen(const PropertyId& home) const {
    const auto found = seen_.find(home.text);
    return found == seen_.end() ? nullptr : &found->second;
}

void NotionBook::enter(const store::NotionSeen& seen) {
    if (const auto* before = this->seen(seen.home); before && before->page_id)
        pages_.erase(*before->page_id);
    seen_.insert_or_assign(seen.home.text, seen);
    if (seen.page_id) pages_.insert_or_assign(*seen.page_id, seen.home);
}

NotionBook::Owner NotionBook::owner_of(const NotionPage& page) {
    if (const auto linked = pages_.find(page.id); linked != pages_.end()) return {linked->second};
    if (const auto linked = links_.find(page.id); linked != links_.end()) return {linked->second};
    std::optional<PropertyId> home;
    // A page that somebody copied bears the id of the first: then it is another home's, or twice
    // the same one, and its address tells which.
    if (!page.own_id.empty() && finder_.row({page.own_id})) {
        const auto* known = seen({page.own_id});
        if (!known || !known->page_id) home = PropertyId{page.own_id};
    }
    if (!home) home = joined_home(page);
    if (!home) {
        const auto said = cleaned(store::typed_sighting(page.values)).listing;
        if (auto found = finder_.find(said).home) home = found->id;
    }
    if (!home) return {};
    const auto* known = seen(*home);
    return {home, known && known->page_id};
}

/// Of the page of a home that somebody joined into another: that other. What it says may speak
/// against it (else the pair had been no doubtful one), and would make a home again.
std::optional<PropertyId> NotionBook::joined_home(const NotionPage& page) const {
    if (!page.own_id.empty())
        if (auto home = store::joined_into(db_, {page.own_id})) return home;
    const auto gone = store::joined_home_of_page(db_, page.id);
    return gone ? store::joined_into(db_, *gone) : std::nullopt;
}

store::NotionSeen NotionBook::with(const PropertyId& home, const NotionPage& page) const {
    const auto* known = seen(home);
    store::NotionSeen result = known ? *known : store::NotionSeen{.home = home};
    NotionValues theirs = page.values;
    theirs["id"] = page.own_id.empty() ? std::nullopt : std::optional(page.own_id);
    result.page_id = page.id;
    result.url = page.url;
    result.state = store::NotionState::linked;
    result.theirs = store::values_json(theirs);
    result.kept = {text::json_array({page.kept.begin(), page.kept.end()})};
    result.edited_at = page.edited;
    return result;
}

NotionSides NotionBook::sides(const store::NotionHome& home, const store::NotionSeen& seen) const {
    NotionSides sides{.ours = store::notion_values(home.row),
                      .theirs = store::values_from(seen.theirs),
                      .agreed = store::values_from(seen.agreed),
                      .kept = kept_columns(seen.kept),
                      .ours_at = home.observed_at ? home.observed_at : home.row.stamps.updated_at,
                      .theirs_at = seen.edited_at.value_or(Instant{})};
    sides.ours["id"] = home.row.id.text;
    if (const auto open = conflicts_.find(home.row.id.text); open != conflicts_.end())
        sides.open = open->second;
    return sides;
}

void NotionBook::open_conflict(const PropertyId& home, const std::string& column) {
    conflicts_[home.text].insert(column);
}

void NotionBook::close_conflict(const PropertyId& home, const std::string& column) {
    conflicts_[home.text].erase(column);
}

}  // namespace dreams::jobs
