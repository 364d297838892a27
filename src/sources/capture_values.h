#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "model/id.h"

// Values as a capture sends them, types checked. Internal to sources/capture. Each reader gives
// what is wrong with the value as the end of a sentence that begins with the field's name; empty:
// nothing is. Null is never asked for.

namespace dreams::sources {

std::string read_text(const json::Value& value, std::optional<std::string>& into);
std::string read_whole(const json::Value& value, std::optional<std::int64_t>& into);
/// Not below zero.
std::string read_number(const json::Value& value, std::optional<double>& into);
/// Of a place on the globe: from −`most` to `most` degrees.
std::string read_degrees(const json::Value& value, double most, std::optional<double>& into);

/// Whether it is an http or https address, of at most 4,000 bytes.
bool is_web_address(std::string_view url);
/// A list of addresses, or one; those that are no web addresses are counted into `left_out`.
std::string read_addresses(const json::Value& value, std::optional<JsonText>& into, int& left_out);

}  // namespace dreams::sources
