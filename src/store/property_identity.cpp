#include "store/property_identity.h"

#include <algorithm>

#include "base/text.h"
#include "model/address_key.h"
#include "model/county.h"

namespace dreams::store {
namespace {

enum class Place { same, unsure, other };

std::string bare(const std::optional<std::string>& text) {
    return text::letters_and_digits(text.value_or(""));
}

std::string zip_of(const Listing& home) {
    return bare(home.zip).substr(0, 5);  // ZIP+4 is the same place
}

std::string county_key(const Listing& home) {
    return text::letters_and_digits(county_name(home.county.value_or("")));
}

bool both_but_not_the_same(const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && a != b;
}

/// Whether two listings lie in one town, going by ZIP, then by city. One city under two ZIPs is
/// unsure: a town may have two Main Streets. So is a place that only one of them tells.
Place compare_places(const Listing& a, const Listing& b) {
    const auto zip_a = zip_of(a), zip_b = zip_of(b);
    const auto city_a = bare(a.city), city_b = bare(b.city);
    const bool same_city = !city_a.empty() && city_a == city_b;
    const bool abbreviated = a.state.value_or("").size() == 2 && b.state.value_or("").size() == 2;
    if (abbreviated && bare(a.state) != bare(b.state)) return Place::other;
    if (!zip_a.empty() && !zip_b.empty()) {
        if (zip_a == zip_b) return Place::same;
        return same_city ? Place::unsure : Place::other;
    }
    if (!city_a.empty() && !city_b.empty()) return same_city ? Place::same : Place::other;
    const bool nothing_said = (zip_a + zip_b + city_a + city_b).empty();
    return nothing_said ? Place::same : Place::unsure;  // told alike: the same sender means one
}

bool is_land(const Listing& home) {
    const auto type = bare(home.property_type);
    return type.find("land") != std::string::npos || type == "lot" || type == "lots";
}

/// What says that two listings under one address are two homes; empty: nothing does.
std::string contradiction(const Listing& a, const Listing& b) {
    if (both_but_not_the_same(bare(a.redfin_id), bare(b.redfin_id))) return "two Redfin ids";
    if (both_but_not_the_same(bare(a.zillow_id), bare(b.zillow_id))) return "two Zillow ids";
    if (both_but_not_the_same(bare(a.realtor_id), bare(b.realtor_id))) return "two Realtor.com ids";
    if (both_but_not_the_same(bare(a.parcel_id), bare(b.parcel_id))) return "two parcel numbers";
    if (a.property_type && b.property_type && is_land(a) != is_land(b))
        return "one is land, the other is not";
    return "";
}

/// Whether the street has a number: `Meadow Stone Ln` and `00 Holland Ave` are any lot on it.
bool has_number(const std::string& key) {
    const auto first = key.substr(0, key.find(' '));
    if (first == "lot") return true;
    return !first.empty() && first[0] >= '0' && first[0] <= '9' &&
           first.find_first_not_of('0') != std::string::npos;
}

bool has_no_id(const Listing& home) {
    return !home.redfin_id && !home.zillow_id && !home.realtor_id && !home.mls_number &&
           !home.parcel_id;
}

}  // namespace

/// One search: what is asked, what it is known by, what has been found so far.
struct HomeFinder::Search {
    const Listing& said;
    std::vector<HomeKey> keys;
    Identified found;

