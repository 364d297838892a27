#pragma once

// What people said of two homes, as they become one. Internal to store/.

#include "base/db.h"
#include "store/doubtful_homes_sightings.h"

namespace dreams::store {

/// Where one person has a row for both homes, that of `kept` takes what was chosen, shared, noted
/// and answered of `gone`; to be called before that row is laid aside. Of two suggestions the one
/// that was settled goes before, and of two that were, the one where something happened later.
void join_words_of_people(Db& db, Journal& journal, const JoinedHomes& homes);

}  // namespace dreams::store
