#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "sources/address_line.h"
#include "sources/listing_fields.h"
#include "sources/listing_page_facts.h"

namespace dreams::sources {
namespace {

constexpr int by_meta = 75, by_microdata = 85, by_mark = 60;

using Named = std::pair<std::string_view, std::string_view>;

/// What schema.org and OpenGraph call a field, where a file would call it otherwise.
constexpr auto other_names = std::to_array<Named>({{"streetaddress", "address"},
                                                   {"street-address", "address"},
                                                   {"addresslocality", "city"},
                                                   {"locality", "city"},
                                                   {"addressregion", "state"},
                                                   {"region", "state"},
                                                   {"postalcode", "zip"},
                                                   {"postal-code", "zip"},
                                                   {"numberofbedrooms", "beds"},
                                                   {"numberofbathroomstotal", "baths"},
                                                   {"floorsize", "sqft"},
                                                   {"yearbuilt", "year_built"},
                                                   {"latitude", "latitude"},
                                                   {"longitude", "longitude"}});

/// What a meta tag may be believed. A `type`, `url` or `description` there is the page's own.
constexpr auto meta_fields = std::to_array<std::string_view>(
    {"address", "city", "state", "zip", "price", "beds", "baths", "sqft", "acreage", "lot_sqft",
     "year_built", "mls_number", "status", "latitude", "longitude"});

/// The field that a word names; empty: none.
std::string_view field_named(std::string_view word) {
    for (const auto& [theirs, ours] : other_names)
        if (theirs == word) return ours;
    const auto header = normal_header(word);
    for (const auto& field : listing_fields())
        if (std::ranges::find(field.headers, header) != field.headers.end()) return field.name;
    return "";
}

/// `zillow_fb:beds`, `og:street-address`, `twitter:text:price`, `product:price:amount`.
void read_meta(const PageScan& scan, Facts& facts) {
    for (const auto& [name, content] : scan.meta) {
        auto key = std::string_view(name);
        if (key == "product:price:amount" || key == "og:price:amount") key = "price";
        if (key.ends_with(":currency") || key == "og:image:type") continue;
        if (name.find(':') == std::string::npos && name != "price") continue;
        const auto field = field_named(key.substr(key.rfind(':') + 1));
        if (std::ranges::find(meta_fields, field) == meta_fields.end()) continue;
        const auto money = field == "price" ? money_in(content) : "";
        facts.add(field, money.empty() ? content : money, ReadFrom::meta, by_meta);
    }
}

void read_itemprop(const Marked& marked, Facts& facts) {
    const auto field = field_named(marked.mark);
    if (std::ranges::find(meta_fields, field) == meta_fields.end()) return;
    const auto money = field == "price" ? money_in(marked.text) : "";
    facts.add(field, money.empty() ? marked.text : money, ReadFrom::microdata, by_microdata);
}

bool holds(std::string_view mark, std::string_view word) {
    return mark.find(word) != mark.npos;
}

/// Marks that name something of the kind, but not the home's own: filters, agents, old prices.
bool is_of_something_else(std::string_view mark) {
    static constexpr auto others = std::to_array<std::string_view>(
        {"filter", "min-",    "max-",    "min_",   "max_",    "minprice", "maxprice", "per-",
         "per_",   "old",     "was",     "est-",   "monthly", "mortgage", "search",   "range",
         "drop",   "history", "similar", "nearby", "agent",   "office",   "broker",   "company",
         "footer", "email",   "contact", "social", "sort",    "input",    "form",     "alert",
         "save",   "card",    "reduc",   "change", "original"});
    return std::ranges::any_of(others, [&](auto word) { return holds(mark, word); });
}

void read_mark(const Marked& marked, Facts& facts) {
    if (is_of_something_else(marked.mark)) return;
    const auto add = [&](std::string_view field, const std::string& value) {
        if (!value.empty()) facts.add(field, value, ReadFrom::marked, by_mark);
    };
    const auto& text = marked.text;
    if (holds(marked.mark, "price")) add("price", money_in(text));
    if (holds(marked.mark, "address") && address_line(text)) add("address", text);
    if (holds(marked.mark, "status")) add("status", text);
    if (holds(marked.mark, "beds")) {
        const auto count = count_of(text, {"beds", "bed", "bedrooms", "bedroom", "bd"});
        add("beds", count.empty() && text.size() <= 2 ? text : count);
    }
    if (holds(marked.mark, "baths")) {
        const auto count = count_of(text, {"baths", "bath", "bathrooms", "bathroom", "ba"});
        add("baths", count.empty() && text.size() <= 4 ? text : count);
    }
    if (holds(marked.mark, "sqft")) {
        const auto count = count_of(text, {"sqft", "sq ft", "sq. ft", "square feet", "sf"});
        add("sqft", count.empty() && text.size() <= 7 ? text : count);
    }
    if (holds(marked.mark, "mls")) add("mls_number", mls_number_in(text));
    if (holds(marked.mark, "acre")) add("acreage", count_of(text, {"acres", "acre", "ac"}));
}

}  // namespace

void read_marks(const PageScan& scan, Facts& facts) {
    read_meta(scan, facts);
    for (const auto& marked : scan.marked) {
        if (marked.itemprop)
            read_itemprop(marked, facts);
        else
            read_mark(marked, facts);
    }
}

}  // namespace dreams::sources
