#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dreams::csv {

/// One row's cells, quotes taken off, as UTF-8.
using Row = std::vector<std::string>;

/// Reads comma-separated values (RFC 4180) as they really come: with or without a BOM, lines that
/// end in CRLF, LF or a bare CR, Latin-1 where the bytes are no UTF-8, blanks around quotes.
/// Holds one row at a time. Throws Error{invalid} for a cell of more than a megabyte, for
/// more cells in a line than a spreadsheet has columns (16,384) and for a quote that never closes:
/// the sentence says in which line.
class Reader {
public:
    /// Reads from `text`, which has to outlive the reader.
    explicit Reader(std::string_view text, char separator = ',');

    /// The next row that is not wholly empty; none: the text is read.
    std::optional<Row> next();
    std::size_t line() const { return line_; }  ///< where the row last given began, from 1
    /// Whether a line's end stood behind the row last given, and not the end of the text.
    bool line_was_ended() const { return ended_; }

private:
    std::string cell();
    std::string quoted_cell();
    void end_of_line();
    bool at_line_end() const;

    std::string_view text_;
    std::size_t at_ = 0, line_ = 0, next_line_ = 1;
    char separator_;
    bool ended_ = true;
};

/// A cell for a file that a spreadsheet opens: quoted where needed, and a text that a spreadsheet
/// would run as a formula (= + - @ TAB CR first) kept from it by a leading apostrophe.
std::string cell_for_spreadsheets(std::string_view text);

}  // namespace dreams::csv
