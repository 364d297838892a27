#include "store/mls_listings.h"

#include <algorithm>

#include "store/hidden_homes.h"

namespace dreams::store {
namespace {

const Keep listings_keep{.table = "dreams_mls_listings", .key = "id"};

/// Takes the address out of a home that nobody but the feed has shown: the file holds nothing then
/// that a page could show by mistake.
void take_address_away(Db& db, const PropertyId& home, Instant now) {
    const Params of_home{{"home", home}, {"now", now}};
    const auto taken = db.run(R"sql(
        UPDATE properties SET address = NULL, latitude = NULL, longitude = NULL, updated_at = :now
         WHERE id = :home AND source = 'reso'
           AND NOT EXISTS (SELECT 1 FROM dreams_property_sources s
                            WHERE s.property_id = :home AND )sql" +
                                  std::string(shown_by_others) + ")",
                              of_home);
    if (taken == 0) return;
    db.run(R"sql(DELETE FROM dreams_property_keys
                  WHERE property_id = :home AND kind IN ('address', 'street'))sql",
           {{"home", home}});
    db.run(R"sql(
        UPDATE property_changes
           SET property_address = 'MLS ' || coalesce((SELECT mls_number FROM properties
                                                       WHERE id = :home), '(number not known)')
         WHERE property_id = :home)sql",
           {{"home", home}});
}

}  // namespace

MlsListingKeeper::MlsListingKeeper(Db& db)
    : db_(db), homes_(db), finder_(db), listings_(db, listings_keep) {}

std::optional<MlsListing> MlsListingKeeper::find(const std::string& id) {
    return db_.one<MlsListing>("SELECT * FROM dreams_mls_listings WHERE id = :id", {{"id", id}});
}

bool MlsListingKeeper::leads(const MlsListing& listing, const PropertyId& home) {
    return !db_.one<int>(R"sql(
        SELECT 1 FROM dreams_mls_listings
         WHERE property_id = :home AND id <> :id AND out_of_view IS NULL
           AND (on_market, listed_on, id) > (:on_market, :listed_on, :id) LIMIT 1)sql",
                         {{"home", home},
                          {"id", listing.id},
                          {"on_market", listing.on_market},
                          {"listed_on", listing.listed_on}})
                .has_value();
}

/// When somebody else told of the home, if that was after the feed last did.
std::optional<Instant> MlsListingKeeper::told_by_others(const PropertyId& home) {
    return db_
        .one<std::optional<Instant>>(R"sql(
        SELECT observed_at FROM dreams_homes
         WHERE property_id = :home
           AND observed_at > coalesce((SELECT last_at FROM dreams_property_sources
                                        WHERE property_id = :home AND source = :feed), ''))sql",
                                     {{"home", home}, {"feed", mls_feed}})
        .value_or(std::nullopt);
}

Keeping MlsListingKeeper::keeping(const MlsListing& listing, const std::optional<PropertyId>& home,
                                  Instant now) {
    Keeping how{
        .telling = {std::string(mls_feed), std::min(listing.modified_at.value_or(now), now)},
        .now = now,
        .known = KnownHomes::trust};
    if (!home) return how;
    if (!leads(listing, *home)) how.known = KnownHomes::fill;
    // It holds still, whatever has been said elsewhere since it was last changed.
    const auto others = told_by_others(*home);
    if (others && *others > how.telling.at) how.telling.at = now;
    return how;
}

Kept MlsListingKeeper::keep(MlsListing listing, Sighting said, Instant now) {
    const auto known = find(listing.id);
    // The days go on by themselves; without news they are none.
    if (known && known->modified_at == listing.modified_at) said.listing.days_on_market.reset();
    auto home = known ? known->home : std::nullopt;
    if (!home)
        if (const auto found = finder_.find(cleaned(said).listing).home) home = found->id;
    const auto kept = homes_.keep(said, keeping(listing, home, now));
    listing.home = kept.id;
    if (!listing.met_at && known) listing.met_at = known->met_at;
    listings_.keep(listing);
    const bool withdrawn = listing.address_shown == 0 && (!known || known->address_shown != 0);
    if (withdrawn) take_address_away(db_, kept.id, now);
    settle_view(db_, kept.id, now);
    if (known && known->home && known->home != listing.home) settle_view(db_, *known->home, now);
    const bool shown_again = known && known->out_of_view;
    return kept.kept == Kept::unchanged && (shown_again || (known && withdrawn)) ? Kept::updated
                                                                                 : kept.kept;
}

Kept MlsListingKeeper::hide(const MlsListing& listing, Instant now) {
    auto known = find(listing.id);
    if (!known) return Kept::unchanged;
    const bool was_shown = !known->out_of_view;
    known->out_of_view = listing.out_of_view;
    if (listing.modified_at) known->modified_at = listing.modified_at;
    if (listing.met_at) known->met_at = listing.met_at;
    listings_.keep(*known);
    if (known->home) settle_view(db_, *known->home, now);
    return was_shown ? Kept::updated : Kept::unchanged;
}

std::int64_t listings_in_view(Db& db, const std::string& system) {
    return db.value<std::int64_t>(
        "SELECT count(*) FROM dreams_mls_listings WHERE system = :system AND out_of_view IS NULL",
        {{"system", system}});
}

std::vector<MlsListing> listings_not_met(Db& db, const std::string& system, Instant walk) {
    return db.list<MlsListing>(R"sql(
        SELECT * FROM dreams_mls_listings
         WHERE system = :system AND out_of_view IS NULL AND coalesce(met_at, '') <> :walk
         ORDER BY id)sql",
                               {{"system", system}, {"walk", walk}});
}

}  // namespace dreams::store
