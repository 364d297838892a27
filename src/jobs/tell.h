#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "delivery/channel.h"
#include "delivery/quiet_hours.h"
#include "jobs/notify.h"

namespace dreams::jobs {

/// Changes from before are no news any more: a first run tells nobody of years of old imports.
constexpr std::chrono::hours news_for{3 * 24};

/// Where news goes, and when not.
struct WaysOut {
    std::vector<delivery::Channel> channels;
    delivery::QuietHours quiet;
    std::string environment;  ///< `dev` or `prd`: what store::require_may_send asks for
    std::string dashboard;    ///< what it is called from outside; empty: it cannot be reached
};

/// Why news stays at home.
enum class Unsaid { nothing_new, no_channel, may_not_send, quiet_hours, not_taken };

/// What became of the changes that nobody had been told of.
struct Told {
    std::int64_t homes = 0;        ///< that the message is about
    std::int64_t changes = 0;      ///< that it tells of
    std::int64_t passed = 0;       ///< come to nothing, of homes nobody cares for, or too old
    std::int64_t waiting = 0;      ///< may yet come to something else
    std::optional<Unsaid> unsaid;  ///< none: it was sent
    std::string why;               ///< may_not_send, not_taken: the sentence
    Notified notified;
    Notified caught_up;  ///< of earlier news, through channels that had not taken it
    std::optional<delivery::Message> message;  ///< none: there is nothing to tell

    /// One sentence, without names.
    std::string sentence() const;
};

/// Tells of what became different about homes that somebody cares for, whoever saw it: one message
/// through every channel. What it told of, and what comes to nothing (jobs/settle.h), is marked
/// (property_changes.notified) once a channel has taken the message. Between that and the mark lies
/// one commit: a program killed there tells the same once more. A channel that failed while another
/// took it gets it later, alone (send_unsent). Without a channel, from a copy that
/// may not send, in quiet hours and when no channel takes it, everything stays as it is.
///
/// Throws Error{conflict} when another run is telling.
Told tell(Db& db, const WaysOut& ways, const Zone& zone, Instant now);

/// What it would tell now; sends and marks nothing.
Told what_to_tell(Db& db, const WaysOut& ways, const Zone& zone, Instant now);

}  // namespace dreams::jobs
