#pragma once

// One file of an import on its way into the store. Internal to jobs/.

#include "jobs/import.h"

namespace dreams::jobs {

/// What every step of an import works with.
struct Importing {
    Db& db;
    const ImportOptions& options;
    Instant now;
    Progress& progress;
};

/// Keeps the homes of a table, a commit two thousand lines; of a preview none is committed. Counts
/// in `report.counts`, whose format, fingerprint and `observed_at` are settled. A line that cannot
/// be kept is refused and told. Throws Error{conflict}: another file took the database's place.
void keep_lines(const Importing& importing, sources::ListingReader& lines, FileReport& report);

/// The same of a web page of one home. What is unsure in it is kept after what is sure, and only
/// where nothing is known.
void keep_page(const Importing& importing, const sources::ListingPage& page, FileReport& report);

}  // namespace dreams::jobs
