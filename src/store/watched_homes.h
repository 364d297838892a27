#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "model/home_news.h"
#include "store/idx_validation.h"

namespace dreams::store {

/// For the WHERE of a question about `properties p`: somebody has to do with the home. It was added
/// for a client, a person (whom Follow Up Boss still has) looked at it or was matched with it, or
/// it was sent to one.
constexpr std::string_view somebody_cares = R"sql(
    (trim(coalesce(p.added_for, '')) <> ''
     OR EXISTS (SELECT 1 FROM contact_properties c
                  JOIN leads l ON l.id = c.contact_id
                  LEFT JOIN dreams_fub_people f ON f.fub_id = l.fub_id
                 WHERE c.property_id = p.id AND f.deleted_at IS NULL)
     OR EXISTS (SELECT 1 FROM matches m
                 WHERE m.property_id = p.id AND m.match_status IN ('sent', 'accepted'))))sql";

/// A home on the market that somebody cares for, and what is known of it that a look may change.
struct WatchedHome {
    HomeToValidate home;
    std::optional<std::string> status, idx_url, primary_photo;
    std::int64_t people = 0;  ///< who have to do with it

    static constexpr auto columns() {
        return Columns{Part{&WatchedHome::home}, Column{"status", &WatchedHome::status},
                       Column{"idx_url", &WatchedHome::idx_url},
                       Column{"primary_photo", &WatchedHome::primary_photo},
                       Column{"people", &WatchedHome::people}};
    }

    /// What the site is asked by: the number that it is known to have, else the listing's. Empty:
    /// there is none.
    std::string number() const;
};

/// The homes to look at now: on the market, cared for, not looked at since `before`; who have most
/// people first, at most `limit`. Leaves out whoever's number had no good answer and is not to be
/// asked for again at `now`, once that was taken note of.
std::vector<WatchedHome> homes_to_watch(Db& db, Instant before, Instant now, std::int64_t limit);
/// How many there are in all.
std::int64_t count_homes_to_watch(Db& db, Instant before, Instant now);

/// Says that the home was looked at. Within a transaction of the caller's, as the next.
void keep_watched(Db& db, const PropertyId& home, Instant now);

/// Whether the team's site shows a home.
enum class OnSite { shown, gone };

/// Notes it: a change of the type `site`, once each time that it becomes so. A home is taken to
/// have been shown before. Gives whether it is news.
bool keep_on_site(Db& db, const PropertyId& home, OnSite now_is, Instant now);

/// Whether the site is known to have shown the home.
bool was_on_site(Db& db, const WatchedHome& home);

/// Who has to do with a home, or did since `since`: the keenest, at most `limit`, and how many in
/// all.
struct ClientsOfHome {
    std::vector<Client> keenest;
    std::int64_t total = 0;
};
ClientsOfHome clients_of_home(Db& db, const PropertyId& home, std::int64_t limit,
                              std::optional<Instant> since = {});

}  // namespace dreams::store
