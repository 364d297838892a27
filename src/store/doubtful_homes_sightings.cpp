#include "store/doubtful_homes_sightings.h"

#include <algorithm>

#include "store/notion_seen.h"
#include "store/properties.h"
#include "store/property_changes.h"
#include "store/property_sources.h"

namespace dreams::store {
namespace {

constexpr const char* homes_table = "dreams_homes";
constexpr const char* keys_table = "dreams_property_keys";
constexpr const char* pages_table = "dreams_notion_seen";

class Sightings {
public:
    Sightings(Db& db, Journal& journal, const JoinedHomes& homes)
        : db_(db), journal_(journal), homes_(homes) {}

    /// A row that goes with its home; the journal's key tells it from the others of the table.
    void lay_aside(const char* table) {
        Statement rows =
            db_.query(std::string("SELECT * FROM ") + table + " WHERE property_id = :gone",
                      {{"gone", homes_.gone}});
        for (int number = 1; rows.step(); ++number)
            for (int i = 0; i < rows.columns(); ++i)
                if (!rows.is_null(i))
                    journal_.write(homes_.took_out, {table,
                                                     std::to_string(number),
                                                     std::string(rows.column_name(i)),
                                                     std::string(rows.text(i)),
                                                     {}});
    }

    void take_sources() {
        const auto ours = sources_of(db_, homes_.kept);
        for (const auto& theirs : sources_of(db_, homes_.gone)) {
            const auto known = std::ranges::find(ours, theirs.source, &HomeSource::source);
            if (known == ours.end()) {
                add(theirs);
                continue;
            }
            if (theirs.first_at < known->first_at)
                move(theirs.source, "first_at", known->first_at, theirs.first_at);
            if (theirs.last_at > known->last_at)
                move(theirs.source, "last_at", known->last_at, theirs.last_at);
        }
    }

    void take_observation() {
        const auto at = [&](const PropertyId& home) {
            return db_
                .one<std::optional<Instant>>(
                    "SELECT observed_at FROM dreams_homes WHERE property_id = :home",
                    {{"home", home}})
                .value_or(std::nullopt);
        };
        const auto ours = at(homes_.kept), theirs = at(homes_.gone);
        if (!theirs || (ours && *ours >= *theirs)) return;
        db_.run("UPDATE dreams_homes SET observed_at = :at WHERE property_id = :home",
                {{"at", theirs}, {"home", homes_.kept}});
        journal_.write(homes_.wrote, {homes_table, homes_.kept.text, "observed_at",
                                      journal_text(ours), journal_text(theirs)});
    }

    void take_keys() {
        Statement keys = db_.query(R"sql(
            SELECT kind, key FROM dreams_property_keys g WHERE property_id = :gone
               AND NOT EXISTS (SELECT 1 FROM dreams_property_keys k
                                WHERE k.property_id = :kept AND k.kind = g.kind AND k.key = g.key)
            )sql",
                                   {{"gone", homes_.gone}, {"kept", homes_.kept}});
        while (keys.step())
            journal_.write(homes_.wrote, {keys_table,
                                          std::string(keys.text(1)),
                                          std::string(keys.text(0)),
                                          {},
                                          homes_.kept.text});
        db_.run(R"sql(
            INSERT INTO dreams_property_keys (kind, key, property_id, import_id)
            SELECT kind, key, :kept, import_id FROM dreams_property_keys WHERE property_id = :gone
            ON CONFLICT DO NOTHING)sql",
                {{"kept", homes_.kept}, {"gone", homes_.gone}});
    }

    /// The page of the home that goes is the other's from now on, if that has none: with what both
    /// sides agreed on, so that it is no new page whose every difference is a conflict.
    void take_page() {
        const auto theirs = notion_seen(db_, homes_.gone);
        if (!theirs) return;
        const bool has_one = notion_seen(db_, homes_.kept) ||
                             db_.one<int>(R"sql(SELECT 1 FROM properties WHERE id = :kept
                                                 AND notion_page_id IS NOT NULL)sql",
                                          {{"kept", homes_.kept}});
        if (has_one || !theirs->page_id) return lay_aside(pages_table);
        db_.run("UPDATE dreams_notion_seen SET property_id = :kept WHERE property_id = :gone",
                {{"kept", homes_.kept}, {"gone", homes_.gone}});
        journal_.write(homes_.wrote, {pages_table, homes_.gone.text, "property_id",
                                      homes_.gone.text, homes_.kept.text});
        db_.run(R"sql(UPDATE properties SET notion_page_id = :page, sync_status = 'pending'
                       WHERE id = :kept)sql",
                {{"page", theirs->page_id}, {"kept", homes_.kept}});
        journal_.write(homes_.wrote,
                       {"properties", homes_.kept.text, "notion_page_id", {}, theirs->page_id});
    }

