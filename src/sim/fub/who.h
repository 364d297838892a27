#pragma once

#include <optional>

#include "base/serve.h"
#include "sim/fub/options.h"
#include "sim/town/town.h"

namespace dreams::sim {

/// The keys that stand for one user of each kind where the options name none.
std::map<std::string, std::int64_t> usual_keys(const Town& town);

/// Whose credentials these are: an API key goes with Basic, an OAuth token with Bearer, never the
/// other way round (fub-api §1). Null: nobody's.
const User* who_asks(const http::Headers& headers, const FubOptions& options, const Town& town);

/// Whether the request names a registered system.
bool is_registered(const http::Headers& headers, const FubOptions& options);

/// The 401 of fub-api §1, to the letter.
http::Response who_are_you();

/// GET /identity.
std::string identity(const User& user, const FubOptions& options, const Town& town);

}  // namespace dreams::sim
