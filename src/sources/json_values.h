#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/record.h"
#include "base/time.h"
#include "model/id.h"
#include "sources/listing_values.h"

// Values as callers of the API send them, types checked. Each reader gives what is wrong with the
// value as the end of a sentence that begins with the field's name; empty: nothing is. What says
// nothing (null, an empty text, `N/A` where a number should be) leaves `into` as it is.

namespace dreams::sources {

/// A field that was sent, and what is wrong with it, in a sentence.
struct FieldRemark {
    std::string field, why;
    static constexpr auto columns() {
        return Columns{Column{"field", &FieldRemark::field}, Column{"message", &FieldRemark::why}};
    }
};

/// A text and nothing else.
std::string read_text(const json::Value& value, std::optional<std::string>& into);
/// A text, or a whole number as one: an id, a ZIP, a telephone number.
std::string read_code(const json::Value& value, std::optional<std::string>& into);
/// What portals tell in a text, a number, a truth or a list of such, as one text: `Central,
/// Window`.
std::string read_words(const json::Value& value, std::optional<std::string>& into);
/// Zero or more, as a number or a text that Measure allows: `"$450,000"`, `"1,176 sq ft"`. Rounded;
/// of what is counted a fraction is refused.
std::string read_whole(const json::Value& value, std::optional<std::int64_t>& into,
                       Measure measure);
/// The same with its fraction.
std::string read_number(const json::Value& value, std::optional<double>& into, Measure measure);
/// Of a place on the globe: from −`most` to `most` degrees.
std::string read_degrees(const json::Value& value, double most, std::optional<double>& into);

/// Whether it is an http or https address, of at most 4,000 bytes.
bool is_web_address(std::string_view url);
/// A list of addresses, or one; those that are no web addresses are counted into `left_out`.
std::string read_addresses(const json::Value& value, std::optional<JsonText>& into, int& left_out);

}  // namespace dreams::sources
