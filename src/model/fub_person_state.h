#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams {

/// What FUB last said of a person's communications: a row of `dreams_fub_people`. The marks, the
/// staleness and the deletion have other writers than this record, so they are not in it.
struct FubPersonState {
    FubId id;
    std::optional<Instant> updated_at;
    std::optional<Instant> last_activity_at;
    std::int64_t texts = 0;
    std::int64_t emails = 0;
    std::string last_text;
    std::string last_email;
    std::string text_ids;  ///< comma separated
    std::string email_ids;
    std::int64_t phone_works = 1;  ///< 0: FUB marks every number of theirs as bad

    static constexpr auto columns() {
        return Columns{
            Column{"fub_id", &FubPersonState::id},
            Column{"updated_at", &FubPersonState::updated_at},
            Column{"last_activity_at", &FubPersonState::last_activity_at},
            Column{"texts", &FubPersonState::texts},
            Column{"emails", &FubPersonState::emails},
            Column{"last_text", &FubPersonState::last_text},
            Column{"last_email", &FubPersonState::last_email},
            Column{"text_ids", &FubPersonState::text_ids},
            Column{"email_ids", &FubPersonState::email_ids},
            Column{"phone_works", &FubPersonState::phone_works},
        };
    }
};

}  // namespace dreams
