#pragma once

#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams::store {

/// A record that cannot be kept yet: its person is unknown, or it could not be understood.
/// A row of dreams_waiting.
struct Waiting {
    std::string id;      ///< the id it will have
    std::string person;  ///< FUB id it waits for; empty: nobody's
    std::string kind;    ///< event, activity, communication, unreadable
    std::string record;  ///< JSON: the record's columns; of an unreadable one what the source sent
    Instant since;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &Waiting::id},       Column{"fub_id", &Waiting::person},
            Column{"kind", &Waiting::kind},   Column{"record", &Waiting::record},
            Column{"since", &Waiting::since},
        };
    }
};

/// Keeps it waiting; the same again is unchanged.
Kept wait(Db& db, const Waiting& record);

/// Those who wait for this person, in the order they came.
std::vector<Waiting> waiting_for(Db& db, const FubId& person);

/// The people waited for whose records came at or after `since`.
std::vector<FubId> people_waited_for(Db& db, Instant since);

/// It has been kept, or nobody waits for it any more; nothing happens where it does not wait.
void stop_waiting(Db& db, const std::string& id);

}  // namespace dreams::store
