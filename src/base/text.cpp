#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <utility>

namespace dreams::text {
namespace {

char lower_letter(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// How many bytes the UTF-8 sequence at the start of `text` has; 0: it is none (or NUL).
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return i < text.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first == 0) return 0;
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const unsigned low = first == 0xE0 ? 0xA0 : 0x80, high = first == 0xED ? 0x9F : 0xBF;
        return follows(1, low, high) && follows(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const unsigned low = first == 0xF0 ? 0x90 : 0x80, high = first == 0xF4 ? 0x8F : 0xBF;
        return follows(1, low, high) && follows(2) && follows(3) ? 4 : 0;
    }
    return 0;
}

/// The plain letter behind a two-byte Latin letter (U+00C0–U+017F); 0: none is meant.
char plain_letter(unsigned code) {
    static constexpr std::string_view plain =
        "aaaaaa.ceeeeiiii.nooooo.ouuuuy.."   // U+00C0
        "aaaaaa.ceeeeiiii.nooooo.ouuuuy.y"   // U+00E0
        "aaaaaaccccccccddddeeeeeeeeeegggg"   // U+0100
        "gggghhhhiiiiiiiiii..jjkkklllllll"   // U+0120
        "lllnnnnnnn..oooooo..rrrrrrssssss"   // U+0140
        "ssttttttuuuuuuuuuuuuwwyyyzzzzzz.";  // U+0160
    static_assert(plain.size() == 0x180 - 0xC0);
    if (code < 0xC0 || code >= 0x180 || plain[code - 0xC0] == '.') return 0;
    return plain[code - 0xC0];
}

}  // namespace

std::string_view trimmed(std::string_view text) {
    static constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower_letter);
    return result;
}

std::string letters(std::string_view text) {
    std::string letters = lower(text);
    std::erase_if(letters, [](char c) { return c < 'a' || c > 'z'; });
    return letters;
}

bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower_letter, lower_letter);
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const auto end = text.find(separator);
        if (const auto part = trimmed(text.substr(0, end)); !part.empty()) parts.emplace_back(part);
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<std::int64_t> integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string valid_utf8(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const auto length = sequence_length(text);
        if (length == 0)
            result += "\xEF\xBF\xBD";
        else
            result += text.substr(0, length);
        text.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

std::string shortened(std::string_view text, std::size_t most, std::string_view ending) {
    constexpr std::size_t longest_letter = 4;
    auto valid = valid_utf8(text.substr(0, most + longest_letter));  // of 30 MB no more is read
    if (valid.size() <= most) return valid;
    auto room = most - std::min(most, ending.size());
    while (room > 0 && (static_cast<unsigned char>(valid[room]) & 0xc0) == 0x80) --room;
    return valid.substr(0, room) + std::string(ending);
}

std::string folded(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const auto next = i + 1 < text.size() ? static_cast<unsigned char>(text[i + 1]) : 0u;
        if (byte >= 0xC3 && byte <= 0xC5 && next >= 0x80 && next <= 0xBF) {
            if (const char plain = plain_letter((byte & 0x1Fu) << 6 | (next & 0x3Fu))) {
                result += plain;
                ++i;
                continue;
            }
        }
        // A combining accent (U+0300–U+036F): the same letter written the other way (NFD).
        if ((byte == 0xCC && next >= 0x80) || (byte == 0xCD && next >= 0x80 && next <= 0xAF)) {
            ++i;
            continue;
        }
        result += lower_letter(text[i]);
    }
    return result;
}

std::string letters_and_digits(std::string_view text) {
    std::string kept = folded(text);
    std::erase_if(kept, [](char c) { return (c < 'a' || c > 'z') && (c < '0' || c > '9'); });
    return kept;
}

std::string json_array(const std::vector<std::string>& items) {
    std::string json = "[";
    for (const auto& item : items) {
        if (json.size() > 1) json += ',';
        json += '"';
        for (const char c : valid_utf8(item)) {
            if (c == '"' || c == '\\')
                (json += '\\') += c;
            else if (static_cast<unsigned char>(c) < 0x20) {
                char escaped[7];
                std::snprintf(escaped, sizeof escaped, "\\u%04x", static_cast<unsigned>(c));
                json += escaped;
            } else
                json += c;
        }
        json += '"';
    }
    return json + "]";
}

std::string nearest(std::string_view mistyped, const std::vector<std::string>& known) {
    std::string best;
    std::size_t least = std::max<std::size_t>(2, mistyped.size() / 3) + 1;
    for (const auto& name : known) {
        std::vector<std::size_t> row(name.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 0; i < mistyped.size(); ++i) {
            std::size_t diagonal = std::exchange(row[0], i + 1);
            for (std::size_t j = 0; j < name.size(); ++j) {
                const std::size_t change = diagonal + (mistyped[i] == name[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
            }
        }
        if (row.back() < least) {
            least = row.back();
            best = name;
        }
    }
    return best;
}

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (auto at = digits.size(); at > first + 3;) digits.insert(at -= 3, ",");
    return digits;
}

}  // namespace dreams::text
