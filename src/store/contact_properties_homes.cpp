#include "store/contact_properties_homes.h"

#include "base/text.h"
#include "model/address_key.h"
#include "store/property_identity.h"

namespace dreams::store {
namespace {

std::string_view house_number(std::string_view street) {
    const auto first = street.substr(0, street.find(' '));
    return !first.empty() && first[0] >= '1' && first[0] <= '9' ? first : std::string_view();
}

bool are_two_houses(std::string_view a, std::string_view b) {
    const auto first = house_number(a), second = house_number(b);
    return !first.empty() && !second.empty() && first != second;
}

}  // namespace

HomesOfEvents::HomesOfEvents(Db& db)
    : with_key_(db.prepare(R"sql(
          SELECT p.id, p.address, p.city, p.zip
            FROM dreams_property_keys k JOIN properties p ON p.id = k.property_id
           WHERE k.kind = :kind AND k.key = :key ORDER BY p.id)sql")) {}

const PropertyId* HomesOfEvents::find(std::string_view mls, std::string_view address) {
    question_.assign(mls).append(1, '\n').append(address);
    if (const auto known = asked_.find(question_); known != asked_.end()) return known->second;
    auto home = search(mls, address);
    const auto* id = home ? &*found_.insert(std::move(*home)).first : nullptr;
    return asked_.emplace(question_, id).first->second;
}

std::optional<PropertyId> HomesOfEvents::search(std::string_view mls, std::string_view address) {
    const auto comma = address.find(',');
    const Street street{
        address.starts_with('[') ? "" : address_key(address),  // `[Not found on IDX]`
        text::letters_and_digits(comma == std::string_view::npos ? std::string_view()
                                                                 : address.substr(comma))};
    if (auto home = by_number(mls, street)) return home;
    return by_street(street);
}

std::vector<HomesOfEvents::Home> HomesOfEvents::homes_with(std::string_view kind,
                                                           std::string_view key) {
    with_key_.bind(0, kind, Hold::borrow);
    with_key_.bind(1, key, Hold::borrow);
    std::vector<Home> homes;
    while (with_key_.step())
        homes.push_back({with_key_.get<PropertyId>(0), address_key(with_key_.text(1)),
                         text::letters_and_digits(with_key_.text(2)),
                         std::string(with_key_.text(3).substr(0, 5))});
    with_key_.reset();
    return homes;
}

/// One home of that number, unless the event names another house; of several (two boards may use
/// one number) the one at that street.
std::optional<PropertyId> HomesOfEvents::by_number(std::string_view mls, const Street& street) {
    if (mls.empty()) return std::nullopt;
    auto homes = homes_with("number", number_key(mls));
    const bool only = homes.size() == 1;
    std::erase_if(homes, [&](const Home& home) {
        return only ? are_two_houses(street.key, home.street)
                    : home.street.empty() || home.street != street.key;
    });
    return homes.size() == 1 ? std::optional(std::move(homes[0].id)) : std::nullopt;
}

/// The one home at that street whose ZIP or city stands behind it.
std::optional<PropertyId> HomesOfEvents::by_street(const Street& street) {
    if (house_number(street.key).empty()) return std::nullopt;
    auto homes = homes_with("address", street.key);
    std::erase_if(homes, [&](const Home& home) {
        const auto stands = [&](const std::string& what) {
            return !what.empty() && street.behind.find(what) != std::string::npos;
        };
        return !stands(home.zip) && !stands(home.city);
    });
    return homes.size() == 1 ? std::optional(std::move(homes[0].id)) : std::nullopt;
}

}  // namespace dreams::store
