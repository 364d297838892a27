#pragma once

#include <string>

#include "base/db.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "jobs/sync_options.h"
#include "model/sync_run.h"
#include "sources/reso.h"

namespace dreams::jobs {

/// Reads an MLS's feed into properties, one home a row whoever showed it, system by system.
///
/// The first run walks the whole feed by modification; later ones read what was changed since, with
/// an overlap. A page is a commit, its rows and how far they came; a walk that was cut off goes on
/// there. The whole is walked again once a week, since withdrawn listings stay in a feed no longer,
/// if it tells of them at all: what was not met then is asked for by name, and what is not there
/// leaves view. A walk that comes to no end is left (jobs/feed_walk.h). A feed that holds far
/// fewer listings than are known stops the run, unless options accept it.
///
/// Throws Error{conflict} when another run holds the lease. Every other failure is in the report.
SyncReport sync_listings(Db& db, const sources::Reso& feed, Clock& clock,
                         const SyncOptions& options, Progress& progress);

/// What the file remembers of questions to the feed at `url`, and where further ones are counted:
/// its limits by the hour and the day outlast a program, and so does that it turned us away. Keeps
/// a reference to `db`.
sources::AskedBefore asked_before(Db& db, const std::string& url, Instant now);

}  // namespace dreams::jobs
