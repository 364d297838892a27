#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "model/contact_communication.h"
#include "model/fub_person_state.h"

namespace dreams::store {

/// Saves what FUB says of a person's communications; a person who is back is no longer deleted.
Kept keep_state(Db& db, const FubPersonState& state);

/// A person whose texts (or e-mails) have moved since they were last fetched whole.
struct Moved {
    FubId person;
    LeadId lead;
    std::int64_t expected = 0;          ///< how many FUB counts
    std::optional<std::string> before;  ///< the mark of the last whole fetch; none: never
    std::int64_t stored = 0;            ///< how many the file holds
    std::string ids;                    ///< of the last ones, comma separated
    std::string mark;                   ///< to be saved when they have been fetched

    static constexpr auto columns() {
        return Columns{
            Column{"fub_id", &Moved::person},     Column{"lead_id", &Moved::lead},
            Column{"expected", &Moved::expected}, Column{"before", &Moved::before},
            Column{"stored", &Moved::stored},     Column{"ids", &Moved::ids},
            Column{"mark", &Moved::mark},
        };
    }
};

/// Everyone not deleted whose texts or e-mails have moved, by FUB id.
std::vector<Moved> moved(Db& db, CommKind kind);

/// They have been fetched whole: fresh again, until they move.
void fetched(Db& db, CommKind kind, const Moved& person);
/// They could not be fetched: what is there stays, and is known to be stale.
void stale(Db& db, const FubId& person, std::string_view why, Instant now);
/// Forgets all marks, so that everybody's communications are fetched anew.
void forget_marks(Db& db);

/// A list that concerns everybody (events, calls) could not be read to its end: what is there
/// stays, and until the list has been read everybody is as stale as a person who could not be
/// fetched.
void list_missed(Db& db, std::string_view list, std::string_view why, Instant now);
/// It has been read to its end: nobody is stale for it any more.
void list_read(Db& db, std::string_view list);

/// What the file held of a person before FUB was asked again; none: nothing.
struct PersonBefore {
    std::string stage;
    std::optional<Instant> updated;
    std::int64_t texts = 0, emails = 0;

    static constexpr auto columns() {
        return Columns{
            Column{"stage", &PersonBefore::stage}, Column{"updated_at", &PersonBefore::updated},
            Column{"texts", &PersonBefore::texts}, Column{"emails", &PersonBefore::emails}};
    }
};
/// None as well where FUB never told of them.
std::optional<PersonBefore> person_before(Db& db, const FubId& person);

/// A merge in FUB may have given this person's events and calls to another, which shows in nothing
/// that FUB tells of those: they are to be read again, by their ids.
void suspect_handed_over(Db& db, const FubId& person, Instant now);
/// Whose are to be read again.
std::vector<FubId> suspected_handed_over(Db& db);
/// They have been read again.
void no_longer_suspected(Db& db, const FubId& person);
/// The ids of all events, or of all calls, that the file holds as this person's, as FUB numbers
/// them.
std::vector<std::string> event_ids_of(Db& db, const FubId& person);
std::vector<std::string> call_ids_of(Db& db, const FubId& person);

/// How many events, or calls, the file holds of people who are deleted in FUB.
std::int64_t events_of_deleted(Db& db);
std::int64_t calls_of_deleted(Db& db);

/// The FUB ids of everyone known and not deleted, ascending.
std::vector<std::int64_t> present_people(Db& db);
/// FUB has this person no more, as of `now` or of an earlier day when that was found. What is known
/// of them stays.
void mark_deleted(Db& db, std::int64_t id, Instant now);

}  // namespace dreams::store
