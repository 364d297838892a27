#include "sources/listing_file.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/error.h"
#include "base/text.h"
#include "model/listing_status.h"
#include "sources/listing_fields.h"
#include "sources/listing_values.h"

namespace dreams::sources {
namespace {

using Override = std::pair<std::string_view, std::string_view>;

/// What a column of these formats means otherwise than its name would make one think.
constexpr std::array<Override, 1> redfin_columns{{{"source", "mls_source"}}};
constexpr std::array<Override, 7> realtor_columns{{
    {"mls", "mls_source"},
    {"mlsid", "mls_number"},
    {"style", "property_type"},
    {"propertyid", "realtor_id"},
    {"listingid", ""},  // Realtor.com's own, not a board's
    {"mlsstatus", ""},
    {"street", ""},
}};

constexpr std::string_view names_separator = "sep=";

/// A spreadsheet may name the separator in a line of its own: `sep=;`.
bool is_separator_line(const csv::Row& row) {
    return !row.empty() && row.front().starts_with(names_separator) &&
           row.front().size() <= names_separator.size() + 1 &&
           std::all_of(row.begin() + 1, row.end(), [](const auto& cell) { return cell.empty(); });
}

char separator_of(std::string_view text) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text.starts_with(mark)) text.remove_prefix(mark.size());
    const auto first = text.substr(0, text.find_first_of("\r\n"));
    if (first.starts_with(names_separator) && first.size() == names_separator.size() + 1)
        return first.back();
    char best = ',';
    for (const char each : {';', '\t'})
        if (std::ranges::count(first, each) > std::ranges::count(first, best)) best = each;
    return best;
}

bool has(const std::vector<std::string>& headers, std::string_view name) {
    return std::ranges::find(headers, name) != headers.end();
}

bool is_price_note(std::string_view header) {
    return header.starts_with("urlsee");  // `URL (SEE https://… FOR INFO ON PRICING)`
}

std::string_view format_of(const std::vector<std::string>& headers) {
    if (has(headers, "saletype") && std::ranges::any_of(headers, is_price_note)) return "redfin";
    if (has(headers, "propertyurl") && has(headers, "fullbaths")) return "realtor";
    return "csv";
}

/// The field that a column of a known format fills whatever its name; none: go by the name.
std::optional<std::string_view> fixed_field(std::string_view format, const std::string& header) {
    if (format == "redfin") {
        if (is_price_note(header)) return "url";
        for (const auto& [name, field] : redfin_columns)
            if (name == header) return field;
    } else if (format == "realtor") {
        for (const auto& [name, field] : realtor_columns)
            if (name == header) return field;
    }
    return std::nullopt;
}

std::string joined(const std::vector<std::string>& texts, std::size_t most) {
    std::string all;
    for (std::size_t i = 0; i < std::min(texts.size(), most); ++i)
        all += (i ? ", " : "") + texts[i];
    return texts.size() > most ? all + " …" : all;
}

/// Whether a column tells of the street's number alone: then `Street` beside it is but its name.
bool has_number_column(const std::vector<std::string>& headers) {
    const auto& names = listing_field("street_number")->headers;
    return std::ranges::any_of(names, [&](auto name) { return has(headers, name); }) ||
           ((has(headers, "number") || has(headers, "no")) && has(headers, "street"));
}

/// The header of a file, or the sentence why there is none.
csv::Row header_of(csv::Reader& rows, std::string_view text) {
    if (text.find('\0') != std::string_view::npos)
        throw Error(
            Fault::invalid,
            "this is a picture or a file of another program, which cannot be read; choose a CSV "
            "file or a saved "
            "web page (from a spreadsheet: Save as, CSV)");
    auto header = rows.next();
    if (header && is_separator_line(*header)) header = rows.next();
    if (!header) throw Error(Fault::invalid, "it is empty");
    return std::move(*header);
}

}  // namespace

ListingOutline listing_outline(std::string_view text) {
    constexpr int rows_looked_at = 50;
    constexpr std::size_t longest_example = 60;
    ListingReader proposed(text, ListingReader::Unsettled{});
    ListingOutline outline{proposed.header(), {}, proposed.tells_of_people()};
    for (const auto& [name, field] : proposed.mapping())
        outline.columns.push_back({name, field, {}});
    for (int i = 0; i < rows_looked_at; ++i) {
        const auto row = proposed.rows_.next();
        if (!row) break;
        for (std::size_t c = 0; c < std::min(row->size(), outline.columns.size()); ++c)
            if (outline.columns[c].example.empty() && !says_nothing((*row)[c]))
                outline.columns[c].example = text::shortened((*row)[c], longest_example, "…");
    }
    return outline;
}

