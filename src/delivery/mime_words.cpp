#include "delivery/mime_words.h"

#include <sodium.h>

#include <algorithm>

#include "base/text.h"

namespace dreams::delivery {
namespace {

/// Of a header's line, behind its name; RFC 5322 would like 78 in all.
constexpr std::size_t short_header = 66;
/// Of UTF-8 in one encoded word: 52 letters of base64 and 12 of frame, 73 with `Subject: `.
constexpr std::size_t most_in_a_word = 39;
constexpr std::size_t most_in_a_line = 76;

bool is_plain(char c) {
    return c >= ' ' && c < 0x7f;
}

/// How many bytes of `text`, which is valid, make whole characters and at most `most` bytes.
std::size_t whole_characters(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text.size();
    while ((static_cast<unsigned char>(text[most]) & 0xc0) == 0x80) --most;
    return most;
}

std::string base64(std::string_view bytes) {
    constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), variant);
    text.pop_back();  // the NUL that it ends with
    return text;
}

std::string escaped(char c) {
    constexpr char digits[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    return {'=', digits[byte >> 4], digits[byte & 15]};
}

/// One line of the text, without its end.
std::string quoted_line(std::string_view line) {
    std::string result;
    std::size_t length = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool last = i + 1 == line.size();
        const bool blank = c == ' ' || c == '\t';
        const bool stands = blank ? !last : is_plain(c) && c != '=';
        const auto piece = stands ? std::string(1, c) : escaped(c);
        if (length + piece.size() + (last ? 0 : 1) > most_in_a_line) {
            result += "=\r\n";
            length = 0;
        }
        result += piece;
        length += piece.size();
    }
    return result;
}

}  // namespace

std::string one_line(std::string_view text) {
    auto line = text::valid_utf8(text);
    std::ranges::replace_if(
        line, [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; }, ' ');
    return std::string(text::trimmed(line));
}

std::string encoded_words(std::string_view text) {
    const auto line = one_line(text);
    std::string words;
    for (std::string_view rest = line; !rest.empty();) {
        const auto size = whole_characters(rest, most_in_a_word);
        words += (words.empty() ? "" : "\r\n ") + std::string("=?UTF-8?B?") +
                 base64(rest.substr(0, size)) + "?=";
        rest.remove_prefix(size);
    }
    return words;
}

std::string header_text(std::string_view text) {
    const auto line = one_line(text);
    // What looks like an encoded word would be read as one.
    const bool as_it_stands = line.size() <= short_header && std::ranges::all_of(line, is_plain) &&
                              line.find("=?") == line.npos;
    return as_it_stands ? line : encoded_words(line);
}

std::string quoted_printable(std::string_view text) {
    const auto valid = text::valid_utf8(text);
    std::string result;
    for (std::string_view rest = valid; !rest.empty();) {
        const auto end = std::min(rest.find_first_of("\r\n"), rest.size());
        result += quoted_line(rest.substr(0, end)) + "\r\n";
        rest.remove_prefix(end);
        rest.remove_prefix(rest.starts_with("\r\n") ? 2 : rest.empty() ? 0 : 1);
    }
    return result;
}

}  // namespace dreams::delivery
