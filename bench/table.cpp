#include "bench/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/text.h"

namespace dreams::bench {
namespace {

constexpr std::size_t columns = 6;
using Cells = std::array<std::string, columns>;

const Cells heading{"what", "ours", "limit", "ratio", "aim", "ok"};

Cells cells(const Row& row) {
    return {row.name,  row.ours,
            row.limit, row.ratio ? fmt::format("{:.2f}", *row.ratio) : "",
            row.aim,   row.aim.empty() ? "" : row.reached ? "yes" : "NO"};
}

/// Characters, not bytes: `≥` is one.
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string line(const Cells& cells, const std::array<std::size_t, columns>& widths) {
    std::string text = "|";
    for (std::size_t i = 0; i < columns; ++i)
        text += " " + cells[i] + std::string(widths[i] - width(cells[i]), ' ') + " |";
    return text + "\n";
}

}  // namespace

void Table::add(Row row) {
    const auto told = cells(row);
    fmt::print(stderr, "{}: {}{}{}\n", told[0], told[1],
               told[2].empty() ? "" : ", limit " + told[2], told[5].empty() ? "" : ", " + told[5]);
    rows_.push_back(std::move(row));
}

bool Table::all_reached() const {
    return std::ranges::all_of(rows_, &Row::reached);
}

std::string Table::text() const {
    std::array<std::size_t, columns> widths{};
    const auto widen = [&](const Cells& each) {
        for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], width(each[i]));
    };
    widen(heading);
    for (const auto& row : rows_) widen(cells(row));
    std::string text = line(heading, widths) + "|";
    for (const auto each : widths) text += std::string(each + 2, '-') + "|";
    text += "\n";
    for (const auto& row : rows_) text += line(cells(row), widths);
    return text;
}

std::string rate(double per_second, const std::string& what) {
    // Three figures: more would only be noise.
    const double step = std::pow(10, std::max(0.0, std::floor(std::log10(per_second)) - 2));
    return text::grouped(static_cast<std::int64_t>(std::round(per_second / step) * step)) + " " +
           what + "/s";
}

std::string milliseconds(double seconds) {
    return fmt::format("{:.{}f} ms", seconds * 1000, seconds < 0.1 ? 2 : 0);
}

std::string mebibytes(double bytes) {
    return fmt::format("{:.1f} MB", bytes / (1 << 20));
}

}  // namespace dreams::bench