private:
    void add(const HomeSource& source) {
        db_.run(R"sql(
            INSERT INTO dreams_property_sources (property_id, source, first_at, last_at)
            VALUES (:home, :source, :first, :last))sql",
                {{"home", homes_.kept},
                 {"source", source.source},
                 {"first", source.first_at},
                 {"last", source.last_at}});
        journal_.write(homes_.wrote,
                       {sources_table, source.source, "source", {}, journal_text(source.last_at)});
    }
    void move(const std::string& source, const char* column, const std::optional<Instant>& from,
              const std::optional<Instant>& to) {
        db_.run(std::string("UPDATE dreams_property_sources SET ") + column +
                    " = :at WHERE property_id = :home AND source = :source",
                {{"at", to}, {"home", homes_.kept}, {"source", source}});
        journal_.write(homes_.wrote,
                       {sources_table, source, column, journal_text(from), journal_text(to)});
    }

    Db& db_;
    Journal& journal_;
    const JoinedHomes& homes_;
};

}  // namespace

void write_value(Db& db, Journal& journal, const Action& action, const JournalEntry& entry) {
    journal.write(action, entry);
    db.run("UPDATE " + entry.table_name + " SET " + entry.column_name + " = :value WHERE id = :row",
           {{"value", entry.new_value}, {"row", entry.row_id}});
}

void join_sightings(Db& db, Journal& journal, const JoinedHomes& homes) {
    Sightings join(db, journal, homes);
    for (const auto* table : {homes_table, sources_table, keys_table}) join.lay_aside(table);
    join.take_sources();
    join.take_observation();
    join.take_keys();
    join.take_page();
}

void join_histories(Db& db, Journal& journal, const JoinedHomes& homes, const Listing& stays,
                    const Listing& goes) {
    const auto join = [&](const char* column, const std::optional<JsonText>& ours,
                          const std::optional<JsonText>& theirs) {
        auto entries = history_entries(ours);
        for (auto& entry : history_entries(theirs)) {
            if (std::ranges::find(entries, entry) != entries.end()) continue;
            journal.write(homes.wrote, {"properties", homes.kept.text, column, {}, entry});
            entries.push_back(std::move(entry));
        }
        std::ranges::stable_sort(entries, {}, history_moment);
        std::optional<JsonText> all;
        for (const auto& entry : entries) all = with_entry(all, entry);
        db.run(std::string("UPDATE properties SET ") + column + " = :all WHERE id = :home",
               {{"all", all}, {"home", homes.kept}});
    };
    if (goes.price_history) join("price_history", stays.price_history, goes.price_history);
    if (goes.status_history) join("status_history", stays.status_history, goes.status_history);
}

bool take_sighting_back(Db& db, const JournalEntry& entry, const PropertyId& kept) {
    if (entry.table_name == sources_table) {
        take_source_back(db, {kept, entry.row_id}, entry);
    } else if (entry.table_name == homes_table) {
        db.run(R"sql(UPDATE dreams_homes SET observed_at = :old
                      WHERE property_id = :home AND observed_at = :new)sql",
               {{"old", entry.old_value}, {"home", entry.row_id}, {"new", entry.new_value}});
    } else if (entry.table_name == pages_table) {
        db.run("UPDATE dreams_notion_seen SET property_id = :old WHERE property_id = :new",
               {{"old", entry.old_value}, {"new", entry.new_value}});
    } else if (entry.table_name == keys_table) {
        db.run(R"sql(
            DELETE FROM dreams_property_keys
             WHERE kind = :kind AND key = :key AND property_id = :kept)sql",
               {{"kind", entry.column_name}, {"key", entry.row_id}, {"kept", entry.new_value}});
    } else {
        return false;
    }
    return true;
}

}  // namespace dreams::store
