#include <algorithm>
#include <map>
#include <utility>

#include "store/contact_properties.h"
#include "store/imports.h"
#include "store/properties.h"
#include "store/property_sources.h"

namespace dreams::store {
namespace {

constexpr std::size_t most_told = 100;

/// Who said again what an import brought.
struct Heir {
    std::string action;
    std::int64_t id = 0;
    static constexpr auto columns() {
        return Columns{Column{"action", &Heir::action}, Column{"action_id", &Heir::id}};
    }
};

/// One undoing under way.
class Undoing {
public:
    Undoing(Db& db, std::int64_t id, Instant now)
        : db_(db), id_(id), now_(now), report_{.import_id = id} {}

    UndoReport run() {
        for (const auto& entry : journal_backwards(db_, {"import", id_})) {
            if (entry.table_name == "property_changes")
                told_.push_back(entry);
            else if (entry.table_name == "dreams_homes")
                take_observation_back(entry);
            else if (entry.table_name == sources_table)
                take_showing_back(entry);
            else if (entry.column_name == "id")
                created_.push_back(entry);
            else if (entry.old_value != entry.new_value)  // else it only said so again
                changed_[entry.row_id].push_back(entry);
        }
        // Their values first: a home that the file both made and changed is judged as it was made.
        for (const auto& [home, entries] : changed_) put_values_back(home, entries);
        for (const auto& entry : told_) take_change_back(entry);
        for (const auto& entry : created_) remove_if_unknown_elsewhere(entry, Tell::yes);
        for (const auto& entry : left_by_others()) remove_if_unknown_elsewhere(entry, Tell::no);
        forget_keys();
        homes_to_look_at(db_);
        return std::move(report_);
    }

private:
    enum class Tell { no, yes };

    void take_change_back(const NumberedEntry& entry) {
        const auto change = db_.one<PropertyChange>("SELECT * FROM property_changes WHERE id = :id",
                                                    {{"id", entry.row_id}});
        if (!change) return;
        const auto heir = heirs_.find({change->property_id.value_or(""), change->type});
        if (heir != heirs_.end()) return hand_over(entry, heir->second);
        db_.run("DELETE FROM property_changes WHERE id = :id AND coalesce(notified, 0) = 0",
                {{"id", entry.row_id}});
    }

    /// Who said the same after this import, and stands: the value stays, and is theirs from now on.
    std::optional<Heir> heir_of(const NumberedEntry& entry) {
        return db_.one<Heir>(R"sql(
            SELECT j.action, j.action_id FROM dreams_home_journal j
             WHERE j.row_id = :row AND j.table_name = :table AND j.column_name = :column
               AND j.id > :id AND j.new_value = :value
               AND (j.action = 'seen' OR
                    (j.action = 'import' AND j.action_id <> :import
                     AND NOT EXISTS (SELECT 1 FROM dreams_imports i
                                      WHERE i.id = j.action_id AND i.undone_at IS NOT NULL)))
             ORDER BY j.id LIMIT 1)sql",
                             {{"row", entry.row_id},
                              {"table", entry.table_name},
                              {"column", entry.column_name},
                              {"id", entry.id},
                              {"value", entry.new_value},
                              {"import", id_}});
    }

    void hand_over(const NumberedEntry& entry, const Heir& heir) {
        db_.run(
            "UPDATE dreams_home_journal SET action = :action, action_id = :id WHERE id = :entry",
            {{"action", heir.action}, {"id", heir.id}, {"entry", entry.id}});
    }

    /// Whether the value that this entry tells of stays since somebody said the same later.
    bool is_inherited(const std::string& home, const NumberedEntry& entry) {
        constexpr std::string_view history = "_history";
        if (entry.column_name.ends_with(history)) {
            const auto of = entry.column_name.substr(0, entry.column_name.size() - history.size());
            const auto heir = heirs_.find({home, of});
            if (heir != heirs_.end()) hand_over(entry, heir->second);
            return heir != heirs_.end();
        }
        const auto heir = heir_of(entry);
        if (!heir) return false;
        hand_over(entry, *heir);
        heirs_.insert_or_assign({home, entry.column_name}, *heir);
        ++report_.values_kept;
        return true;
    }

    void take_observation_back(const NumberedEntry& entry) {
        const auto put =
            db_.run(R"sql(UPDATE dreams_homes SET observed_at = :old
                       WHERE property_id = :home AND observed_at = :new)sql",
                    {{"old", entry.old_value}, {"home", entry.row_id}, {"new", entry.new_value}});
        if (put == 0) bridge(entry);
    }

