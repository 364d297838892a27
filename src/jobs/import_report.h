#pragma once

// What an import tells of itself.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json_writer.h"
#include "model/sync_run.h"
#include "sources/listing_file.h"
#include "sources/listing_page.h"
#include "store/imports.h"

namespace dreams::jobs {

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

/// What became of all files of one order.
struct ImportReport {
    bool preview = false;
    std::vector<FileReport> files;  ///< in the order in which they were imported
};

/// The report as `dreams import --json` gives it.
void write(json::Writer& json, const ImportReport& report);

/// Why an import may not hold all homes that there were to download, one sentence; none: nothing
/// speaks for it, or it is undone.
std::optional<std::string> may_lack_homes(const store::Import& import);

}  // namespace dreams::jobs
