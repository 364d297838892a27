#pragma once

#include "base/time.h"
#include "config/settings.h"
#include "jobs/progress.h"
#include "sources/fub.h"

namespace dreams::cli {

/// The Follow Up Boss account of the settings `fub.*`. Waits for its limits are told to `progress`.
/// Throws Error{invalid}: there is no key.
sources::Fub fub_account(const config::Settings& settings, Clock& clock, jobs::Progress& progress);

}  // namespace dreams::cli
