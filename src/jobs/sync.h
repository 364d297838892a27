#pragma once

#include <chrono>
#include <string>

#include "base/db.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "jobs/sync_options.h"
#include "model/sync_run.h"
#include "sources/fub.h"

namespace dreams::jobs {

/// From here on clocks that do not agree are told of: what happened when is then not certain.
constexpr std::chrono::seconds clock_is_off_by{120};

/// `this machine's clock was 7 minutes ahead of Follow Up Boss's; …`, with what to do.
std::string clock_told(std::chrono::seconds ahead, const std::string& whose);

/// Reads a Follow Up Boss account into the file: leads, contact_events, lead_activities,
/// contact_communications. Each page's rows and its cursor are one commit; no transaction is held
/// while the network is asked. contact_properties follows. Always leaves a finished sync_log row (a
/// run that was killed is closed by the next). Does not rescore.
///
/// Throws Error{conflict} when another run holds the lease: nothing was done. Every other failure
/// is in the report: outcome failed, its sentence in `error`.
SyncReport sync_fub(Db& db, const sources::Fub& fub, Clock& clock, const SyncOptions& options,
                    Progress& progress);

}  // namespace dreams::jobs
