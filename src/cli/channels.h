#pragma once

#include <string>
#include <vector>

#include "cli/context.h"
#include "delivery/channel.h"
#include "delivery/quiet_hours.h"

namespace dreams::cli {

/// A way out of the house as the settings have it.
struct WayOut {
    delivery::Channel channel;
    std::string lacks;   ///< what has to be set before it can send; empty: nothing
    std::string advice;  ///< it can send, but; empty: nothing to add
};

/// Those that the settings `mail.*` and `notify.*` name, whole or by half. The context has to
/// outlive them.
std::vector<WayOut> ways_out(const Context& context);

/// Their channels; empty: none is set up. One that is set up by half is among them: it throws
/// Error{invalid} when it is to send, with what it lacks. jobs::send_all sends.
std::vector<delivery::Channel> channels(const Context& context);

/// The hours of `notify.quiet_hours`. Throws Error{invalid}: the setting is no such text.
delivery::QuietHours quiet_hours(const Context& context);

}  // namespace dreams::cli
