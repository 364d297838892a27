#pragma once

#include <string>

#include "base/http.h"
#include "base/time.h"
#include "delivery/channel.h"

namespace dreams::delivery {

/// Where notices go: ntfy.sh or a server of one's own.
struct NtfySettings {
    std::string url;    ///< `https://ntfy.sh/TOPIC`; a secret, like the topic
    std::string token;  ///< `tk_…`; empty: whoever knows the topic may write
};

/// Pushes subject and link to the topic's phones. The clock has to outlive the channel. Throws
/// Error{invalid}: the address is not that of a topic, or not https.
Channel ntfy(NtfySettings settings, http::Network network, const Clock& clock);

/// Whether anybody might guess the topic: at ntfy.sh, without a token, it is the only password.
bool is_guessable(const NtfySettings& settings);

}  // namespace dreams::delivery
