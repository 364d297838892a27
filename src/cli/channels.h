#pragma once

#include <vector>

#include "cli/context.h"
#include "delivery/channel.h"
#include "delivery/quiet_hours.h"

namespace dreams::cli {

/// The ways out of the house that the settings `mail.*` and `notify.*` name; empty: none is set up.
/// One that is set up by half is among them: it throws Error{invalid} when it is to send, with what
/// to set. The context has to outlive them. jobs::send_all sends.
std::vector<delivery::Channel> channels(const Context& context);

/// The hours of `notify.quiet_hours`. Throws Error{invalid}: the setting is no such text.
delivery::QuietHours quiet_hours(const Context& context);

}  // namespace dreams::cli
