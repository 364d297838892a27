#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/db.h"
#include "store/trigger_spec.h"

namespace dreams::store {

/// Up to where the homes' edits were looked at. Every change of what a list of homes shows gets the
/// next number (dreams_home_edits), whoever makes it: triggers give it. The engine's own number of
/// the schema moves when the whole file is another (a restore) or was packed anew (VACUUM).
struct HomeEdits {
    std::int64_t schema = -1, edit = 0;
    friend bool operator==(const HomeEdits&, const HomeEdits&) = default;
};

/// As of the moment that the connection sees. Microseconds.
HomeEdits home_edits(Db& db);

/// How many homes were edited after `edit`, and properties.id of each of them, be they there or
/// gone.
std::int64_t count_edited_homes(Db& db, std::int64_t edit);
std::vector<std::string> edited_homes(Db& db, std::int64_t edit);

/// Those that number the edits of homes.
const std::vector<TriggerSpec>& home_triggers();

}  // namespace dreams::store
