#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// How texts stand on a terminal. Nothing here looks at one: widths are arguments.

namespace dreams::cli {

/// `text` as a terminal may be given it: on one line, valid UTF-8, and every control character a
/// `?`. A name from outside could else move the cursor or set the window's title.
std::string printable(std::string_view text);

/// The columns that `text` takes: two for Chinese letters and emoji, none for accents that join
/// the letter before them.
std::size_t columns_of(std::string_view text);

/// `text` in at most `columns`, with `…` at its end if something had to go.
std::string cut(std::string_view text, std::size_t columns);

/// A name, or whatever else somebody typed, as a cell that makes no table wider than a screen.
std::string cell(std::string_view text, std::size_t columns = 32);

enum class Side { left, right };
/// `text` filled up with blanks to `columns`; `side` is where it stands.
std::string padded(std::string_view text, std::size_t columns, Side side = Side::left);

using Cells = std::vector<std::string>;

/// The lines of a table, its header first: columns as wide as their widest cell, two blanks
/// between them. Columns whose header begins with `#` (not shown) hold numbers and stand to the
/// right. Each line is cut at `edge` columns; 0: nothing is cut.
std::vector<std::string> table(const Cells& header, const std::vector<Cells>& rows,
                               std::size_t edge);

}  // namespace dreams::cli
