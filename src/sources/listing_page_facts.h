#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/url.h"
#include "sources/listing_page.h"
#include "sources/page_scan.h"

// Internal to sources/listing_page: facts on their way from a page's parts to its one reading.

namespace dreams::sources {

/// Keeps for every field its best reading so far: the more confident one, the first of two alike.
class Facts {
public:
    /// Takes a value that the field can be read from; others, and what says nothing, are passed
    /// over. An address with its city and ZIP on one line is taken apart.
    void add(std::string_view field, std::string_view value, ReadFrom from, int confidence);
    bool has(std::string_view field) const { return best_.count(std::string(field)) > 0; }
    /// Its confidence; −1: it is not known.
    int confidence_in(std::string_view field) const;
    std::vector<PageField> best() const;  ///< in the order of listing_field_names()

private:
    void put(std::string_view field, std::string_view value, ReadFrom from, int confidence);
    std::map<std::string, PageField> best_;
};

// The parts of a page, each in the file of its name. `page` is the page's own address.

/// listing_page_json_ld.cpp
void read_json_ld(const PageScan& scan, const std::optional<http::Url>& page, Facts& facts,
                  std::vector<std::string>& notices);
/// listing_page_marks.cpp: meta tags, microdata, and elements that name what they hold.
void read_marks(const PageScan& scan, Facts& facts);
/// listing_page_words.cpp: title, description, labels with values, what stands in lines.
void read_words(const PageScan& scan, Facts& facts);

/// The first sum of dollars in a text, `$489,000`, as a number of at least 1,000. Empty: none.
std::string money_in(std::string_view text);
/// The number before one of these words: `3` of `3 Beds, 2.5 baths`. Empty: none.
std::string count_of(std::string_view text, const std::vector<std::string_view>& words);
/// What stands behind `MLS`, `MLS #`, `MLS Number:`. Empty: nothing that can be a number.
std::string mls_number_in(std::string_view text);

/// The address of an image that can be a home's photo, absolute. Empty: a logo, an icon, none.
std::string photo_in(std::string_view address, const std::optional<http::Url>& page);

}  // namespace dreams::sources
