#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/csv.h"
#include "model/sighting.h"

namespace dreams::sources {

/// What each column of a file means: its name as the file has it, and the field it fills
/// (`listing_field_names`); an empty field: the column is passed over.
using ListingMapping = std::vector<std::pair<std::string, std::string>>;

/// The fields a column can be mapped to.
std::vector<std::string> listing_field_names();

/// A line that is text for people: `Over 500 results. Try zooming in …`.
struct ListingNotice {
    std::string text;
};
/// A line that tells of no home, and the sentence why.
struct ListingRefused {
    std::string why;
};

/// What one line of a file came to.
struct ListingLine {
    std::size_t line = 0;  ///< from 1, the header included
    std::variant<Sighting, ListingNotice, ListingRefused> what;
    std::vector<std::string> unread;  ///< cells that were passed over: `PRICE 'call us' …`
};

struct ListingField;

/// A column for people to decide what it means.
struct ListingColumn {
    std::string name;     ///< as the file has it
    std::string field;    ///< that it fills, as far as its name tells; empty: none
    std::string example;  ///< the first cell under it that says something, cut short; or empty
};

/// What can be said of a file before it is known which column tells of which home.
struct ListingOutline {
    std::string header;  ///< normalised, as ListingReader::header gives it
    std::vector<ListingColumn> columns;
    bool of_people = false;  ///< its columns tell of people, and of no home
};
/// Throws Error{invalid}: there is no header.
ListingOutline listing_outline(std::string_view text);

/// Why a download of so many homes may not be all there was; none: nothing speaks for it.
std::optional<std::string> cut_off_doubt(std::string_view format, std::int64_t homes);

/// Reads a listing file line by line: Redfin's "Download All" in each of its headers, what
/// HomeHarvest writes of Realtor.com, and any other CSV (comma, semicolon or tab) with a mapping
/// that is proposed from its header. Columns are told by their names, never by their places.
class ListingReader {
public:
    /// Reads from `text`, which has to outlive the reader. `wanted` overrides what would be
    /// proposed, for the columns it names. Throws Error{invalid}: the text is no listing file (the
    /// sentence says why, and names its columns), or `wanted` names a column or field that there is
    /// not.
    explicit ListingReader(std::string_view text, const ListingMapping& wanted = {});

    std::string_view format() const { return format_; }         ///< `redfin`, `realtor`, `csv`
    const ListingMapping& mapping() const { return mapping_; }  ///< every column, in file order
    /// The header normalised: files of one kind have one.
    const std::string& header() const { return header_; }

    /// The next line that is not wholly empty; none: the file is read. Throws Error{invalid} as
    /// csv::Reader does.
    std::optional<ListingLine> next();

    /// Once all lines are read: why the file may not be all there was to download, a sentence each.
    std::vector<std::string> doubts() const;

private:
    void propose(const csv::Row& columns);
    void override_with(const ListingMapping& wanted);
    bool tells_of_homes() const;
    bool tells_of_people() const;
    void require_identity() const;
    bool is_notice(const csv::Row& row) const;
    bool breaks_off(const csv::Row& row) const;
    std::optional<std::string> why_refused(const csv::Row& row) const;
    void read(const csv::Row& row, ListingLine& line);

    csv::Reader rows_;
    std::string_view format_;
    ListingMapping mapping_;
    std::vector<const ListingField*> fields_;  ///< beside mapping_; null: passed over
    std::string header_;
    std::size_t homes_ = 0;       ///< lines that told of one, so far
    bool tells_of_more_ = false;  ///< a notice said that there were more results

    friend ListingOutline listing_outline(std::string_view text);
    struct Unsettled {};
    ListingReader(std::string_view text, Unsettled);  ///< only proposed, and not to be read from
};

/// A number for everything a file says, whatever its line ends, BOM and quoting: the same file
/// again has the same.
std::string listing_fingerprint(std::string_view text);

}  // namespace dreams::sources
