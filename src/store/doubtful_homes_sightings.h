#pragma once

// Who showed two homes and when, as they become one, and as they part again. Internal to store/.

#include <cstdint>

#include "base/db.h"
#include "model/property.h"
#include "store/properties_journal.h"

namespace dreams::store {

/// Two homes that are being joined: the journal's number of the join, and how it names what the
/// join wrote and what it took out of the file.
struct JoinedHomes {
    const PropertyId &kept, &gone;
    Action wrote, took_out;
};

/// Puts a value in place of another as `entry` has it, and `entry` into the journal.
void write_value(Db& db, Journal& journal, const Action& action, const JournalEntry& entry);

/// `kept` gets the sources and keys of `gone` too, its Notion page if it has none itself, and
/// counts as observed when the later of both was; what `gone` had of these is laid aside.
void join_sightings(Db& db, Journal& journal, const JoinedHomes& homes);

/// The price and status histories of `gone` among those of `kept`, in the order of time.
void join_histories(Db& db, Journal& journal, const JoinedHomes& homes, const Listing& stays,
                    const Listing& goes);

/// Takes back what join_sightings wrote, where nothing came later. False: the entry is no such.
bool take_sighting_back(Db& db, const JournalEntry& entry, const PropertyId& kept);

}  // namespace dreams::store
