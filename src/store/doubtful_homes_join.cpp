#include <algorithm>
#include <array>

#include "model/match.h"
#include "store/contact_properties.h"
#include "store/doubtful_homes.h"
#include "store/doubtful_homes_people.h"
#include "store/doubtful_homes_sightings.h"
#include "store/hidden_homes.h"
#include "store/package_homes.h"
#include "store/properties.h"

namespace dreams::store {
namespace {

constexpr std::string_view taken_over = "join";       // values that the join put in others' place
constexpr std::string_view laid_aside = "join-gone";  // rows that the join took out of the file

/// One join under way: everything it does is written down first.
class Joining {
public:
    Joining(Db& db, const PropertyId& kept, const PropertyId& gone, std::int64_t id)
        : db_(db), kept_(kept), gone_(gone), id_(id), journal_(db) {}

    void lay_aside(const std::string& table, const std::string& row) {
        Statement found = db_.query("SELECT * FROM " + table + " WHERE id = :row", {{"row", row}});
        if (!found.step()) return;
        for (int i = 0; i < found.columns(); ++i)
            if (!found.is_null(i))
                journal_.write({laid_aside, id_}, {table,
                                                   row,
                                                   std::string(found.column_name(i)),
                                                   std::string(found.text(i)),
                                                   {}});
        db_.run("DELETE FROM " + table + " WHERE id = :row", {{"row", row}});
    }

    /// The row of properties itself: as a record, so that no digit of a place is lost.
    void lay_aside_home(const Property& home) {
        for_each_column(home, [&](const char* column, const auto& value) {
            if constexpr (std::is_same_v<std::decay_t<decltype(value)>, PropertyId>)
                journal_.write({laid_aside, id_},
                               {"properties", gone_.text, column, value.text, {}});
            else if (value)
                journal_.write({laid_aside, id_},
                               {"properties", gone_.text, column, journal_text(value), {}});
        });
        db_.run("DELETE FROM properties WHERE id = :gone", {{"gone", gone_}});
    }

    void set(const std::string& table, const std::string& row, const std::string& column,
             const std::optional<std::string>& from, const std::string& to) {
        write_value(db_, journal_, {taken_over, id_}, {table, row, column, from, to});
    }

    /// Rows of a table that refer to the home that goes refer to the one that stays.
    void move_references(const std::string& table) {
        for (const auto& row : db_.list<std::string>(
                 "SELECT id FROM " + table + " WHERE property_id = :gone", {{"gone", gone_}}))
            set(table, row, "property_id", gone_.text, kept_.text);
    }

    /// Where both homes have a row for one person, that of the home which goes is laid aside.
    void move_references_of_people(const std::string& table, const std::string& person) {
        for (const auto& row : db_.list<std::string>(
                 "SELECT a.id FROM " + table + " a JOIN " + table + " b ON b." + person + " = a." +
                     person + " WHERE a.property_id = :gone AND b.property_id = :kept",
                 {{"gone", gone_}, {"kept", kept_}}))
            lay_aside(table, row);
        move_references(table);
    }

    /// A suggestion's id says which home it suggests (`match_<lead>_<home>`).
    void rename_matches() {
        for (const auto& match : db_.list<Match>(R"sql(
                 SELECT * FROM matches m WHERE m.property_id = :kept AND NOT EXISTS
                        (SELECT 1 FROM matches o WHERE o.id = 'match_' || m.lead_id || '_' || :kept)
                 )sql",
                                                 {{"kept", kept_}})) {
            if (match.id != match_id(match.lead, gone_)) continue;  // an older program's
            const auto renamed = match_id(match.lead, kept_);
            journal_.write({taken_over, id_},
                           {"matches", renamed.text, "id", match.id.text, renamed.text});
            db_.run("UPDATE matches SET id = :renamed WHERE id = :id",
                    {{"renamed", renamed}, {"id", match.id}});
        }
    }

    void keep_what_people_said() {
        join_words_of_people(db_, journal_, {kept_, gone_, {taken_over, id_}, {laid_aside, id_}});
    }

    void move_packages() {
        Statement rows = db_.query(R"sql(
            SELECT id, property_ids FROM packages
             WHERE property_ids LIKE '%"' || :gone || '"%')sql",
                                   {{"gone", gone_}});
        std::vector<std::pair<std::string, std::string>> found;
        while (rows.step()) found.emplace_back(rows.text(0), rows.text(1));
        for (const auto& [row, ids] : found)
            set("packages", row, "property_ids", ids, package_homes(ids, gone_.text, kept_.text));
    }

