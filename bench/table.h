#pragma once

#include <optional>
#include <string>
#include <vector>

namespace dreams::bench {

/// A line of the table: what was measured, beside what the machine could do at best.
struct Row {
    std::string name;
    std::string ours;
    std::string limit = "";  ///< the physical limit, measured in the same run; empty: there is none
    std::optional<double> ratio = std::nullopt;  ///< of ours to the limit
    std::string aim = "";                        ///< empty: told for its own sake
    bool reached = true;                         ///< the aim
};

/// Prints rows as they are measured, then the whole table.
class Table {
public:
    void add(Row row);  ///< told on standard error at once
    bool all_reached() const;
    std::string text() const;  ///< in Markdown, columns aligned

private:
    std::vector<Row> rows_;
};

std::string rate(double per_second, const std::string& what);  ///< `184,000 rows/s`
std::string milliseconds(double seconds);                      ///< `0.43 ms`
std::string mebibytes(double bytes);                           ///< `21.5 MB` of 2^20 bytes

}  // namespace dreams::bench
