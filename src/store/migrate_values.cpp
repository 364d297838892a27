#include "store/migrate_values.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "model/contact_communication.h"
#include "model/contact_event.h"

namespace dreams::store {
namespace {

bool among(std::string_view name, const auto& names) {
    return std::ranges::find(names, name) != names.end();
}

constexpr std::array<std::string_view, 10> lists{
    "lead_type_tags", "tags",        "preferred_cities", "preferred_features", "deal_breakers",
    "photo_urls",     "shared_with", "property_ids",     "price_history",      "status_history"};
constexpr std::array<std::string_view, 3> documents{"activity_data", "score_breakdown", "details"};
constexpr std::string_view instant_without_suffix = "last_updated";  // of idx_property_cache

using Reader = std::function<Reading(std::string_view)>;

/// How a meaning is read, which values need looking at, and what a change of one is called.
struct Treatment {
    Reader read;
    std::string_view suspect;
    std::string_view change;
};

Treatment treatment(Meaning meaning, const Zone& zone) {
    const auto instant = [&zone](std::string_view value) { return read_instant(value, zone); };
    switch (meaning) {
        case Meaning::instant:
            return {instant, "IS NOT NULL", "written as an instant in UTC"};
        case Meaning::date:
            return {read_date, "IS NOT NULL", "written as YYYY-MM-DD"};
        case Meaning::list:
            return {read_list, "IS NOT NULL", "written as a JSON array"};
        case Meaning::document:
            return {read_document, "IS NOT NULL", "written as JSON"};
        case Meaning::whole:
            return {read_whole, "NOT IN ('integer', 'null')", "made a whole number"};
        case Meaning::real:
            return {read_real, "NOT IN ('integer', 'real', 'null')", "made a number"};
        case Meaning::text:
            break;
    }
    throw Error(Fault::internal, "texts stay as they are");
}

struct Cell {
    std::int64_t rowid;
    std::string value;
};

/// The next few cells that need looking at, behind row `after`: a file may hold millions.
std::vector<Cell> suspects(Db& db, const std::string& sql, std::int64_t after) {
    std::vector<Cell> cells;
    Statement rows = db.query(sql, {{"after", after}});
    while (rows.step()) cells.push_back({rows.integer(0), std::string(rows.text(1))});
    return cells;
}

/// What is to be done with one value; a column that may not be empty keeps what it has.
Reading judged(const Reader& read, const ColumnSpec& column, std::string_view value) {
    Reading reading = read(value);
    const bool emptied = reading.verdict == Verdict::changed && !reading.text;
    if (emptied && column.rule.find("NOT NULL") != std::string_view::npos)
        return {Verdict::unreadable, std::nullopt, "empty"};
    return reading;
}

void normalise_column(Db& db, const TableSpec& table, const ColumnSpec& column,
                      const Treatment& how, Ledger& ledger) {
    const std::string name(column.name), in(table.name);
    const bool by_type = how.suspect.starts_with("NOT IN");
    const std::string select = "SELECT _rowid_, CAST(" + name + " AS TEXT) FROM " + in +
                               " WHERE _rowid_ > :after AND " +
                               (by_type ? "typeof(" + name + ") " : name + " ") +
                               std::string(how.suspect) + " ORDER BY _rowid_ LIMIT 4096";
    const std::string update = "UPDATE " + in + " SET " + name + " = :value WHERE _rowid_ = :row";
    std::int64_t changed = 0;
    for (auto cells = suspects(db, select, std::numeric_limits<std::int64_t>::min());
         !cells.empty(); cells = suspects(db, select, cells.back().rowid)) {
        for (const auto& [rowid, value] : cells) {
            const Reading reading = judged(how.read, column, value);
            if (!reading.why.empty()) ledger.list_value(in, rowid, name, value, reading.why);
            if (reading.verdict != Verdict::changed && reading.verdict != Verdict::doubtful)
                continue;
            changed += db.run(update, {{"value", reading.text}, {"row", rowid}});
        }
    }
    ledger.count_change(in, name, how.change, changed);
}

/// Lists the values of a column that are none of the dictionary's words, and stay.
void list_strange_words(Db& db, std::string_view table, std::string_view column,
                        const std::vector<std::string_view>& known, Ledger& ledger) {
    std::string words;
    for (const auto word : known) words += (words.empty() ? "'" : ", '") + std::string(word) + "'";
    const auto strange = suspects(db,
                                  "SELECT _rowid_, " + std::string(column) + " FROM " +
                                      std::string(table) + " WHERE _rowid_ > :after AND " +
                                      std::string(column) + " NOT IN (" + words + ")",
                                  std::numeric_limits<std::int64_t>::min());
    for (const auto& [rowid, value] : strange)
        ledger.list_value(table, rowid, column, value, "none of the dictionary's words");
}

template <Worded E>
std::vector<std::string_view> words_of() {
    std::vector<std::string_view> words;
    for (const auto& [value, word] : Words<E>::list) words.push_back(word);
    return words;
}

/// The predecessor wrote 'failed' where the dictionary says 'error'; of its other words all stay,
/// and those that no reader of ours knows are listed.
void normalise_words(Db& db, const TableSpec& table, Ledger& ledger) {
    if (table.name == "properties") {
        ledger.count_change(
            table.name, "sync_status", "'failed' written as 'error'",
            db.run("UPDATE properties SET sync_status = 'error' WHERE sync_status = 'failed'"));
        list_strange_words(db, table.name, "idx_validation_status",
                           {"pending", "validated", "not_found"}, ledger);
    } else if (table.name == "contact_events") {
        list_strange_words(db, table.name, "event_type", words_of<EventKind>(), ledger);
    } else if (table.name == "contact_communications") {
        list_strange_words(db, table.name, "comm_type", words_of<CommKind>(), ledger);
        list_strange_words(db, table.name, "direction", words_of<Direction>(), ledger);
    }
}

}  // namespace

Meaning meaning_of(const ColumnSpec& column) {
    if (column.type == "INTEGER") return Meaning::whole;
    if (column.type == "REAL") return Meaning::real;
    if (column.name.ends_with("_at") || column.name == instant_without_suffix)
        return Meaning::instant;
    if (column.name.ends_with("_date")) return Meaning::date;
    if (among(column.name, lists)) return Meaning::list;
    if (among(column.name, documents)) return Meaning::document;
    return Meaning::text;
}

void normalise_values(Db& db, const TableSpec& table, const Zone& zone, Ledger& ledger) {
    for (const auto& column : table.columns)
        if (const Meaning meaning = meaning_of(column); meaning != Meaning::text)
            normalise_column(db, table, column, treatment(meaning, zone), ledger);
    normalise_words(db, table, ledger);
}

}  // namespace dreams::store
