#include "base/json.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/text.h"

namespace dreams::json {
namespace {

Value parse_with(std::string_view text, boost::json::error_code& error) {
    boost::json::parse_options options;
    options.max_depth = 64;
    return boost::json::parse({text.data(), text.size()}, error, {}, options);
}

std::optional<double> number_in(std::string_view text) {
    std::string digits;
    for (const char c : text::trimmed(text))
        if (c != ',' && c != '$') digits += c;
    return text::number(digits);
}

std::optional<double> as_number(const Value& value) {
    if (value.is_int64()) return static_cast<double>(value.get_int64());
    if (value.is_uint64()) return static_cast<double>(value.get_uint64());
    if (value.is_double() && std::isfinite(value.get_double())) return value.get_double();
    if (value.is_bool()) return value.get_bool() ? 1.0 : 0.0;
    if (value.is_string()) return number_in(value.get_string());
    return std::nullopt;
}

}  // namespace

Value parse(std::string_view text) {
    boost::json::error_code error;
    Value value = parse_with(text, error);
    if (error && text::valid_utf8(text) != text) {
        error.clear();
        value = parse_with(text::valid_utf8(text), error);
    }
    if (error) throw Error(Fault::invalid, "not readable as JSON: " + error.message());
    return value;
}

std::optional<std::vector<std::string>> texts(std::string_view array) {
    boost::json::error_code error;
    const Value value = parse_with(array, error);
    if (error || !value.is_array()) return std::nullopt;
    std::vector<std::string> found;
    for (const auto& each : value.get_array()) {
        if (!each.is_string()) return std::nullopt;
        found.emplace_back(each.get_string());
    }
    return found;
}

const Value* member(const Value& value, std::string_view key) {
    if (!value.is_object()) return nullptr;
    const Value* found = value.get_object().if_contains({key.data(), key.size()});
    return found && !found->is_null() ? found : nullptr;
}

const Object* object(const Value& value, std::string_view key) {
    const Value* found = member(value, key);
    return found ? found->if_object() : nullptr;
}

const Array* array(const Value& value, std::string_view key) {
    const Value* found = member(value, key);
    return found ? found->if_array() : nullptr;
}

std::optional<std::string> text(const Value& value, std::string_view key) {
    const Value* found = member(value, key);
    if (!found) return std::nullopt;
    if (found->is_double()) return fmt::format("{}", found->get_double());  // no `4.89E5`
    if (found->is_number()) return serialized(*found);
    if (!found->is_string()) return std::nullopt;
    const auto trimmed = text::trimmed(found->get_string());
    if (trimmed.empty()) return std::nullopt;
    return trimmed.find('\0') == std::string_view::npos ? std::string(trimmed)
                                                        : text::valid_utf8(trimmed);
}

std::optional<std::int64_t> integer(const Value& value, std::string_view key) {
    const Value* found = member(value, key);
    if (!found) return std::nullopt;
    if (found->is_int64()) return found->get_int64();
    if (found->is_string())
        if (const auto exact = text::integer(text::trimmed(found->get_string()))) return exact;
    const auto number = as_number(*found);
    if (!number || std::abs(*number) >= 9.2e18) return std::nullopt;
    return static_cast<std::int64_t>(*number);
}

std::optional<double> number(const Value& value, std::string_view key) {
    const Value* found = member(value, key);
    return found ? as_number(*found) : std::nullopt;
}

std::optional<bool> truth(const Value& value, std::string_view key) {
    const Value* found = member(value, key);
    if (!found) return std::nullopt;
    if (found->is_string()) {
        if (text::same_word(found->get_string(), "true")) return true;
        if (text::same_word(found->get_string(), "false")) return false;
    }
    const auto number = as_number(*found);
    return number ? std::optional(*number != 0) : std::nullopt;
}

std::string serialized(const Value& value) {
    return boost::json::serialize(value);
}

}  // namespace dreams::json
