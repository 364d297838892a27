// Whatever is done in copies of a file, merging them is idempotent, and the order in which they are
// merged does not matter but for what is listed as a conflict.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "homes.h"
#include "store/doubtful_homes.h"
#include "store/imports.h"
#include "support/copies.h"

namespace dreams::store {
namespace {

using test::Cells;
using test::monday;

int any(int below) {
    return *rc::gen::inRange(0, below);
}

/// Everything that happens to a file, each at a moment of its own.
class Life {
public:
    Life(const test::Folder& folder, int& tick) : folder_(folder), tick_(tick) {}

    void goes_on_in(const std::string& file) {
        Db db = open_file(folder_.file(file));
        for (int left = any(8); left > 0; --left) something(db);
    }
    Instant now() const { return monday + std::chrono::minutes{tick_}; }
    /// Who was deleted, in whatever copy.
    const std::set<std::string>& gone() const { return gone_; }

private:
    std::string lead(Db& db) {
        const auto all = db.list<std::string>("SELECT id FROM leads ORDER BY id");
        return all.empty() ? "" : all[static_cast<std::size_t>(any(static_cast<int>(all.size())))];
    }
    std::string home(Db& db) {
        const auto all = db.list<std::string>("SELECT id FROM properties ORDER BY id");
        return all.at(static_cast<std::size_t>(any(static_cast<int>(all.size()))));
    }
    std::string text() { return "text " + std::to_string(tick_); }

