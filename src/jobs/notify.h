#pragma once

#include <string>
#include <vector>

#include "base/db.h"
#include "base/error.h"
#include "base/time.h"
#include "delivery/channel.h"

namespace dreams::jobs {

/// A channel that did not take a message.
struct NotTaken {
    std::string channel;
    /// unavailable: worth another try, through this channel alone. Anything else: not before a
    /// setting is changed.
    Fault fault = Fault::unavailable;
    std::string sentence;  ///< why; holds no secret, and nothing of the message
};

/// What became of a message.
struct Notified {
    std::vector<std::string> took;  ///< the channels that have it
    std::vector<NotTaken> not_taken;

    /// Whether another try may help some channel.
    bool worth_another_try() const;
};

/// News is told to a channel that failed for so long; then it is none any more.
constexpr std::chrono::hours unsent_for{6};

/// Sends the message through every channel; one that fails keeps no other from it. Throws
/// Error{conflict}, and sends nothing, when the file is a copy that nobody claimed as the one to
/// send from in `environment` (store::require_may_send). Whether hours are quiet is for the caller
/// to ask (delivery::QuietHours): it knows what can wait.
Notified send_all(Db& db, const std::string& environment,
                  const std::vector<delivery::Channel>& channels, const delivery::Message& message);

/// Keeps the message for those channels that another try may help: others have it. Within a
/// transaction of the caller's.
void keep_unsent(Db& db, const Notified& notified, const delivery::Message& message, Instant now);

/// Sends what is kept for these channels, to each its own alone. What is taken, has waited too long
/// or will not be taken before a setting is changed is forgotten. Empty while another run does it.
Notified send_unsent(Db& db, const std::vector<delivery::Channel>& channels, Instant now);

/// Whether anything waits for another try.
bool any_unsent(Db& db, Instant now);

}  // namespace dreams::jobs
