#include "store/contact_properties_homes.h"

#include <algorithm>

#include "base/text.h"
#include "model/address_key.h"
#include "store/property_identity.h"

namespace dreams::store {
namespace {

std::string bare(std::string_view text) {
    std::string kept;
    for (const char c : text::folded(text))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) kept += c;
    return kept;
}

std::string_view house_number(std::string_view street) {
    const auto first = street.substr(0, street.find(' '));
    return !first.empty() && first[0] >= '1' && first[0] <= '9' ? first : std::string_view();
}

bool are_two_houses(std::string_view a, std::string_view b) {
    const auto first = house_number(a), second = house_number(b);
    return !first.empty() && !second.empty() && first != second;
}

}  // namespace

HomesOfEvents::HomesOfEvents(Db& db) {
    std::unordered_map<std::string, std::size_t> places;
    Statement rows = db.query("SELECT id, address, city, zip FROM properties ORDER BY id");
    while (rows.step()) {
        places.emplace(rows.text(0), homes_.size());
        homes_.push_back({rows.get<PropertyId>(0), address_key(rows.text(1)), bare(rows.text(2)),
                          std::string(rows.text(3).substr(0, 5))});
    }
    Statement keys = db.query(R"sql(
        SELECT kind, key, property_id FROM dreams_property_keys
         WHERE kind IN ('number', 'address'))sql");
    while (keys.step()) {
        const auto home = places.find(std::string(keys.text(2)));
        if (home == places.end()) continue;  // deleted by a program that knows no keys
        auto& index = keys.text(0) == "number" ? numbers_ : streets_;
        index[std::string(keys.text(1))].push_back(home->second);
    }
}

std::optional<std::size_t> HomesOfEvents::find(std::string_view mls, std::string_view address) {
    std::string asked(mls);
    asked += '\n';
    asked += address;
    const auto known = asked_.find(asked);
    if (known != asked_.end()) return known->second;
    return asked_.emplace(std::move(asked), search(mls, address)).first->second;
}

std::optional<std::size_t> HomesOfEvents::search(std::string_view mls,
                                                 std::string_view address) const {
    const auto comma = address.find(',');
    const Street street{
        address.starts_with('[') ? "" : address_key(address),  // `[Not found on IDX]`
        bare(comma == std::string_view::npos ? std::string_view() : address.substr(comma))};
    if (const auto home = by_number(mls, street)) return home;
    return by_street(street);
}

/// One home of that number, unless the event names another house; of several (two boards may use
/// one number) the one at that street.
std::optional<std::size_t> HomesOfEvents::by_number(std::string_view mls,
                                                    const Street& street) const {
    const auto found = numbers_.find(number_key(mls));
    if (mls.empty() || found == numbers_.end()) return std::nullopt;
    std::vector<std::size_t> fitting;
    for (const auto home : found->second) {
        const bool only = found->second.size() == 1;
        const auto& its = homes_[home].street;
        if (only ? !are_two_houses(street.key, its) : !its.empty() && its == street.key)
            fitting.push_back(home);
    }
    return fitting.size() == 1 ? std::optional(fitting[0]) : std::nullopt;
}

/// The one home at that street whose ZIP or city stands behind it.
std::optional<std::size_t> HomesOfEvents::by_street(const Street& street) const {
    const auto found = streets_.find(street.key);
    if (street.key.empty() || house_number(street.key).empty() || found == streets_.end())
        return std::nullopt;
    std::vector<std::size_t> fitting;
    for (const auto place : found->second) {
        const Home& home = homes_[place];
        const auto stands = [&](const std::string& what) {
            return !what.empty() && street.behind.find(what) != std::string::npos;
        };
        if (stands(home.zip) || stands(home.city)) fitting.push_back(place);
    }
    return fitting.size() == 1 ? std::optional(fitting[0]) : std::nullopt;
}

}  // namespace dreams::store
