#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"

// Values as RESO's services write them. Internal to sources/reso.

namespace dreams::sources::reso_read {

/// Lower case, letters and digits only: what an enumeration's value is told by, in whichever of
/// the three styles it comes (property-sources B1).
std::string letters(std::string_view value);

/// A value as people write it: `ActiveUnderContract` is `Active Under Contract`.
std::string worded(std::string_view value);

/// The values under `key`, worded: of a list, of a text, or of one with commas between. Values
/// that say nothing are left out.
std::vector<std::string> words(const json::Value& row, std::string_view key);
/// The same in one text, commas between, each once; none: there are none.
std::optional<std::string> list(const json::Value& row, std::initializer_list<const char*> keys);

/// An instant; one without a zone is UTC, a day is its beginning.
std::optional<Instant> instant(const json::Value& row, std::string_view key);
std::optional<Date> day(const json::Value& row, std::string_view key);

/// To the nearest whole; none too when it is beyond any price.
std::optional<std::int64_t> whole(const json::Value& row, std::string_view key);

/// Full baths and a half for each half one, three quarters for each three-quarter one. A vendor's
/// BathroomsTotalDecimal goes before that. BathroomsTotalInteger counts a half bath as one: it is
/// taken only where nothing better is told.
std::optional<double> bathrooms(const json::Value& row);
/// Square feet of living area, whatever its unit.
std::optional<std::int64_t> living_area(const json::Value& row);
/// Acres, whichever way the lot is told. Told in ways that contradict each other: none, unless two
/// of them agree.
std::optional<double> acres(const json::Value& row);
/// The number, else the words: `Two` is 2.
std::optional<std::int64_t> stories(const json::Value& row);
/// Dollars a month. A fee that says not how often it is due is none: it may be a year's.
std::optional<std::int64_t> monthly_fee(const json::Value& row);
/// `2 spaces, attached`; `None`; or what the words of parking say.
std::optional<std::string> garage(const json::Value& row);

/// The addresses of its photos in the order of `Order`, whether that is a number or a text.
struct Photos {
    std::vector<std::string> urls;
    std::optional<std::string> first;  ///< the preferred one, else the first
};
Photos photos(const json::Value& row);

/// An address of the web; none: anything else (`javascript:` …).
std::optional<std::string> web_address(const json::Value& row, std::string_view key);

}  // namespace dreams::sources::reso_read