    /// That the file showed the home. Another file of its kind that shows it too keeps it shown.
    void take_showing_back(const NumberedEntry& entry) {
        const auto which = source_of_row(entry.row_id);
        const auto other = entry.column_name == "source" ? file_that_shows(which) : std::nullopt;
        if (other) return hand_over(entry, {"import", *other});
        if (!take_source_back(db_, which, entry)) bridge(entry);
    }

    std::optional<std::int64_t> file_that_shows(const SourceOfHome& which) {
        return db_.one<std::int64_t>(
            R"sql(
            SELECT i.id FROM dreams_import_rows r JOIN dreams_imports i ON i.id = r.import_id
             WHERE r.property_id = :home AND i.format = :source AND i.id <> :import
               AND i.undone_at IS NULL ORDER BY i.id LIMIT 1)sql",
            {{"home", which.home}, {"source", which.source}, {"import", id_}});
    }

    /// The value was changed again since. Whoever did that found ours; when they are undone, what
    /// was there before us is to stand there again.
    void bridge(const NumberedEntry& entry) {
        db_.run(R"sql(
            UPDATE dreams_home_journal SET old_value = :old
             WHERE id = (SELECT min(j.id) FROM dreams_home_journal j
                          WHERE j.row_id = :row AND j.table_name = :table
                            AND j.column_name = :column AND j.id > :id
                            AND NOT (j.action = 'import' AND j.action_id = :import)
                            AND NOT EXISTS (SELECT 1 FROM dreams_imports i
                                             WHERE j.action = 'import' AND i.id = j.action_id
                                               AND i.undone_at IS NOT NULL)))sql",
                {{"old", entry.old_value},
                 {"row", entry.row_id},
                 {"table", entry.table_name},
                 {"column", entry.column_name},
                 {"import", id_},
                 {"id", entry.id}});
    }

    /// Homes that an import made which was undone, and that stayed because this file showed them.
    std::vector<JournalEntry> left_by_others() {
        return db_.list<JournalEntry>(R"sql(
            SELECT j.* FROM dreams_home_journal j
              JOIN dreams_imports i ON i.id = j.action_id AND i.undone_at IS NOT NULL
             WHERE j.action = 'import' AND j.table_name = 'properties' AND j.column_name = 'id'
               AND j.row_id IN (SELECT property_id FROM dreams_import_rows WHERE import_id = :id)
            )sql",
                                      {{"id", id_}});
    }

    void put_values_back(const std::string& home, const std::vector<NumberedEntry>& entries) {
        auto row = db_.one<HomeRow>("SELECT * FROM properties WHERE id = :id", {{"id", home}});
        if (!row) return;  // joined into another since, or deleted: nothing to put back into
        std::vector<NumberedEntry> ours(entries);
        // Histories last: they stay with the values they tell of.
        std::stable_partition(ours.begin(), ours.end(), [](const auto& entry) {
            return !entry.column_name.ends_with("_history");
        });
        bool any = false;
        for (const auto& entry : ours) {
            if (is_inherited(home, entry)) continue;
            if (put_back(*row, entry)) {
                any = true;
            } else {
                bridge(entry);
                ++report_.values_kept;
            }
        }
        if (!any) return;
        row->stamps.updated_at = now_;
        if (row->notion.sync_status == "synced") row->notion.sync_status = "pending";
        static const Keep how{
            .table = "properties", .key = "id", .once = {"created_at"}, .touch = {"updated_at"}};
        Keeper<HomeRow>(db_, how).keep(*row);
        ++report_.restored;
    }

    void remove_if_unknown_elsewhere(const JournalEntry& entry, Tell tell) {
        const auto row =
            db_.one<HomeRow>("SELECT * FROM properties WHERE id = :id", {{"id", entry.row_id}});
        const auto why = row ? why_it_stays(*row, entry.new_value.value_or(""))
                             : "it was joined into another home, or deleted";
        if (!why.empty()) {
            if (tell == Tell::yes)
                keep(row ? row->listing.address.value_or(entry.row_id) : entry.row_id, why);
            return;
        }
        db_.run(R"sql(DELETE FROM contact_properties WHERE property_id = :id)sql",
                {{"id", row->id}});
        db_.run("DELETE FROM properties WHERE id = :id", {{"id", row->id}});
        ++report_.removed;
    }

    void keep(const std::string& home, const std::string& why) {
        ++report_.homes_kept;
        ++report_.reasons[why];
        if (report_.kept.size() < most_told) report_.kept.push_back(home + ": " + why);
    }

    bool exists(std::string_view sql, const PropertyId& home) {
        return db_.one<int>(sql, {{"home", home}}).has_value();
    }

    /// Empty: nobody needs the home any more.
    std::string why_it_stays(const HomeRow& row, const std::string& made) {
        if (db_.one<int>(R"sql(
                SELECT 1 FROM dreams_import_rows r JOIN dreams_imports i ON i.id = r.import_id
                 WHERE r.property_id = :home AND i.id <> :import AND i.undone_at IS NULL)sql",
                         {{"home", row.id}, {"import", id_}}))
            return "another file shows it too";
        if (exists(R"sql(SELECT 1 FROM dreams_home_journal s
                          WHERE s.row_id = :home AND s.table_name = 'properties'
                            AND s.column_name = 'id' AND s.action = 'seen'
                            AND s.id > (SELECT max(m.id) FROM dreams_home_journal m
                                            WHERE m.row_id = :home AND m.action = 'import'
                                              AND m.table_name = 'properties'
                                              AND m.column_name = 'id'))sql",
                   row.id) ||
            exists(R"sql(SELECT 1 FROM dreams_property_sources s WHERE s.property_id = :home
                          AND s.source NOT IN (SELECT i.format FROM dreams_import_rows r
                                                 JOIN dreams_imports i ON i.id = r.import_id
                                                WHERE r.property_id = :home))sql",
                   row.id))
            return "another source shows it too";
        if (fingerprint(row) != made) return "it was changed since";
        if (exists(R"sql(SELECT 1 FROM properties WHERE id = :home
                         AND coalesce(notes, added_for, added_by, captured_by, notion_page_id)
                             IS NOT NULL)sql",
                   row.id))
            return "somebody noted something about it";
        return why_used(db_, row.id);
    }

    /// The keys that the file brought go; those of the rows as they are now come back.
    void forget_keys() {
        db_.run("DELETE FROM dreams_property_keys WHERE import_id = :id", {{"id", id_}});
        KeyWriter writer(db_);
        const auto rewrite = [&](const std::string& home) {
            if (const auto row =
                    db_.one<HomeRow>("SELECT * FROM properties WHERE id = :id", {{"id", home}}))
                writer.write(row->id, row->listing, std::nullopt);
        };
        for (const auto& [home, entries] : changed_) rewrite(home);
        for (const auto& entry : created_) rewrite(entry.row_id);
    }

    Db& db_;
    std::int64_t id_;
    Instant now_;
    UndoReport report_;
    std::vector<JournalEntry> created_;
    std::vector<NumberedEntry> told_;  ///< its property_changes
    /// Whose a value of a home is by now: by home, and column (the type of its changes too).
    std::map<std::pair<std::string, std::string>, Heir> heirs_;
    std::map<std::string, std::vector<NumberedEntry>> changed_;
};

}  // namespace

