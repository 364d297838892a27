#include "cli/layout.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace dreams::cli {
namespace {

struct Range {
    char32_t first, last;
};

/// Unicode 15: marks that join the letter before, and characters without a width of their own.
constexpr std::array no_width{
    Range{0x0300, 0x036F},   Range{0x0483, 0x0489},  Range{0x0591, 0x05BD}, Range{0x064B, 0x065F},
    Range{0x1AB0, 0x1AFF},   Range{0x1DC0, 0x1DFF},  Range{0x200B, 0x200F}, Range{0x202A, 0x202E},
    Range{0x2060, 0x2069},   Range{0x20D0, 0x20FF},  Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F},
    Range{0x1F3FB, 0x1F3FF}, Range{0xE0000, 0xE01EF}};
/// East Asian letters, and emoji.
constexpr std::array double_width{
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},
    Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
    Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F3FA},
    Range{0x1F400, 0x1F64F}, Range{0x1F680, 0x1F6FF}, Range{0x1F900, 0x1F9FF},
    Range{0x1FA70, 0x1FAFF}, Range{0x20000, 0x3FFFD}};

bool within(const auto& ranges, char32_t letter) {
    return std::ranges::any_of(
        ranges, [&](Range range) { return range.first <= letter && letter <= range.last; });
}

/// Takes the first code point off `text`, which is valid UTF-8 and not empty.
char32_t take(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    char32_t letter = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length && i < text.size(); ++i)
        letter = letter << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
    text.remove_prefix(std::min(length, text.size()));
    return letter;
}

std::size_t width(char32_t letter) {
    return within(no_width, letter) ? 0 : within(double_width, letter) ? 2 : 1;
}

bool is_control(char32_t letter) {
    return letter < 0x20 || (letter >= 0x7F && letter < 0xA0) ||
           // marks that turn the direction of writing around for all that follows
           (letter >= 0x202A && letter <= 0x202E) || (letter >= 0x2066 && letter <= 0x2069) ||
           letter == 0x2028 || letter == 0x2029;
}

bool is_number(const std::string& header) {
    return header.starts_with('#');
}

std::string line_of(const Cells& cells, const Cells& header,
                    const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line += "  ";
        if (is_number(header[i]))
            line += padded(cells[i], widths[i], Side::right);
        else
            line += i + 1 < cells.size() ? padded(cells[i], widths[i]) : cells[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return line;
}

}  // namespace

std::string printable(std::string_view text) {
    const std::string valid = text::valid_utf8(text);
    std::string result;
    for (std::string_view rest = valid; !rest.empty();) {
        const std::string_view before = rest;
        const char32_t letter = take(rest);
        const bool blank = letter == '\n' || letter == '\r' || letter == '\t';
        if (blank)
            result += ' ';
        else if (is_control(letter))
            result += '?';
        else
            result += before.substr(0, before.size() - rest.size());
    }
    return result;
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) columns += width(take(text));
    return columns;
}

std::string cut(std::string_view text, std::size_t columns) {
    if (columns_of(text) <= columns) return std::string(text);
    std::size_t taken = 0;
    std::string_view rest = text, kept_to = text;
    while (!rest.empty()) {
        taken += width(take(rest));
        if (taken >= columns) break;  // the last column is the ellipsis's
        kept_to = rest;
    }
    return std::string(text.substr(0, text.size() - kept_to.size())) + (columns > 0 ? "…" : "");
}

std::string cell(std::string_view text, std::size_t columns) {
    return cut(printable(text), columns);
}

std::string padded(std::string_view text, std::size_t columns, Side side) {
    const std::string blanks(columns - std::min(columns, columns_of(text)), ' ');
    return side == Side::right ? blanks + std::string(text) : std::string(text) + blanks;
}

std::vector<std::string> table(const Cells& header, const std::vector<Cells>& rows,
                               std::size_t edge) {
    std::vector<Cells> all{{}};
    for (const auto& name : header) all[0].push_back(is_number(name) ? name.substr(1) : name);
    for (const auto& row : rows) {
        auto& cells = all.emplace_back();
        for (const auto& cell : row) cells.push_back(printable(cell));
    }
    std::vector<std::size_t> widths(header.size());
    for (const auto& row : all)
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], columns_of(row[i]));
    std::vector<std::string> lines;
    for (const auto& row : all) {
        const auto line = line_of(row, header, widths);
        lines.push_back(edge > 0 ? cut(line, edge) : line);
    }
    return lines;
}

}  // namespace dreams::cli