std::vector<std::string> listing_field_names() {
    std::vector<std::string> names;
    for (const auto& field : listing_fields()) names.emplace_back(field.name);
    return names;
}

ListingReader::ListingReader(std::string_view text, Unsettled) : rows_(text, separator_of(text)) {
    propose(header_of(rows_, text));
}

ListingReader::ListingReader(std::string_view text, const ListingMapping& wanted)
    : ListingReader(text, Unsettled{}) {
    override_with(wanted);
    require_identity();
    for (const auto& [column, field] : mapping_) fields_.push_back(listing_field(field));
}

void ListingReader::propose(const csv::Row& columns) {
    std::vector<std::string> headers;
    for (const auto& column : columns) headers.push_back(normal_header(column));
    header_ = joined(headers, headers.size());
    format_ = format_of(headers);
    for (std::size_t i = 0; i < columns.size(); ++i)
        mapping_.emplace_back(columns[i], fixed_field(format_, headers[i]).value_or(""));
    const auto taken = [&](std::string_view field) {
        return std::ranges::any_of(mapping_,
                                   [&](const auto& each) { return each.second == field; });
    };
    const auto settle = [&](std::string_view header, std::string_view field) {
        const auto at =
            static_cast<std::size_t>(std::ranges::find(headers, header) - headers.begin());
        if (at < headers.size() && mapping_[at].second.empty() && !taken(field) &&
            !fixed_field(format_, headers[at]))
            mapping_[at].second = field;
    };
    if (has_number_column(headers)) {
        settle("streetname", "street_name");
        settle("street", "street_name");
        settle("number", "street_number");
        settle("no", "street_number");
    }
    // A field's likeliest name comes first; a column fills one field, a field has one column.
    for (const auto& field : listing_fields())
        for (const auto name : field.headers) settle(name, field.name);
    // Assessors' tables know a home by its parcel only, and call that `id`.
    const auto id = static_cast<std::size_t>(std::ranges::find(headers, "id") - headers.begin());
    if (id < headers.size() && mapping_[id].second.empty() && !taken("address") &&
        !taken("parcel_id") && taken("latitude"))
        mapping_[id].second = "parcel_id";
}

void ListingReader::override_with(const ListingMapping& wanted) {
    for (const auto& [column, field] : wanted) {
        if (!field.empty() && !listing_field(field)) {
            const auto near = text::nearest(field, listing_field_names());
            throw Error(Fault::invalid, "there is no field '" + field + "'" +
                                            (near.empty() ? "" : "; did you mean " + near + "?"));
        }
        const auto at = std::ranges::find(mapping_, normal_header(column), [](const auto& each) {
            return normal_header(each.first);
        });
        if (at == mapping_.end())
            throw Error(Fault::invalid, "the file has no column '" + column + "'");
        for (auto& each : mapping_)
            if (!field.empty() && each.second == field) each.second.clear();
        at->second = field;
    }
}

bool ListingReader::tells_of_homes() const {
    constexpr std::array known{std::string_view("address"),   std::string_view("mls_number"),
                               std::string_view("parcel_id"), std::string_view("redfin_id"),
                               std::string_view("zillow_id"), std::string_view("realtor_id"),
                               std::string_view("url"),       std::string_view("street_name")};
    return std::ranges::any_of(mapping_, [&](const auto& each) {
        return std::ranges::find(known, each.second) != known.end();
    });
}

bool ListingReader::tells_of_people() const {
    return !tells_of_homes() && std::ranges::any_of(mapping_, [](const auto& each) {
        return normal_header(each.first).starts_with("firstname");
    });
}

void ListingReader::require_identity() const {
    if (tells_of_homes()) return;
    if (tells_of_people()) throw Error(Fault::invalid, "it is a list of people, not of homes");
    std::vector<std::string> columns;
    for (const auto& [column, field] : mapping_) columns.push_back(column);
    throw Error(Fault::invalid,
                "no column tells which home a line is about (an address, an MLS "
                "number, a parcel); its columns are " +
                    joined(columns, 12));
}

