#pragma once

#include <string>

#include "base/http.h"
#include "base/time.h"
#include "delivery/channel.h"

namespace dreams::delivery {

/// Writes subject and link into a Slack channel, through an incoming webhook, whose address is a
/// secret. The clock has to outlive the channel. Throws Error{invalid}: the address is not https.
Channel slack(std::string url, http::Network network, const Clock& clock);

}  // namespace dreams::delivery
