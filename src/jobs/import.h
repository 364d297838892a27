#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "jobs/import_report.h"
#include "jobs/progress.h"
#include "sources/listing_file.h"
#include "store/imports.h"
#include "store/properties.h"

namespace dreams::jobs {

/// How files are to be imported; of each as its caller wants it.
struct ImportOptions {
    bool preview = false;  ///< everything is done and counted, and nothing is kept
    store::KnownHomes known = store::KnownHomes::update;  ///< what to do with homes that are there
    /// When what the files say was so; none: the day in a file's name, else now.
    std::optional<Instant> observed_at;
    sources::ListingMapping mapping;  ///< what the caller says of columns, beyond what is proposed
    bool again = false;               ///< reads a file once more that was imported already
};

/// Imports listing files: Redfin's, HomeHarvest's, any table whose columns can be told, and web
/// pages of one home that somebody saved (what a page says unsurely only fills gaps). The oldest
/// first, so that what happened between them becomes history. Each file is an import of its own
/// that can be undone; rows are kept in batches of two thousand. A file that was imported already,
/// its columns read the same, changes nothing; nor does an older sighting of a home, but for gaps
/// it fills. A file that cannot be read stops no other: its report has the sentence why; where that
/// is for want of a column that tells of which home, it has the columns too, for a person to say.
ImportReport import_files(Db& db, const std::vector<std::string>& paths,
                          const ImportOptions& options, const Zone& zone, Instant now,
                          Progress& progress);

/// A file as an upload brings it.
struct UploadedFile {
    std::string name;
    std::string_view text;
    sources::ListingMapping mapping = {};  ///< beyond that of the options, for this file alone
};

/// The same for uploaded files.
ImportReport import_texts(Db& db, const std::vector<UploadedFile>& files,
                          const ImportOptions& options, const Zone& zone, Instant now,
                          Progress& progress);

/// Whether a preview of so many bytes is done to a passing copy of the file: then the connection is
/// only read from, and nobody waits for it. Fewer are quicker in a transaction that is taken back.
bool is_previewed_apart(const Db& db, std::uintmax_t bytes);

/// Takes an import back (store::undo_import), and what followed from it. Throws LeaseHeld: it is
/// under way still.
store::UndoReport undo_import(Db& db, std::int64_t id, Instant now);

}  // namespace dreams::jobs
