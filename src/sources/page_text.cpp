#include "sources/page_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace dreams::sources {
namespace {

enum class Charset { unsaid, utf8, windows1252, utf16_le, utf16_be };

constexpr std::size_t where_a_meta_may_stand = 4096;

/// 0x80–0x9F of Windows-1252; what it leaves open is itself.
constexpr std::array<std::uint16_t, 32> high_1252{
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void append(std::string& out, std::uint32_t code) {
    const auto byte = [&](std::uint32_t value) { out += static_cast<char>(value); };
    if (code < 0x80) {
        byte(code);
    } else if (code < 0x800) {
        byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F));
    } else {
        byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F));
        byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F));
    }
}

std::string from_1252(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 16);
    for (const char c : bytes) {
        const std::uint32_t byte = static_cast<unsigned char>(c);
        append(out, byte >= 0x80 && byte < 0xA0 ? high_1252[byte - 0x80] : byte);
    }
    return out;
}

std::string from_utf16(std::string_view bytes, Charset order) {
    const auto unit = [&](std::size_t at) -> std::uint32_t {
        const auto first = static_cast<unsigned char>(bytes[at]);
        const auto second = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<std::uint32_t>(order == Charset::utf16_le ? second << 8 | first
                                                                     : first << 8 | second);
    };
    constexpr std::uint32_t unreadable = 0xFFFD;
    std::string out;
    for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
        const auto high = unit(at);
        if (high < 0xD800 || high > 0xDFFF) {
            append(out, high);
        } else if (high < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 &&
                   unit(at + 2) <= 0xDFFF) {
            append(out, 0x10000 + ((high - 0xD800) << 10) + (unit(at + 2) - 0xDC00));
            at += 2;
        } else {
            append(out, unreadable);
        }
    }
    return out;
}

Charset charset_named(std::string_view name) {
    static constexpr std::array latin{
        std::string_view("iso-8859-1"), std::string_view("iso8859-1"),
        std::string_view("latin1"),     std::string_view("windows-1252"),
        std::string_view("cp1252"),     std::string_view("us-ascii")};
    const auto word = text::lower(name);
    if (word == "utf-8" || word == "utf8") return Charset::utf8;
    if (word == "utf-16" || word == "utf-16le") return Charset::utf16_le;
    if (word == "utf-16be") return Charset::utf16_be;
    return std::ranges::find(latin, word) != latin.end() ? Charset::windows1252 : Charset::unsaid;
}

/// The name behind `charset=`, quoted or not.
Charset charset_in(std::string_view lower) {
    const auto at = lower.find("charset");
    if (at == lower.npos) return Charset::unsaid;
    auto rest = lower.substr(at + 7);
    const auto begin = rest.find_first_not_of(" \t\r\n=\"'");
    if (begin == rest.npos || rest.substr(0, begin).find('=') == rest.npos) return Charset::unsaid;
    rest = rest.substr(begin);
    return charset_named(rest.substr(0, rest.find_first_of(" \t\r\n;\"'/>")));
}

/// What a page's own meta says. Whoever could read the meta as ASCII is not UTF-16.
Charset charset_of_meta(std::string_view bytes) {
    const auto head = text::lower(bytes.substr(0, where_a_meta_may_stand));
    for (auto at = head.find("<meta"); at != head.npos; at = head.find("<meta", at + 5)) {
        const auto tag = std::string_view(head).substr(at, head.find('>', at) - at);
        const auto charset = charset_in(tag);
        if (charset == Charset::utf16_le || charset == Charset::utf16_be) return Charset::utf8;
        if (charset != Charset::unsaid) return charset;
    }
    return Charset::unsaid;
}

}  // namespace

std::string page_text(std::string_view bytes, std::string_view content_type) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return text::valid_utf8(bytes.substr(3));
    if (bytes.starts_with("\xFF\xFE"))
        return text::valid_utf8(from_utf16(bytes.substr(2), Charset::utf16_le));
    if (bytes.starts_with("\xFE\xFF"))
        return text::valid_utf8(from_utf16(bytes.substr(2), Charset::utf16_be));

    auto charset = charset_in(text::lower(content_type));
    if (charset == Charset::unsaid) charset = charset_of_meta(bytes);
    switch (charset) {
        case Charset::utf16_le:
        case Charset::utf16_be:
            return text::valid_utf8(from_utf16(bytes, charset));
        case Charset::windows1252:
            return text::valid_utf8(from_1252(bytes));
        case Charset::utf8:
            return text::valid_utf8(bytes);
        case Charset::unsaid:
            break;
    }
    auto utf8 = text::valid_utf8(bytes);
    const auto nul = bytes.find('\0') != bytes.npos;
    return utf8 == bytes || nul ? utf8 : text::valid_utf8(from_1252(bytes));
}

}  // namespace dreams::sources
