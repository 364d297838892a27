#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/json_writer.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "model/sync_run.h"
#include "sources/listing_file.h"
#include "sources/listing_page.h"
#include "store/imports.h"
#include "store/properties.h"

namespace dreams::jobs {

struct ImportOptions {
    bool preview = false;  ///< everything is done and counted, and nothing is kept
    store::KnownHomes known = store::KnownHomes::update;  ///< what to do with homes that are there
    /// When what the files say was so; none: the day in a file's name, else now.
    std::optional<Instant> observed_at;
    sources::ListingMapping mapping;  ///< what the caller says of columns, beyond what is proposed
    bool again = false;               ///< reads a file once more that was imported already
};

/// A line of a table as it was read.
struct ReadLine {
    std::int64_t line = 0;
    store::RowOutcome outcome;
    Listing said;
};

/// How it is known when what a file says was so.
enum class Dated { by_caller, by_name, not_at_all };

/// What became of one file.
struct FileReport {
    std::string file;                   ///< as it was named to us
    std::size_t place = 0;              ///< which of the files that were given it is, from 0
    Dated dated = Dated::not_at_all;    ///< by nobody: it counts as of now
    store::Import counts;               ///< format, observed_at and numbers; id 0: a preview
    std::vector<std::string> notices;   ///< one a line of text in the file: what it leaves out …
    std::vector<Refused> refused;       ///< the first hundred
    std::vector<std::string> remarks;   ///< ours: cells not understood, lines of one home …
    std::vector<std::string> doubts;    ///< those of them that say that homes may be missing
    sources::ListingMapping mapping;    ///< every column and the field it fills
    std::vector<std::string> examples;  ///< beside mapping: a cell of each column
    std::vector<ReadLine> first;        ///< the first few lines that tell of homes
    std::vector<sources::PageField> page;         ///< of a web page: what was read, and how
    std::optional<std::int64_t> imported_before;  ///< the import that held the same already
    std::optional<std::int64_t> read_otherwise;   ///< that read the same file with other columns
    std::string error;  ///< one sentence; empty unless the file could not be read
};

/// Why an import may not hold all homes that there were to download, one sentence; none: nothing
/// speaks for it, or it is undone.
std::optional<std::string> may_lack_homes(const store::Import& import);

struct ImportReport {
    bool preview = false;
    std::vector<FileReport> files;  ///< in the order in which they were imported
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

/// When a file of this name was made: `redfin_2024-09-12-14-05-33.csv` at that wall-clock time, a
/// day or a month alone (`redfin_2024-09_sylva.csv`) at its end. None: the name has none, or one
/// that is yet to come.
std::optional<Instant> observed_in_name(const std::string& name, const Zone& zone, Instant now);

/// The report as `dreams import --json` gives it.
void write(json::Writer& json, const ImportReport& report);

}  // namespace dreams::jobs
