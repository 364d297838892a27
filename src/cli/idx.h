#pragma once

#include <vector>

#include "base/time.h"
#include "cli/context.h"
#include "jobs/progress.h"
#include "sources/idx.h"
#include "web/dashboard.h"

namespace dreams::cli {

/// What reads the team's site by the settings `idx.*` and `fetch.*`; `known` as earlier runs left
/// it. Waits are told to `progress`. Throws Error{invalid}: idx.url is not set.
sources::Fetcher site_reader(const config::Settings& settings, Clock& clock,
                             std::vector<FetchHost> known, jobs::Progress& progress);

/// What the API may set going at the team's site: empty functions where idx.url is not set. Keeps a
/// reference to `context`.
web::Orders idx_orders(const Context& context);

}  // namespace dreams::cli
