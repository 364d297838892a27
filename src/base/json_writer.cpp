#include "base/json_writer.h"

#include <algorithm>
#include <boost/json/parser.hpp>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace dreams::json {
namespace {

bool needs_care(char c) {
    return c == '"' || c == '\\' || static_cast<signed char>(c) < 0x20;
}

/// What stands for a control character, a quote or a backslash.
void append_escape(std::string& out, char c) {
    static constexpr char digits[] = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += digits[c >> 4];
            out += digits[c & 15];
    }
}

void append_string(std::string& out, std::string_view text) {
    const bool plain = std::ranges::none_of(text, needs_care);
    if (plain) {
        out += text;
        return;
    }
    for (const char c : text::valid_utf8(text)) {
        if (c == '"' || c == '\\' || (c >= 0 && c < 0x20))
            append_escape(out, c);
        else
            out += c;
    }
}

bool is_json(std::string_view text) {
    boost::system::error_code error;
    boost::json::parser parser;
    parser.write(text.data(), text.size(), error);
    return !error;
}

}  // namespace

void Writer::separate() {
    if (comma_) out_ += ',';
    comma_ = true;
}

Writer& Writer::open(char bracket) {
    separate();
    out_ += bracket;
    comma_ = false;
    return *this;
}

Writer& Writer::close(char bracket) {
    out_ += bracket;
    comma_ = true;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    string(name);
    out_ += ':';
    comma_ = false;
    return *this;
}

Writer& Writer::integer(std::int64_t value) {
    char digits[24];
    return raw({digits, std::to_chars(digits, digits + sizeof digits, value).ptr});
}

Writer& Writer::number(double value) {
    if (!std::isfinite(value)) return null();
    char digits[32];
    return raw({digits, std::to_chars(digits, digits + sizeof digits, value).ptr});
}

Writer& Writer::string(std::string_view text) {
    separate();
    out_ += '"';
    append_string(out_, text);
    out_ += '"';
    return *this;
}

Writer& Writer::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

Writer& Writer::column(std::string_view text) {
    if (text::trimmed(text).empty()) return null();
    return is_json(text) ? raw(text) : string(text);
}

}  // namespace dreams::json
