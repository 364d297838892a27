#include "store/homes_seen.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "model/address_likeness.h"
#include "model/contact_event.h"
#include "store/hidden_homes.h"
#include "store/in_list.h"

namespace dreams::store {
namespace {

/// What the predecessor wrote for an address that its site did not know.
bool is_marker(std::string_view address) {
    return address.empty() || address.front() == '[';
}

/// One of the person's events, added to the home it was about. They come newest first.
void add_event(HomeSeen& home, const Statement& row) {
    const auto kind = row.get<std::optional<EventKind>>(1);
    if (kind == EventKind::property_view) ++home.views;
    if (kind == EventKind::property_favorite) ++home.favorites;
    if (kind == EventKind::property_share) ++home.shares;
    if (const auto at = row.get<std::optional<Instant>>(2)) {
        if (!home.last_at) home.last_at = at;
        home.first_at = at;
    }
    if (!home.mls && !row.text(3).empty()) home.mls = row.text(3);
    if (!home.address && !is_marker(row.text(4))) home.address = row.text(4);
    if (!home.price) home.price = row.get<std::optional<std::int64_t>>(5);
}

std::vector<HomeSeen> all_homes(Db& db, const FubId& person) {
    Statement rows = db.query(R"sql(
        SELECT coalesce(nullif(property_mls, ''), property_address) AS home, event_type,
               occurred_at, property_mls, property_address, property_price
          FROM contact_events
         WHERE contact_id = :person
           AND coalesce(nullif(property_mls, ''), property_address) <> ''
         ORDER BY occurred_at DESC)sql",
                              {{"person", person}});
    std::vector<HomeSeen> homes;
    std::unordered_map<std::string, std::size_t> known;
    while (rows.step()) {
        const auto [at, fresh] = known.emplace(rows.text(0), homes.size());
        if (fresh) homes.push_back({.home = at->first});
        add_event(homes[at->second], rows);
    }
    return homes;
}

/// What no event told of these homes: from their listings, else from the IDX cache.
void fill_in(Db& db, std::vector<HomeSeen>& homes) {
    std::vector<std::string> asked;
    for (const auto& home : homes)
        if (home.mls) asked.push_back(*home.mls);
    if (asked.empty()) return;
    Statement rows = db.prepare(R"sql(
        SELECT 1 AS rank, p.mls_number, p.address, p.price,
               coalesce(p.idx_url, p.mls_url, p.redfin_url, p.zillow_url, p.realtor_url) AS url, p.id
          FROM properties p WHERE p.mls_number IN ()sql" +
                                in_list(asked.size()) + ") AND " + in_view + R"sql(
        UNION ALL
        SELECT 2, mls_number, address, price, NULL, NULL
          FROM idx_property_cache WHERE mls_number IN ()sql" +
                                in_list(asked.size()) + ") ORDER BY rank");
    bind_list(rows, asked);
    while (rows.step()) {
        for (auto& home : homes) {
            if (home.mls != rows.text(1)) continue;
            const std::string address(is_marker(rows.text(2)) ? "" : rows.text(2));
            if (addresses_differ(home.address.value_or(""), address)) continue;  // another board's
            if (!home.address && !is_marker(rows.text(2))) home.address = rows.text(2);
            if (!home.price) home.price = rows.get<std::optional<std::int64_t>>(3);
            if (!home.url) home.url = rows.get<std::optional<std::string>>(4);
            if (!home.property) home.property = rows.get<std::optional<PropertyId>>(5);
        }
    }
}

struct Looker {
    FubId person;
    std::int64_t looks = 0;
};

/// Who else looked at each of `homes`. The index gives a home's people side by side, so that
/// counting them takes no sorting: a GROUP BY over all homes was four times as slow.
std::unordered_map<std::string, std::vector<Looker>> lookers(Db& db, const FubId& person,
                                                             const std::vector<HomeSeen>& homes) {
    // `> ''` and not IS NOT NULL, which SQLite looks for by reading all rows, index or not.
    const auto gone_ids =
        db.list<FubId>("SELECT fub_id FROM dreams_fub_people WHERE deleted_at > ''");
    const std::unordered_set<FubId> gone(gone_ids.begin(), gone_ids.end());
    std::vector<std::string> asked;
    for (const auto& home : homes) asked.push_back(home.home);
    Statement rows = db.prepare(R"sql(
        SELECT coalesce(nullif(property_mls, ''), property_address) AS home, contact_id
          FROM contact_events
         WHERE coalesce(nullif(property_mls, ''), property_address) IN ()sql" +
                                in_list(asked.size()) + ") ORDER BY 1, 2");
    bind_list(rows, asked);
    std::unordered_map<std::string, std::vector<Looker>> found;
    std::string home;
    std::vector<Looker>* list = nullptr;
    FubId passed = person;  // nobody deleted, nor the person: known again without asking twice
    while (rows.step()) {
        const auto who = rows.text(1);
        if (!list || home != rows.text(0)) list = &found[home = rows.text(0)];
        if (!list->empty() && list->back().person.text == who) {
            ++list->back().looks;
        } else if (passed.text != who) {
            FubId id{std::string(who)};
            if (id == person || gone.contains(id))
                passed = std::move(id);
            else
                list->push_back({std::move(id), 1});
        }
    }
    return found;
}

struct Named {
    FubId fub_id;
    OtherLooker looker;
    static constexpr auto columns() {
        return Columns{Column{"fub_id", &Named::fub_id}, Part{&Named::looker}};
    }
};

std::unordered_map<FubId, OtherLooker> named(Db& db, const std::vector<FubId>& people) {
    std::unordered_map<FubId, OtherLooker> names;
    if (people.empty()) return names;
    Statement rows = db.prepare(R"sql(
        SELECT fub_id, id AS lead_id, heat_score, priority_score,
               coalesce(nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), ''),
                        nullif(email, ''), nullif(phone, ''), id) AS name
          FROM leads WHERE fub_id IN ()sql" +
                                in_list(people.size()) + ")");
    bind_list(rows, people);
    const detail::Reader<Named> reader(rows);
    while (rows.step()) {
        Named row = reader.read(rows);
        names.emplace(std::move(row.fub_id), std::move(row.looker));
    }
    return names;
}

