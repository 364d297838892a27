#pragma once

#include <cstdint>
#include <vector>

#include "base/db.h"
#include "model/brief.h"

namespace dreams::store {

// What a morning page asks the file, beside the call list and the changes.

/// People whom somebody might have left waiting: who wrote, rang, or asked about a home since
/// `since`, and may be spoken to; with the e-mail where no call reaches them. Whether they wait is
/// for score::waiting_since to say; `since` of each is not set.
std::vector<WaitingPerson> who_came_to_us(Db& db, Instant since, Instant now);

/// So many of all there are.
template <class T>
struct Some {
    std::vector<T> some;
    std::int64_t total = 0;
};

/// Who came to the office since `since`, the newest first.
Some<NewPerson> new_people(Db& db, Instant since, Instant now, std::int64_t limit);

/// Matches that were suggested since `since` and that nobody has sent or turned down, the best
/// first: those that the page of matches shows (store/match_lists).
Some<Suggestion> new_suggestions(Db& db, Instant since, std::int64_t limit);

}  // namespace dreams::store
