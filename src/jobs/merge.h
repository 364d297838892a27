#pragma once

#include <string>

#include "base/db.h"
#include "store/merge.h"

namespace dreams::jobs {

struct MergeJob {
    bool dry_run = false;  ///< counts the same, and takes everything back
};

struct MergeOutcome {
    store::MergeReport report;
    std::string snapshot;  ///< the file as it was before; empty: a dry run
};

/// Joins the file `other` into `db`: a proved copy of the file as it is (`dreams.db.before-merge-
/// 20260119-160000.db`) is put beside it first, then everything happens in one transaction. Nothing
/// is ever written to `other`. No sync, rescore or second merge runs meanwhile.
/// Throws Error: not_found (no file `other`), invalid (not a file of this schema; the file itself),
/// conflict (a lease is held), unavailable (disk full, read-only). Then the file is as it was.
MergeOutcome merge(Db& db, const std::string& other, const Zone& zone, Instant now,
                   const MergeJob& job = {});

/// The same with a file that is open already, of which nobody says that it is whole.
MergeOutcome merge(Db& db, Db& theirs, const Zone& zone, Instant now, const MergeJob& job = {});

}  // namespace dreams::jobs