/// Redfin puts sentences where homes stand: in the first cell, or over the first few where they
/// have commas; the cells behind them are empty.
bool ListingReader::is_notice(const csv::Row& row) const {
    constexpr std::ptrdiff_t most_cells = 3, least_blanks = 3, least_columns = 5;
    if (std::ssize(mapping_) < least_columns || (format_ == "csv" && fields_[0])) return false;
    const auto end = std::ranges::find(row, std::string());
    const auto blanks = std::accumulate(row.begin(), end, std::ptrdiff_t{0},
                                        [](std::ptrdiff_t sum, const std::string& cell) {
                                            return sum + std::ranges::count(cell, ' ');
                                        });
    return end - row.begin() <= most_cells && blanks >= least_blanks &&
           std::all_of(end, row.end(), [](const auto& cell) { return cell.empty(); });
}

/// Whether the file ends in the middle of this row: what was cut off of its last cell, nobody
/// knows.
bool ListingReader::breaks_off(const csv::Row& row) const {
    return !rows_.line_was_ended() && row.size() < mapping_.size();
}

std::optional<std::string> ListingReader::why_refused(const csv::Row& row) const {
    if (breaks_off(row)) return "the file breaks off in the middle of it";
    const auto beyond = std::ssize(row) - std::ssize(mapping_);
    if (beyond > 0 &&
        std::any_of(row.end() - beyond, row.end(), [](const auto& cell) { return !cell.empty(); }))
        return "it has more cells than the header has columns";
    return std::nullopt;
}

void ListingReader::read(const csv::Row& row, ListingLine& line) {
    ListingDraft draft;
    for (std::size_t i = 0; i < std::min(row.size(), mapping_.size()); ++i) {
        const auto cell = shown_cell(row[i]);
        if (!fields_[i] || says_nothing(cell)) continue;
        if (!fields_[i]->read(draft, cell))
            line.unread.push_back(mapping_[i].first + " '" + text::shortened(row[i], 40, "…") +
                                  "' was not understood");
    }
    Sighting said = finished(std::move(draft));
    if (said.listing.status && !is_known_status(*said.listing.status))
        line.unread.push_back("status '" + text::shortened(*said.listing.status, 40, "…") +
                              "' is not known; a status that is known stays");
    std::vector<LeftOut> left_out;
    cleaned(said, left_out);
    for (const auto& [field, why] : left_out)
        line.unread.push_back(std::string(field) + " was left out: " + why);
    line.what = std::move(said);
}

std::optional<ListingLine> ListingReader::next() {
    const auto row = rows_.next();
    if (!row) return std::nullopt;
    ListingLine line{.line = rows_.line()};
    if (is_notice(*row)) {
        std::vector<std::string> parts(*row);
        std::erase(parts, "");
        const auto notice = joined(parts, parts.size());
        tells_of_more_ = tells_of_more_ || text::lower(notice).starts_with("over ");
        line.what = ListingNotice{notice};
    } else if (auto why = why_refused(*row)) {
        line.what = ListingRefused{std::move(*why)};
    } else {
        ++homes_;
        read(*row, line);
    }
    return line;
}

std::optional<std::string> cut_off_doubt(std::string_view format, std::int64_t homes) {
    constexpr std::array<std::int64_t, 2> caps{350, 500};  // Redfin's, at different times
    if (format != "redfin" || std::ranges::find(caps, homes) == caps.end()) return std::nullopt;
    return "the download was probably cut off: it has exactly " + std::to_string(homes) +
           " homes, as many as Redfin puts into one; narrow the search and download the rest";
}

std::vector<std::string> ListingReader::doubts() const {
    if (tells_of_more_)
        return {
            "the download is incomplete: there were more results than Redfin puts into one; "
            "narrow the search and download the rest"};
    if (auto doubt = cut_off_doubt(format_, static_cast<std::int64_t>(homes_)))
        return {std::move(*doubt)};
    return {};
}

std::string listing_fingerprint(std::string_view text) {
    csv::Reader rows(text, separator_of(text));
    std::uint64_t hash = 0;
    while (const auto row = rows.next()) {
        auto last = row->size();
        while (last > 0 && (*row)[last - 1].empty()) --last;
        for (std::size_t i = 0; i < last; ++i)
            hash = hash * 1099511628211u + text::hash((*row)[i]) + i + 1;
        hash = hash * 31 + 7;
    }
    return std::to_string(hash);
}

}  // namespace dreams::sources