void add_others(Db& db, const FubId& person, std::vector<HomeSeen>& homes) {
    constexpr std::size_t named_at_most = 10;
    auto found = lookers(db, person, homes);
    std::vector<FubId> people;
    for (auto& [home, list] : found) {
        std::ranges::stable_sort(list, std::ranges::greater{}, &Looker::looks);
        for (std::size_t i = 0; i < std::min(list.size(), named_at_most); ++i)
            people.push_back(list[i].person);
    }
    const auto names = named(db, people);
    for (auto& home : homes) {
        const auto& list = found[home.home];
        home.other_count = std::ssize(list);
        for (std::size_t i = 0; i < std::min(list.size(), named_at_most); ++i) {
            const auto name = names.find(list[i].person);
            if (name == names.end()) continue;  // older files: an event of nobody
            home.others.push_back(name->second);
            home.others.back().looks = list[i].looks;
        }
    }
}

}  // namespace

HomesSeen homes_seen(Db& db, const FubId& person, int limit) {
    HomesSeen seen{.homes = all_homes(db, person)};
    seen.total = std::ssize(seen.homes);
    std::ranges::stable_sort(seen.homes, std::ranges::greater{}, [](const HomeSeen& home) {
        return home.views + home.favorites + home.shares;
    });
    if (seen.total > limit) seen.homes.resize(static_cast<std::size_t>(limit));
    if (seen.homes.empty()) return seen;
    fill_in(db, seen.homes);
    add_others(db, person, seen.homes);
    return seen;
}

}  // namespace dreams::store
