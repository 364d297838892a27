#pragma once

#include <optional>
#include <string>
#include <unordered_set>

#include "base/db.h"
#include "model/brief.h"

namespace dreams::store {

/// The morning page of a day as it was sent; none: it was not.
std::optional<SentBrief> sent_brief(Db& db, Date day);
/// The latest of an earlier day.
std::optional<SentBrief> sent_brief_before(Db& db, Date day);

/// The changes that morning pages of earlier days, from `since` on, told of.
std::unordered_set<std::string> changes_in_briefs(Db& db, Date since, Date before);

/// Remembers that it was sent; one of the same day takes its place.
void keep_sent_brief(Db& db, const SentBrief& brief);

}  // namespace dreams::store
