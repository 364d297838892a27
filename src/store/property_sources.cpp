#include "store/property_sources.h"

namespace dreams::store {

SourceKeeper::SourceKeeper(Db& db)
    : db_(db), keep_(db.prepare(R"sql(
          INSERT INTO dreams_property_sources (property_id, source, first_at, last_at)
          VALUES (:home, :source, :at, :at) ON CONFLICT (property_id, source) DO UPDATE
             SET first_at = CASE WHEN excluded.first_at < first_at THEN excluded.first_at
                                 ELSE first_at END,
                 last_at = CASE WHEN excluded.last_at > last_at THEN excluded.last_at
                                ELSE last_at END)sql")) {}

void SourceKeeper::keep(const PropertyId& home, const Telling& telling) {
    const std::string at = to_text(telling.at);
    keep_.bind(0, std::string_view(home.text), Hold::borrow);
    keep_.bind(1, std::string_view(telling.source), Hold::borrow);
    keep_.bind(2, std::string_view(at), Hold::borrow);
    keep_.step();
    keep_.reset();
}

void SourceKeeper::keep(const PropertyId& home, const Telling& telling, std::int64_t import_id,
                        Journal& journal) {
    const auto before = db_.one<HomeSource>(R"sql(
        SELECT source, first_at, last_at FROM dreams_property_sources
         WHERE property_id = :home AND source = :source)sql",
                                            {{"home", home}, {"source", telling.source}});
    const auto note = [&](const char* column, const std::optional<Instant>& was) {
        journal.write({"import", import_id}, {sources_table, journal_row({home, telling.source}),
                                              column, journal_text(was), to_text(telling.at)});
    };
    if (!before) note("source", {});
    if (before && telling.at < *before->first_at) note("first_at", before->first_at);
    if (before && telling.at > *before->last_at) note("last_at", before->last_at);
    keep(home, telling);
}

std::vector<HomeSource> sources_of(Db& db, const PropertyId& home) {
    return db.list<HomeSource>(R"sql(
        SELECT source, first_at, last_at FROM dreams_property_sources
         WHERE property_id = :home ORDER BY last_at DESC, source)sql",
                               {{"home", home}});
}

std::string journal_row(const SourceOfHome& which) {
    return which.home.text + " " + which.source;
}

SourceOfHome source_of_row(const std::string& row) {
    const auto blank = row.rfind(' ');
    if (blank == std::string::npos) return {.source = row};
    return {{row.substr(0, blank)}, row.substr(blank + 1)};
}

bool take_source_back(Db& db, const SourceOfHome& which, const JournalEntry& entry) {
    const bool added = entry.column_name == "source";
    if (!added && entry.column_name != "first_at" && entry.column_name != "last_at") return false;
    const std::string here = " WHERE property_id = :home AND source = :source AND " +
                             (added ? "last_at" : entry.column_name) + " = :new";
    if (added)
        return db.run("DELETE FROM dreams_property_sources" + here,
                      {{"home", which.home}, {"source", which.source}, {"new", entry.new_value}}) >
               0;
    return db.run("UPDATE dreams_property_sources SET " + entry.column_name + " = :old" + here,
                  {{"old", entry.old_value},
                   {"home", which.home},
                   {"source", which.source},
                   {"new", entry.new_value}}) > 0;
}

}  // namespace dreams::store
