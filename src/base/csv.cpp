#include "base/csv.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"

namespace dreams::csv {
namespace {

constexpr std::size_t longest_cell = 1u << 20;
constexpr std::size_t most_cells = 16'384;  ///< as many columns as a spreadsheet has

/// Latin-1 as UTF-8: what a file is that is no UTF-8 and came from an older spreadsheet.
std::string from_latin1(std::string_view bytes) {
    std::string utf8;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            utf8 += c;
        } else {
            utf8 += static_cast<char>(0xC0 | byte >> 6);
            utf8 += static_cast<char>(0x80 | (byte & 0x3F));
        }
    }
    return utf8;
}

std::string as_utf8(std::string text) {
    return text::valid_utf8(text) == text ? std::move(text) : text::valid_utf8(from_latin1(text));
}

}  // namespace

Reader::Reader(std::string_view text, char separator) : text_(text), separator_(separator) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
}

bool Reader::at_line_end() const {
    return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
}

void Reader::end_of_line() {
    ended_ = at_ < text_.size();
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++next_line_;
}

std::string Reader::quoted_cell() {
    const std::size_t first_line = next_line_;
    std::string cell;
    for (++at_; at_ < text_.size(); ++at_) {
        if (text_[at_] == '"') {
            if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') {
                ++at_;
                while (!at_line_end() && text_[at_] != separator_)
                    ++at_;  // blanks behind the quote
                return cell;
            }
            ++at_;
        } else if (text_[at_] == '\n') {
            ++next_line_;
        }
        cell += text_[at_];
        if (cell.size() > longest_cell) break;
    }
    throw Error(Fault::invalid,
                "line " + std::to_string(first_line) + " opens a quotation mark that never closes");
}

std::string Reader::cell() {
    const auto first = text_.find_first_not_of(" \t", at_);
    if (first != std::string_view::npos && text_[first] == '"' && separator_ != '\t') {
        at_ = first;
        return as_utf8(quoted_cell());
    }
    const std::size_t start = at_;
    while (!at_line_end() && text_[at_] != separator_) ++at_;
    if (at_ - start > longest_cell)
        throw Error(Fault::invalid,
                    "line " + std::to_string(next_line_) + " has a cell of more than a megabyte");
    return as_utf8(std::string(text::trimmed(text_.substr(start, at_ - start))));
}

std::optional<Row> Reader::next() {
    while (at_ < text_.size()) {
        line_ = next_line_;
        Row row{cell()};
        while (at_ < text_.size() && text_[at_] == separator_) {
            ++at_;
            if (row.size() == most_cells)
                throw Error(Fault::invalid,
                            "line " + std::to_string(line_) + " has more than 16,384 cells");
            row.push_back(cell());
        }
        end_of_line();
        if (std::ranges::any_of(row, [](const auto& each) { return !each.empty(); })) return row;
    }
    return std::nullopt;
}

std::string cell_for_spreadsheets(std::string_view text) {
    std::string cell(text);
    if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos)
        cell.insert(0, "'");
    if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
    std::string quoted = "\"";
    for (const char c : cell) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    return quoted + "\"";
}

}  // namespace dreams::csv