    /// The home that stays takes what it does not know itself.
    void fill_gaps(Property home, const Property& from) {
        const PropertyId id = home.id;
        const auto fill = [&](const char* column, auto& ours, const auto& theirs) {
            const std::string_view name = column;
            if (ours || !theirs || name == "price_history" || name == "status_history") return;
            set("properties", id.text, column, {}, *journal_text(theirs));
        };
        for_each_pair(home.listing, from.listing, fill);
        for_each_pair(home.features, from.features, fill);
        for_each_pair(home.engagement, from.engagement, fill);
        for_each_pair(home.workflow, from.workflow, fill);
        join_words(id, "notes", home.workflow.notes, from.workflow.notes, "\n");
        join_words(id, "added_for", home.workflow.added_for, from.workflow.added_for, ", ");
    }

    /// What an agent wrote of either home is kept, that of the one that stays first.
    void join_words(const PropertyId& home, const char* column,
                    const std::optional<std::string>& ours,
                    const std::optional<std::string>& theirs, std::string_view between) {
        if (!ours || !theirs || ours->find(*theirs) != std::string::npos) return;
        set("properties", home.text, column, ours, *ours + std::string(between) + *theirs);
    }

    /// By what the home that goes is known: should a later sighting put it in the place of what the
    /// other is known by, an undo gives both back what they had.
    void note_other_names(const Listing& stays, const Listing& goes) {
        const auto note = [&](const char* column, const std::optional<std::string>& ours,
                              const std::optional<std::string>& theirs) {
            if (ours && theirs && ours != theirs)
                journal_.write({taken_over, id_},
                               {"properties", kept_.text, column, ours, *theirs});
        };
        note("redfin_id", stays.redfin_id, goes.redfin_id);
        note("redfin_url", stays.redfin_url, goes.redfin_url);
        note("zillow_id", stays.zillow_id, goes.zillow_id);
        note("zillow_url", stays.zillow_url, goes.zillow_url);
        note("realtor_id", stays.realtor_id, goes.realtor_id);
        note("realtor_url", stays.realtor_url, goes.realtor_url);
        note("mls_number", stays.mls_number, goes.mls_number);
        note("mls_source", stays.mls_source, goes.mls_source);
        note("parcel_id", stays.parcel_id, goes.parcel_id);
    }

    /// Who showed them and when, what they are known by, and what was asked for them.
    void join_what_was_seen(const Listing& stays, const Listing& goes) {
        const JoinedHomes homes{kept_, gone_, {taken_over, id_}, {laid_aside, id_}};
        join_sightings(db_, journal_, homes);
        join_histories(db_, journal_, homes, stays, goes);
    }

private:
    Db& db_;
    const PropertyId& kept_;
    const PropertyId& gone_;
    std::int64_t id_;
    Journal journal_;
};

Property required(Db& db, const PropertyId& id) {
    if (auto home = property(db, id)) return std::move(*home);
    throw Error(Fault::not_found, "there is no home " + id.text);
}

}  // namespace

std::int64_t join_homes(Db& db, const HomeJoin& as) {
    const auto &kept = as.kept, &gone = as.gone;
    const Instant now = as.joined_at;
    if (kept == gone) throw Error(Fault::invalid, "a home cannot be joined with itself");
    const Property stays = required(db, kept), goes = required(db, gone);
    repair_keys(db);
    db.run(R"sql(
        INSERT INTO dreams_home_joins (kept_id, gone_id, why, joined_at, joined_by)
        VALUES (:kept, :gone, :why, :now, :who))sql",
           {{"kept", kept}, {"gone", gone}, {"why", as.why}, {"now", now}, {"who", as.joined_by}});
    const auto id = db.last_id();
    Joining join(db, kept, gone, id);
    join.keep_what_people_said();
    join.move_references_of_people("contact_properties", "contact_id");
    join.move_references_of_people("matches", "lead_id");
    join.rename_matches();
    join.move_references("property_changes");
    join.move_references("lead_activities");
    join.move_references("dreams_mls_listings");
    join.move_packages();
    join.fill_gaps(stays, goes);
    join.note_other_names(stays.listing, goes.listing);
    join.join_what_was_seen(stays.listing, goes.listing);
    join.lay_aside_home(goes);
    db.run("UPDATE properties SET updated_at = :now WHERE id = :kept",
           {{"now", now}, {"kept", kept}});
    repair_keys(db);
    homes_to_look_at(db);
    settle_view(db, kept, now);
    return id;
}

std::int64_t join_homes(Db& db, const PropertyId& kept, const PropertyId& gone,
                        std::string_view who, Instant now) {
    const auto why = db.one<std::string>(R"sql(
        SELECT why FROM dreams_doubtful_homes
         WHERE first_id IN (:kept, :gone) AND second_id IN (:kept, :gone))sql",
                                         {{"kept", kept}, {"gone", gone}});
    return join_homes(
        db,
        {.kept = kept, .gone = gone, .why = why, .joined_at = now, .joined_by = std::string(who)});
}

}  // namespace dreams::store
