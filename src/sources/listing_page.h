#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/record.h"
#include "model/sighting.h"

namespace dreams::sources {

/// Where in a page a fact was read.
enum class ReadFrom : std::uint8_t {
    json_ld,      ///< structured data that says it is about this page's home
    microdata,    ///< itemprop attributes
    meta,         ///< OpenGraph and other meta tags that name the fact
    marked,       ///< an element whose class or id names it
    title,        ///< the page's title
    text,         ///< `Label: value` as people read it
    description,  ///< the sentence for search engines
};

}  // namespace dreams::sources

template <>
struct dreams::Words<dreams::sources::ReadFrom> {
    using ReadFrom = sources::ReadFrom;
    static constexpr std::array<std::pair<ReadFrom, std::string_view>, 7> list{
        {{ReadFrom::json_ld, "structured data"},
         {ReadFrom::microdata, "microdata"},
         {ReadFrom::meta, "meta tag"},
         {ReadFrom::marked, "marked element"},
         {ReadFrom::title, "title"},
         {ReadFrom::text, "text"},
         {ReadFrom::description, "description"}}};
};

namespace dreams::sources {

/// One thing that a page says of its home.
struct PageField {
    std::string name;   ///< one of listing_field_names()
    std::string value;  ///< as the page has it
    ReadFrom from = ReadFrom::text;
    int confidence = 0;  ///< 0–100, see docs/idx.md

    static constexpr auto columns() {
        return Columns{Column{"field", &PageField::name}, Column{"value", &PageField::value},
                       Column{"from", &PageField::from},
                       Column{"confidence", &PageField::confidence}};
    }
};

/// From this confidence on a fact may replace what is stored; below it only fills gaps.
constexpr int sure_enough = 50;

struct ListingPage {
    std::string url;                   ///< of the page, as it names itself; empty: it does not
    std::vector<PageField> fields;     ///< each field once, as it was read best
    Sighting said;                     ///< what is sure enough
    Sighting all;                      ///< and what is not: to fill gaps with
    std::vector<std::string> notices;  ///< what was passed over and why, a sentence each
};

/// Whether a file's text is a web page rather than a table.
bool is_page(std::string_view text);
/// By which name a page's site goes as a source: `redfin`, `zillow`, `realtor`, else `page`.
std::string_view page_source(const ListingPage& page);

/// Where a page's bytes come from, as far as that is known.
struct PageOrigin {
    std::string url, content_type;
};

/// Reads a page that shows one home for sale: a listing site's, or a portal's that somebody saved.
/// Structured data (JSON-LD) first, then microdata and meta tags, then marked elements, title,
/// labels and values, and the description. Pages show similar homes beside their own: structured
/// data counts only where it is about this page, or about one home alone. The status is never taken
/// from a title, which says "for sale" for weeks after.
///
/// Throws Error{invalid}, with a sentence: the page is larger than 6 MB, it asks for a captcha
/// instead of showing a home, or it shows none (no address and no MLS number).
ListingPage read_listing_page(std::string_view bytes, const PageOrigin& origin = {});

}  // namespace dreams::sources