    const HomeKey* key(std::string_view kind) const {
        const auto at = std::ranges::find(keys, kind, &HomeKey::kind);
        return at == keys.end() ? nullptr : &*at;
    }
    void match(HomeRow&& row) {
        if (!found.home)
            found.home = std::move(row);
        else
            doubt(row, "a listing matches both of them");
    }
    void doubt(const HomeRow& row, std::string why) {
        const auto known = std::ranges::find(found.doubts, row.id, &Doubt::other);
        if (known == found.doubts.end()) found.doubts.push_back({row.id, std::move(why)});
    }
};

HomeFinder::HomeFinder(Db& db)
    : by_key_(db.prepare(R"sql(
          SELECT property_id FROM dreams_property_keys
           WHERE kind = :kind AND key = :key ORDER BY property_id)sql")),
      by_id_(db.prepare("SELECT * FROM properties WHERE id = :id")),
      reader_(by_id_) {}

std::optional<HomeRow> HomeFinder::row(const PropertyId& id) {
    by_id_.bind(0, std::string_view(id.text), Hold::borrow);
    std::optional<HomeRow> found;
    if (by_id_.step()) found = reader_.read(by_id_);
    by_id_.reset();
    return found;
}

std::vector<HomeRow> HomeFinder::rows_with(const Search& search, const HomeKey& key) {
    std::vector<PropertyId> ids;
    by_key_.bind(0, key.kind, Hold::borrow);
    by_key_.bind(1, std::string_view(key.key), Hold::borrow);
    while (by_key_.step()) ids.push_back(by_key_.get<PropertyId>(0));
    by_key_.reset();
    std::vector<HomeRow> rows;
    for (const auto& id : ids) {
        if (search.found.home && search.found.home->id == id) continue;
        if (auto found = row(id)) rows.push_back(std::move(*found));  // none: deleted by others
    }
    return rows;
}

void HomeFinder::by_portal_ids(Search& search) {
    for (const auto* kind : {"redfin", "zillow", "realtor"})
        if (const auto* key = search.key(kind))
            for (auto& row : rows_with(search, *key)) search.match(std::move(row));
}

void HomeFinder::by_board_and_number(Search& search) {
    const auto* key = search.key("mls");
    if (!key) return;
    const auto street = address_key(search.said.address.value_or(""));
    for (auto& row : rows_with(search, *key)) {
        const bool elsewhere =
            compare_places(search.said, row.listing) == Place::other &&
            both_but_not_the_same(street, address_key(row.listing.address.value_or("")));
        if (elsewhere)
            search.doubt(row, "one board and MLS number, but two addresses");
        else
            search.match(std::move(row));
    }
}

void HomeFinder::by_number_alone(Search& search) {
    const auto* key = search.key("number");
    if (!key) return;
    const auto board = board_key(search.said.mls_source.value_or(""));
    const auto street = address_key(search.said.address.value_or(""));
    for (const auto& row : rows_with(search, *key)) {
        // Two boards that are both known may well use one number.
        if (!board.empty() && !board_key(row.listing.mls_source.value_or("")).empty()) continue;
        const auto its_street = address_key(row.listing.address.value_or(""));
        if (!street.empty() && street == its_street) continue;  // by_address decides
        const bool told_apart = compare_places(search.said, row.listing) == Place::other &&
                                both_but_not_the_same(street, its_street);
        if (!told_apart) search.doubt(row, "one MLS number, but the board is not known");
    }
}

void HomeFinder::by_parcel(Search& search) {
    const auto* key = search.key("parcel");
    if (!key) return;
    const auto street = address_key(search.said.address.value_or(""));
    for (auto& row : rows_with(search, *key)) {
        const auto county = county_key(search.said), its_county = county_key(row.listing);
        if (both_but_not_the_same(county, its_county)) continue;  // each county counts for itself
        const Place place = compare_places(search.said, row.listing);
        const bool one_county = !county.empty() && county == its_county;
        if (place == Place::other && !one_county) continue;
        const auto against = contradiction(search.said, row.listing);
        if (both_but_not_the_same(street, address_key(row.listing.address.value_or(""))))
            search.doubt(row, "one parcel number, but two addresses");
        else if (!against.empty())
            search.doubt(row, "one parcel number, but " + against);
        else if (one_county || place == Place::same ||
                 (zip_of(search.said).empty() && zip_of(row.listing).empty()))
            search.match(std::move(row));
        else
            search.doubt(row, "one parcel number, but the county is not known");
    }
}

void HomeFinder::by_address(Search& search) {
    const auto* key = search.key("address");
    if (!key) return;
    const bool numbered = has_number(key->key);
    if (!numbered && !has_no_id(search.said)) return;
    for (auto& row : rows_with(search, *key)) {
        if (!numbered && !has_no_id(row.listing)) continue;
        const Place place = compare_places(search.said, row.listing);
        if (place == Place::other) continue;
        const auto against = contradiction(search.said, row.listing);
        if (place == Place::same && against.empty())
            search.match(std::move(row));
        else if (numbered)
            search.doubt(row, against.empty() ? "one address, but the town is not sure"
                                              : "one address, but " + against);
    }
}

/// `12 Elm` may be the home at `12 Elm St`, `Lot 3` the one in `Unit 3`; `Elm St` and `Elm Rd` are
/// two streets.
void HomeFinder::by_loose_address(Search& search) {
    const auto* key = search.key("street");
    if (!key) return;
    const auto street = address_key(*search.said.address);
    const auto suffix = loose_address(street).suffix;
    for (const auto& row : rows_with(search, *key)) {
        const auto its_street = address_key(row.listing.address.value_or(""));
        if (its_street == street || compare_places(search.said, row.listing) != Place::same ||
            both_but_not_the_same(suffix, loose_address(its_street).suffix) ||
            !contradiction(search.said, row.listing).empty())
            continue;
        search.doubt(row, "two addresses that differ only in the street's suffix or the unit");
    }
}

Identified HomeFinder::find(const Listing& said) {
    Search search{said, home_keys(said), {}};
    by_portal_ids(search);
    by_board_and_number(search);
    by_number_alone(search);
    by_parcel(search);
    by_address(search);
    by_loose_address(search);
    auto& found = search.found;
    if (found.home)
        std::erase_if(found.doubts,
                      [&](const Doubt& doubt) { return doubt.other == found.home->id; });
    return std::move(found);
}

}  // namespace dreams::store
