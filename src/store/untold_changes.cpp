#include "store/untold_changes.h"

#include "store/hidden_homes.h"
#include "store/watched_homes.h"

namespace dreams::store {
namespace {

std::string cared_for() {
    return "EXISTS (SELECT 1 FROM properties p WHERE p.id = c.property_id AND " + in_view +
           " AND " + std::string(somebody_cares) + ")";
}

struct Place {
    std::optional<std::string> address, city, url, added_for;
    static constexpr auto columns() {
        return Columns{Column{"address", &Place::address}, Column{"city", &Place::city},
                       Column{"url", &Place::url}, Column{"added_for", &Place::added_for}};
    }
};

}  // namespace

std::vector<UntoldChange> untold_changes(Db& db, Instant since) {
    return db.list<UntoldChange>("SELECT c.*, " + cared_for() + R"sql( AS cared_for
          FROM property_changes c
         WHERE c.notified = 0 AND c.detected_at >= :since
         ORDER BY c.detected_at, c.id)sql",
                                 {{"since", since}});
}

std::int64_t count_untold_before(Db& db, Instant since) {
    return db.value<std::int64_t>(
        "SELECT count(*) FROM property_changes WHERE notified = 0 AND detected_at < :since",
        {{"since", since}});
}

void mark_told(Db& db, const std::vector<std::string>& changes) {
    Statement mark = db.prepare("UPDATE property_changes SET notified = 1 WHERE id = :id");
    for (const auto& id : changes) {
        mark.bind(0, std::string_view(id), Hold::borrow);
        mark.step();
        mark.reset();
    }
}

std::int64_t mark_told_before(Db& db, Instant since) {
    return db.run(
        "UPDATE property_changes SET notified = 1 WHERE notified = 0 AND detected_at < :since",
        {{"since", since}});
}

std::vector<PropertyChange> changes_between(Db& db, Instant since, Instant until) {
    return db.list<PropertyChange>(R"sql(
        SELECT c.* FROM property_changes c
         WHERE c.detected_at >= :since AND c.detected_at < :until AND )sql" +
                                       cared_for() + " ORDER BY c.detected_at, c.id",
                                   {{"since", since}, {"until", until}});
}

void complete(Db& db, HomeNews& news, std::int64_t clients) {
    if (!news.home) return;
    const auto place = db.one<Place>(R"sql(
        SELECT nullif(address, '') AS address, nullif(city, '') AS city,
               nullif(trim(added_for), '') AS added_for,
               coalesce(nullif(idx_url, ''), nullif(redfin_url, ''), nullif(zillow_url, ''),
                        nullif(realtor_url, ''), nullif(mls_url, '')) AS url
          FROM properties WHERE id = :home)sql",
                                     {{"home", *news.home}});
    if (!place) {
        news.home.reset();
        return;
    }
    if (place->address) news.address = *place->address;
    news.city = place->city;
    news.url = place->url;
    news.added_for = place->added_for;
    auto who = clients_of_home(db, *news.home, clients);
    news.clients = std::move(who.keenest);
    news.client_count = who.total;
}

}  // namespace dreams::store
