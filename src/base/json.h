#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// Tolerant reading of what other systems send: numbers as text, 0/1 for booleans, [] for {}.
// Absence, null and an unfitting type are all "none"; only a text that is no JSON is an Error.

namespace dreams::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

/// Parses one document. Invalid UTF-8 is replaced, not refused. Throws Error{invalid}.
Value parse(std::string_view text);

/// The member `key` of an object; null: there is none, it is null, or `value` is no object.
const Value* member(const Value& value, std::string_view key);
const Object* object(const Value& value, std::string_view key);
const Array* array(const Value& value, std::string_view key);

/// A string, or a number as its text. Empty and blank strings are none. Valid UTF-8, no NUL.
std::optional<std::string> text(const Value& value, std::string_view key);
/// A whole number: as number, as text (`"1,200,000"`, `"$450,000"`, `"499950.00"`), or true/false.
std::optional<std::int64_t> integer(const Value& value, std::string_view key);
std::optional<double> number(const Value& value, std::string_view key);
/// true, 1, "1", "true" — or false, 0, "0", "false".
std::optional<bool> truth(const Value& value, std::string_view key);

/// The texts of a JSON array of texts (text::json_array writes one). None: it is no such.
std::optional<std::vector<std::string>> texts(std::string_view array);

std::string serialized(const Value& value);

}  // namespace dreams::json
