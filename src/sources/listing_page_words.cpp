#include <algorithm>
#include <array>

#include "base/text.h"
#include "sources/address_line.h"
#include "sources/listing_fields.h"
#include "sources/listing_page_facts.h"
#include "sources/mls_boards.h"

namespace dreams::sources {
namespace {

constexpr int by_title = 60, by_label = 55, by_line = 45, by_description = 40, by_words = 30;

/// Labels that say enough. Others (`Type`, `Agent`, `Location`) stand all over a page.
constexpr auto labelled = std::to_array<std::string_view>(
    {"address",    "city",           "county",  "mls_number",  "parcel_id",
     "status",     "price",          "beds",    "baths",       "full_baths",
     "half_baths", "sqft",           "acreage", "lot_sqft",    "year_built",
     "list_date",  "days_on_market", "hoa_fee", "subdivision", "stories",
     "heating",    "cooling",        "sewer",   "roof",        "tax_annual_amount",
     "zip"});

void read_title(std::string_view title, Facts& facts) {
    if (const auto number = mls_number_in(title); !number.empty())
        facts.add("mls_number", number, ReadFrom::title, by_title);
    std::string parted(title);
    for (const auto mark :
         {std::string_view(" - "), std::string_view(" – "), std::string_view(" — "),
          std::string_view(" • "), std::string_view(" :: "), std::string_view(" · ")})
        for (auto at = parted.find(mark); at != std::string::npos; at = parted.find(mark, at))
            parted.replace(at, mark.size(), "|");
    for (const auto& part : text::split(parted, '|')) {
        const auto line = address_line(part);
        if (line && line->city) return facts.add("address", part, ReadFrom::title, by_title);
    }
}

/// What a sentence or a line counts: `$685,900 5 beds, 3 baths, 2,517 Square Feet`.
void read_counts(std::string_view text, ReadFrom from, int confidence, Facts& facts) {
    const auto add = [&](std::string_view field, const std::string& value) {
        if (!value.empty() && !facts.has(field)) facts.add(field, value, from, confidence);
    };
    add("beds", count_of(text, {"beds", "bed", "bedrooms", "bedroom", "bd", "bds"}));
    add("baths", count_of(text, {"baths", "bath", "bathrooms", "bathroom", "ba"}));
    add("sqft", count_of(text, {"square feet", "square foot", "sqft", "sq ft", "sq. ft", "sq.ft"}));
    add("acreage", count_of(text, {"acres", "acre"}));
    add("price", money_in(text));
    add("mls_number", mls_number_in(text));
}

void read_description(const PageScan& scan, Facts& facts) {
    for (const auto& [name, content] : scan.meta) {
        if (name == "og:title" || name == "twitter:title") read_title(content, facts);
        if (name == "description" || name == "og:description")
            read_counts(content, ReadFrom::description, by_description, facts);
    }
}

/// The field of a label as files name their columns; null: it is none that is listened to.
const ListingField* labelled_field(std::string_view label) {
    constexpr std::size_t longest_label = 30;
    while (label.ends_with(':') || label.ends_with(' ')) label.remove_suffix(1);
    if (label.empty() || label.size() > longest_label) return nullptr;
    const auto header = normal_header(label);
    for (const auto& field : listing_fields())
        if (std::ranges::find(field.headers, header) != field.headers.end())
            return std::ranges::find(labelled, field.name) != labelled.end() ? &field : nullptr;
    return nullptr;
}

void add_labelled(const ListingField* field, std::string_view value, Facts& facts) {
    const auto money = field->name == "price" ? money_in(value) : "";
    facts.add(field->name, money.empty() ? value : money, ReadFrom::text, by_label);
}

/// `Label: value` in one piece, and a label followed by its value in the next.
void read_labels(const std::vector<std::vector<std::string>>& lines, Facts& facts) {
    const ListingField* waiting = nullptr;
    for (const auto& line : lines) {
        for (const auto& piece : line) {
            if (waiting && !labelled_field(piece)) add_labelled(waiting, piece, facts);
            waiting = labelled_field(piece);
            const auto colon = piece.find(':');
            if (waiting || colon == std::string::npos || colon + 1 >= piece.size()) continue;
            if (const auto* field = labelled_field(std::string_view(piece).substr(0, colon)))
                add_labelled(field, std::string_view(piece).substr(colon + 1), facts);
        }
    }
}

std::string joined(const std::vector<std::string>& pieces) {
    std::string line;
    for (const auto& piece : pieces) line += (line.empty() ? "" : " ") + piece;
    return line;
}

void read_lines(const std::vector<std::vector<std::string>>& lines, Facts& facts) {
    std::string whole;
    for (const auto& pieces : lines) {
        const auto line = joined(pieces);
        const auto address = address_line(line);
        if (address && address->city && address->state && !facts.has("address"))
            facts.add("address", line, ReadFrom::text, by_line);
        read_counts(line, ReadFrom::text, by_words, facts);
        whole += line + "\n";
    }
    facts.add("mls_source", mls_board_in(whole), ReadFrom::text, by_words);
}

}  // namespace

void read_words(const PageScan& scan, Facts& facts) {
    read_title(scan.title, facts);
    read_labels(scan.lines, facts);
    read_description(scan, facts);
    read_lines(scan.lines, facts);
}

}  // namespace dreams::sources