    void something(Db& db) {
        ++tick_;
        const auto at = to_text(now());
        const std::string who = lead(db), where = home(db), said = text();
        const Params params{{"who", who}, {"where", where}, {"at", at}, {"text", said}};
        static const std::vector<std::string> acts{
            "UPDATE leads SET notes = :text, updated_at = :at WHERE id = :who",
            "UPDATE leads SET next_action = NULL, updated_at = :at WHERE id = :who",
            "UPDATE leads SET min_price = length(:at) + :number, requirements_updated_at = :at, "
            "updated_at = :at WHERE id = :who",
            "UPDATE leads SET max_price = :number, requirements_updated_at = :at WHERE id = :who",
            "UPDATE leads SET stage = :text, last_synced_at = :at, updated_at = :at "
            "WHERE id = :who",
            "UPDATE leads SET heat_score = :number, last_score_recorded_at = :at WHERE id = :who",
            "UPDATE properties SET notes = :text, updated_at = :at WHERE id = :where",
            "UPDATE properties SET heating = :text, updated_at = :at WHERE id = :where;"
            "UPDATE dreams_homes SET observed_at = :at WHERE property_id = :where",
            "UPDATE properties SET price = 1000 + :number, updated_at = :at WHERE id = :where;"
            "UPDATE dreams_homes SET observed_at = :at WHERE property_id = :where",
            "UPDATE dreams_homes SET observed_at = :at WHERE property_id = :where",
            "UPDATE properties SET idx_validation_status = :text, idx_validated_at = :at "
            "WHERE id = :where",
            "INSERT INTO contact_events (id, contact_id, event_type, occurred_at, imported_at) "
            "SELECT 'evt_' || :number, fub_id, 'property_view', '2026-01-02T00:00:00Z', :at "
            "FROM leads WHERE id = 'lead-ana-bell' ON CONFLICT DO NOTHING",
            "INSERT INTO contact_communications (id, contact_id, comm_type, direction, "
            "occurred_at, imported_at) SELECT 'call_' || :number, id, 'call', 'inbound', :at, :at "
            "FROM leads WHERE id = 'lead-ben-cole' ON CONFLICT (id) DO UPDATE SET status = "
            "'completed', imported_at = :at",
            "INSERT INTO sync_log (sync_type, source, direction, started_at, completed_at) "
            "VALUES ('people', 'fub', 'import', :at, :at)",
            "INSERT INTO sync_log (sync_type, source, direction, started_at, completed_at, "
            "records_processed) VALUES ('idx', 'idx', 'import', '2026-01-19T10:00:00Z', :at, "
            ":number)",
            "INSERT INTO dreams_fub_people (fub_id, updated_at) VALUES (:number, :at) "
            "ON CONFLICT (fub_id) DO UPDATE SET updated_at = :at, deleted_at = NULL",
            "UPDATE dreams_fub_people SET deleted_at = :at WHERE deleted_at IS NULL "
            "AND fub_id = :number",
            "INSERT INTO contact_properties (id, contact_id, property_id, view_count, updated_at) "
            "SELECT 'cp_' || :who || :where, id, :where, :number, :at FROM leads WHERE id = :who "
            "ON CONFLICT (contact_id, property_id) DO UPDATE SET view_count = :number, "
            "updated_at = :at",
            "UPDATE contact_properties SET notes = :text, updated_at = :at WHERE contact_id = :who",
            "INSERT INTO idx_property_cache (mls_number, address, last_updated) VALUES (:number, "
            ":text, :at) ON CONFLICT (mls_number) DO UPDATE SET address = :text, "
            "last_updated = :at",
            "INSERT INTO property_changes (id, property_id, property_address, change_type, "
            "detected_at) VALUES ('chg_' || :number, :where, :where, 'price', :at) "
            "ON CONFLICT (id) DO UPDATE SET notified = 1",
            "INSERT INTO matches (id, lead_id, property_id, total_score, suggested_at) "
            "SELECT 'match_' || id || '_' || :where, id, :where, :number, :at FROM leads "
            "WHERE id = :who ON CONFLICT (lead_id, property_id) DO UPDATE SET "
            "total_score = :number, suggested_at = :at",
            "UPDATE matches SET match_status = 'sent', sent_at = :at WHERE lead_id = :who",
            "UPDATE matches SET match_status = 'accepted', response_at = :at WHERE lead_id = :who",
            "UPDATE matches SET agent_notes = :text WHERE lead_id = :who",
            "UPDATE matches SET agent_notes = NULL WHERE lead_id = :who",
            "INSERT INTO packages (id, lead_id, title, created_at) SELECT 'pkg_' || :number, id, "
            ":text, :at FROM leads WHERE id = 'lead-cleo-dunn' ON CONFLICT DO NOTHING",
            "UPDATE packages SET status = 'sent', title = :text, sent_at = :at "
            "WHERE id = 'pkg_' || :number",
            "UPDATE packages SET opened_at = :at WHERE id = 'pkg_' || :number",
            "INSERT INTO lead_activities (id, lead_id, activity_type, occurred_at, imported_at) "
            "SELECT 'act_' || :number, id, :text, :at, :at FROM leads WHERE id = :who "
            "ON CONFLICT (id) DO UPDATE SET activity_type = :text, imported_at = :at",
            "UPDATE contact_properties SET notes = NULL, updated_at = :at WHERE contact_id = :who",
            "INSERT INTO leads (id, fub_id, first_name, notes, created_at, updated_at, "
            "last_synced_at) VALUES ('new_' || :number, 'new_' || :number, :text, :text, :at, :at, "
            ":at) ON CONFLICT DO NOTHING",
        };
        const int count = static_cast<int>(acts.size()), act = any(count + 6);
        if (act < count) return run(db, acts[static_cast<std::size_t>(act)], params, any(6));
        switch (act - count) {
            case 0:
                return forget(db, who);
            case 1:
                return score(db, who);
            case 2:
            case 3:
                return import(db);
            case 4:
                return take_back(db);
            default:
                return join(db);
        }
    }

    static void run(Db& db, const std::string& acts, const Params& params, int number) {
        std::size_t begin = 0;
        while (begin < acts.size()) {
            const auto end = std::min(acts.find(';', begin), acts.size());
            Statement act = db.prepare(acts.substr(begin, end - begin));
            begin = end + 1;
            for (const auto& [name, value] : params)
                if (knows(act, name)) value.bind(act, act.parameter(name));
            if (knows(act, "number"))
                act.bind(act.parameter("number"), static_cast<std::int64_t>(number));
            act.step();
        }
    }
    static bool knows(const Statement& statement, const char* name) {
        try {
            return statement.parameter(name) >= 0;
        } catch (const Error&) {
            return false;
        }
    }

    void forget(Db& db, const std::string& who) {
        if (any(4) != 0) return;  // people go seldom
        gone_.insert(who);
        for (const char* sql :
             {"DELETE FROM contact_events WHERE contact_id IN (SELECT fub_id FROM leads WHERE id = "
              ":who)",
              "DELETE FROM contact_communications WHERE contact_id = :who",
              "DELETE FROM contact_scoring_history WHERE contact_id = :who",
              "DELETE FROM contact_properties WHERE contact_id = :who",
              "DELETE FROM matches WHERE lead_id = :who",
              "DELETE FROM packages WHERE lead_id = :who",
              "DELETE FROM lead_activities WHERE lead_id = :who",
              "DELETE FROM leads WHERE id = :who"})
            db.run(sql, {{"who", who}});
    }

