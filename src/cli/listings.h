#pragma once

#include "base/db.h"
#include "base/time.h"
#include "config/settings.h"
#include "jobs/progress.h"
#include "sources/reso.h"

namespace dreams::cli {

/// The MLS's feed of the settings `reso.*`, counting its requests in `db`, which it keeps a
/// reference to. Waits are told to `progress`. Throws Error{invalid}: the settings do not say
/// enough.
sources::Reso mls_feed(const config::Settings& settings, Db& db, Clock& clock,
                       jobs::Progress& progress);

}  // namespace dreams::cli
