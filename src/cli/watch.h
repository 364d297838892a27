#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "jobs/tell.h"
#include "model/sync_run.h"

namespace dreams::cli {

/// What a look at the watched homes came to.
struct Watched {
    std::optional<SyncReport> run;  ///< none: idx.url is not set, and nothing was looked at
    std::string failure;            ///< a sentence; empty: nothing went wrong
    bool busy = false;              ///< another run holds the site
    jobs::Told told;

    /// Whether there was something to tell, and no channel took it.
    bool is_unsent() const { return told.unsaid == jobs::Unsaid::not_taken; }
    /// One sentence, without names.
    std::string sentence() const;
};

/// Looks at watched homes, if the team's listing site is known, and tells of what is new, whoever
/// saw it. That the site could not be looked at keeps no news back.
Watched look_and_tell(const Context& context, Db& db, jobs::Progress& progress);

}  // namespace dreams::cli