    /// A file of one or two homes out of three, at prices of its own.
    void import(Db& db) {
        std::vector<Sighting> told;
        for (int left = 1 + any(2); left > 0; --left) {
            const auto number = std::to_string(70 + any(3));
            auto said = test::sighting(number, number + " Test Lane");
            said.listing.price = 100'000 + tick_;
            if (any(3) == 0) said.features.heating = text();
            told.push_back(std::move(said));
        }
        test::import_homes(db, told, now(), text());
    }
    void take_back(Db& db) {
        const auto id = db.list<std::int64_t>(
            "SELECT id FROM dreams_imports WHERE undone_at IS NULL ORDER BY id");
        if (!id.empty())
            undo_import(db, id[static_cast<std::size_t>(any(static_cast<int>(id.size())))], now());
    }
    void join(Db& db) {
        const PropertyId kept{home(db)}, gone{home(db)};
        if (any(2) == 0 && kept != gone) join_homes(db, kept, gone, "Joe", now());
    }

    /// A day has one snapshot: the later replaces the earlier.
    void score(Db& db, const std::string& who) {
        const auto at = now() + std::chrono::days{any(3)};
        const auto day = to_text(at).substr(0, 10) + "%";
        if (db.run("UPDATE contact_scoring_history SET recorded_at = :at, heat_score = :heat "
                   "WHERE contact_id = :who AND recorded_at LIKE :day",
                   {{"at", at}, {"heat", tick_}, {"who", who}, {"day", day}}) == 0)
            db.run(
                "INSERT INTO contact_scoring_history (contact_id, recorded_at, heat_score) "
                "SELECT id, :at, :heat FROM leads WHERE id = :who",
                {{"at", at}, {"heat", tick_}, {"who", who}});
    }

    const test::Folder& folder_;
    int& tick_;
    std::set<std::string> gone_;
};

struct Beginning {
    test::Folder folder{test::quick_place()};
    Beginning() { test::original(folder, "a"); }
};

std::optional<std::string> standing(Db& db, const MergeConflict& conflict) {
    const auto found = db.list<std::optional<std::string>>(
        "SELECT " + conflict.column + " FROM " + conflict.table + " WHERE id = :row",
        {{"row", conflict.row}});
    return found.empty() ? std::nullopt : found[0];
}

/// Somebody decides whatever is open, one way or the other.
void decide_all(Db& db, Instant now) {
    for (const auto& each : open_merge_conflicts(db)) {
        const bool ours = any(2) == 0 || standing(db, each) != each.ours;
        choose_in_merge_conflict(db, each.id, ours ? "ours" : "theirs", "Joe", now);
    }
}

/// Three copies that parted at different moments, and went on; some met since.
struct Office {
    test::Folder folder{test::quick_place()};
    int tick = 0;
    Life life{folder, tick};

