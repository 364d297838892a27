#pragma once

#include <optional>

#include "base/serve.h"
#include "sim/fub/faults.h"

namespace dreams::sim {

/// What `fault` makes of a good answer. `before` is what this endpoint answered last (for
/// repeated_page). Answers that break on the wire come as bytes and pauses.
http::Response spoiled(FubFault fault, const Faults& faults, http::Response good,
                       const std::optional<http::Response>& before);

/// Whether such an answer never arrives as a proper one, however patient the client is.
bool breaks_off(FubFault fault);

}  // namespace dreams::sim