std::string why_used(Db& db, const PropertyId& home) {
    const auto exists = [&](std::string_view sql) {
        return db.one<int>(sql, {{"home", home}}).has_value();
    };
    if (exists(R"sql(SELECT 1 FROM contact_properties WHERE property_id = :home
                     AND (relationship NOT IN ('viewed', 'favorited', 'shared')
                          OR notes IS NOT NULL))sql"))
        return "it is saved for or matched with somebody";
    if (exists("SELECT 1 FROM matches WHERE property_id = :home"))
        return "it is matched with somebody";
    if (exists("SELECT 1 FROM packages WHERE property_ids LIKE '%\"' || :home || '\"%'"))
        return "it is in a package";
    if (exists("SELECT 1 FROM dreams_home_joins WHERE kept_id = :home AND undone_at IS NULL"))
        return "another home was joined into it";
    return "";
}

UndoReport undo_import(Db& db, std::int64_t id, Instant now) {
    if (const auto undone = import(db, id).undone_at)
        throw Error(Fault::conflict, "that import was undone already, at " + to_text(*undone));
    UndoReport report = Undoing(db, id, now).run();
    db.run("UPDATE dreams_imports SET undone_at = :now WHERE id = :id", {{"now", now}, {"id", id}});
    return report;
}

}  // namespace dreams::store
