#pragma once

#include <string>
#include <vector>

#include "base/db.h"
#include "base/error.h"
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
};

/// Sends the message through every channel; one that fails keeps no other from it. Throws
/// Error{conflict}, and sends nothing, when the file is a copy that nobody claimed as the one to
/// send from in `environment` (store::require_may_send). Whether hours are quiet is for the caller
/// to ask (delivery::QuietHours): it knows what can wait.
Notified send_all(Db& db, const std::string& environment,
                  const std::vector<delivery::Channel>& channels, const delivery::Message& message);

}  // namespace dreams::jobs
