#pragma once

#include <vector>

#include "base/db.h"
#include "model/unsent_message.h"

namespace dreams::store {

/// Keeps a message for another try; its `id` is given here. Within a transaction of the caller's.
void keep_unsent(Db& db, const UnsentMessage& message);

/// Those made since `since`, the oldest first.
std::vector<UnsentMessage> unsent_messages(Db& db, Instant since);

/// Forgets one, or all that were made before an instant.
void drop_unsent(Db& db, std::int64_t id);
void drop_unsent_before(Db& db, Instant before);

}  // namespace dreams::store
