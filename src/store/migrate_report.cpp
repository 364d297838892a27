#include "base/text.h"
#include "store/migrate.h"

namespace dreams::store {
namespace {

std::string rows_of(const MigratedTable& table) {
    std::string line = table.table + ": " + text::grouped(table.before) + " rows";
    if (table.after == table.before) return line + ", all kept";
    line += ": " + text::grouped(table.after) + " kept";
    if (table.waiting > 0)
        line += ", " + text::grouped(table.waiting) + " wait for a person not known yet";
    if (table.unresolved > 0)
        line += ", " + text::grouped(table.unresolved) + " set aside in dreams_unresolved";
    return line;
}

std::string told(const MigratedColumn& column) {
    return column.table + "." + column.column + ": " + column.what + " (" +
           text::grouped(column.rows) + ")";
}

}  // namespace

std::vector<std::string> MigrateReport::lines() const {
    if (up_to_date) return {"the file was up to date already; nothing was done"};
    std::vector<std::string> lines{"the file as it was: " + snapshot + ", checked"};
    for (const auto& table : tables) lines.push_back(rows_of(table));
    for (const auto& column : changed) lines.push_back("put right: " + told(column));
    for (const auto& column : unresolved) lines.push_back("unresolved: " + told(column));
    for (const auto& each : kept) lines.push_back("your own, kept: " + each);
    lines.insert(lines.end(), notices.begin(), notices.end());
    if (!unresolved.empty())
        lines.emplace_back("what is unresolved is listed in the table dreams_unresolved");
    return lines;
}

}  // namespace dreams::store
