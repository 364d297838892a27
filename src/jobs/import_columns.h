#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "sources/listing_file.h"

namespace dreams::jobs {

/// The fields that a column can be mapped to, in the order in which they are shown.
std::vector<std::string> import_fields();

/// The columns of a listing file as they are read while nobody says otherwise.
struct KnownColumns {
    sources::ListingMapping columns;    ///< every column, and the field it fills
    std::vector<std::string> examples;  ///< beside columns: a cell of each
    sources::ListingMapping settled;    ///< what an earlier import of such a file settled
    bool of_people = false;             ///< no column tells of a home, and none could
};
/// Throws Error{invalid}: the file has no header.
KnownColumns known_columns(Db& db, std::string_view text);

/// Sets what `said` says of the columns that it names.
void settle(sources::ListingMapping& columns, const sources::ListingMapping& said);

/// Tells one reading of a file from another: a number for which field each column fills.
std::string reading_mark(const sources::ListingMapping& columns);

/// Keeps what the columns of a file were read as, for the next file with the same header.
void remember_columns(Db& db, const sources::ListingReader& file, Instant now);

}  // namespace dreams::jobs
