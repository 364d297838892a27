#include <cstdint>

#include "sim/fub/desk.h"

namespace dreams::sim {
namespace {

/// The code point that begins at `at`, and how many bytes it has; the JSON is valid UTF-8.
std::pair<std::uint32_t, int> code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + i]));
    };
    if (byte(0) < 0xe0) return {(byte(0) & 0x1f) << 6 | (byte(1) & 0x3f), 2};
    if (byte(0) < 0xf0)
        return {(byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f), 3};
    return {
        (byte(0) & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f),
        4};
}

void append_unit(std::string& out, std::uint32_t unit) {
    static constexpr char digits[] = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += digits[unit >> shift & 15];
}

void append_escaped(std::string& out, std::uint32_t code) {
    if (code < 0x10000) return append_unit(out, code);
    append_unit(out, 0xd800 + ((code - 0x10000) >> 10));
    append_unit(out, 0xdc00 + ((code - 0x10000) & 0x3ff));
}

// In finished JSON a slash, and whatever is beyond ASCII, can only stand in a string.

std::string with_slashes_escaped(std::string_view json) {
    std::string out;
    out.reserve(json.size() + json.size() / 32);
    for (;;) {
        const auto slash = json.find('/');
        out += json.substr(0, slash);
        if (slash == std::string_view::npos) return out;
        out += "\\/";
        json.remove_prefix(slash + 1);
    }
}

std::string with_unicode_escaped(std::string_view json) {
    std::string out;
    out.reserve(json.size() + json.size() / 8);
    for (std::size_t i = 0; i < json.size();) {
        if (static_cast<unsigned char>(json[i]) < 0x80) {
            out += json[i++];
            continue;
        }
        const auto [code, bytes] = code_point(json, i);
        append_escaped(out, code);
        i += static_cast<std::size_t>(bytes);
    }
    return out;
}

}  // namespace

http::Response json_answer(std::string body, int status) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json; charset=UTF-8"}},
            .body = std::move(body)};
}

http::Response refusal(int status, std::string_view sentence) {
    std::string body;
    json::Writer(body).begin_object().member("errorMessage", sentence).end_object();
    return json_answer(std::move(body), status);
}

std::string in_house_style(std::string json, const FubOptions& options) {
    if (options.slashes_escaped) json = with_slashes_escaped(json);
    if (options.unicode_escaped) json = with_unicode_escaped(json);
    return json;
}

}  // namespace dreams::sim