    Office() {
        static const Beginning beginning;  // made once: a file takes longer than what is done in it
        std::filesystem::copy_file(beginning.folder.file("a"), folder.file("a"));
        test::copy(folder, "a", "a itself");
        std::filesystem::rename(folder.file("a itself"), folder.file("a"));
        life.goes_on_in("a");
        copy("a", "b");
        life.goes_on_in("a");
        copy(any(2) == 0 ? "a" : "b", "c");
        for (int round = any(3); round >= 0; --round) {
            for (const char* file : {"a", "b", "c"}) life.goes_on_in(file);
            if (round > 0 && any(2) == 0) merge("a", any(2) == 0 ? "b" : "c");
        }
    }
    void copy(const std::string& from, const std::string& to) {
        ++tick;
        test::copy(folder, from, to, by_some_clock());
    }
    MergeReport merge(const std::string& into, const std::string& from) {
        ++tick;
        return test::merge(folder, into, from, by_some_clock());
    }
    /// One of them is a day ahead.
    Instant by_some_clock() { return life.now() + std::chrono::days{any(4) / 3}; }
    /// What one of the copies was comes back in its place.
    void put_back(const std::string& file) {
        copy(file + " saved", "of another place");
        std::filesystem::rename(folder.file("of another place"), folder.file(file));
    }
    std::set<std::string> people_and_homes(const std::string& file) {
        Db db = open_file(folder.file(file));
        const auto ids =
            db.list<std::string>("SELECT id FROM leads UNION ALL SELECT id FROM properties");
        return {ids.begin(), ids.end()};
    }
    /// A copy to work on that counts as the file itself.
    void clone(const std::string& from, const std::string& to) {
        std::filesystem::copy_file(folder.file(from), folder.file(to));
    }
    /// The cells that any of the copies lists: what one met first, and left to a person, the others
    /// take over as it stands there.
    Cells in_conflict() const {
        Cells cells;
        for (const char* name : {"a", "b", "c", "a before"})
            if (std::filesystem::exists(folder.file(name))) {
                Db db = open_file(folder.file(name));
                cells.merge(test::cells_in_conflict(db));
            }
        return cells;
    }
    void expect_same(const std::string& left, const std::string& right) {
        expect_same(left, right, in_conflict());
    }
    void expect_same(const std::string& left, const std::string& right, const Cells& masked) {
        Db a = open_file(folder.file(left)), b = open_file(folder.file(right));
        RC_ASSERT(test::twelve(a, masked) == test::twelve(b, masked));
        const std::string deleted =
            "SELECT fub_id || ' ' || coalesce(deleted_at, 'is there') "
            "FROM dreams_fub_people ORDER BY fub_id";
        RC_ASSERT(a.list<std::string>(deleted) == b.list<std::string>(deleted));
        for (Db* db : {&a, &b}) {
            RC_ASSERT(db->value<std::string>("PRAGMA integrity_check") == "ok");
            RC_ASSERT(
                db->list<std::string>("SELECT \"table\" FROM pragma_foreign_key_check").empty());
        }
    }
};

RC_GTEST_PROP(Merging, OneIntoTheOtherIsTheOtherIntoTheOneAndTwiceIsOnce, ()) {
    Office office;
    office.clone("a", "a before");
    office.merge("a", "b");
    RC_ASSERT(test::changes(office.merge("a", "b")) == "");
    office.merge("b", "a before");
    office.expect_same("a", "b");
}

RC_GTEST_PROP(Merging, ThreeIsTheSameInEitherOrder, ()) {
    Office office;
    office.clone("a", "a before");
    office.merge("a", "b");
    office.merge("a", "c");
    office.merge("b", "c");
    office.merge("a before", "b");
    office.expect_same("a", "a before");
}

RC_GTEST_PROP(Merging, TakesNobodyAwayWhomNobodyDeletedThoughEarlierStatesCameBack, ()) {
    Office office;
    const std::vector<std::string> copies{"a", "b", "c"};
    const auto one = [&] { return copies[static_cast<std::size_t>(any(3))]; };
    for (const auto& file : copies) office.clone(file, file + " saved");
    for (int steps = 2 + any(6); steps > 0; --steps) {
        const auto file = one(), other = one();
        const int act = any(4);
        if (act == 0) office.put_back(file);
        if (act == 1) office.life.goes_on_in(file);
        if (act < 2 || file == other) continue;
        const auto before = office.people_and_homes(file);
        office.merge(file, other);
        const auto after = office.people_and_homes(file);
        for (const auto& id : before)
            RC_ASSERT(after.contains(id) || office.life.gone().contains(id));
    }
}

RC_GTEST_PROP(Merging, BothBecomeTheSame, ()) {
    Office office;
    office.merge("a", "b");
    office.merge("b", "a");
    office.expect_same("a", "b");
    RC_ASSERT(test::changes(office.merge("a", "b")) == "");
}

RC_GTEST_PROP(Merging, LeavesWhatBothTypedInBothUntilItIsDecided, ()) {
    Office office;
    const auto found = office.merge("a", "b").conflicts;
    office.merge("b", "a");
    Db a = open_file(office.folder.file("a")), b = open_file(office.folder.file("b"));
    const auto other = origin(b)->copy;
    for (const auto& each : found)
        if (each.copy == other) RC_ASSERT(standing(b, each) == each.theirs);
    ++office.tick;
    decide_all(a, office.life.now());
    RC_ASSERT(test::changes(office.merge("a", "b")) == "");
    office.merge("b", "a");
    office.merge("a", "b");
    Cells open;
    for (Db* db : {&a, &b})
        for (const auto& each : open_merge_conflicts(*db))
            open.insert(each.table + "|" + each.row + "|" + each.column);
    office.expect_same("a", "b", open);
    RC_ASSERT(test::changes(office.merge("b", "a")) == "");
}

}  // namespace
}  // namespace dreams::store
