// What one copy did to whole homes, the other does too, in its own way, before the two are joined:
// so that what was typed there meanwhile is dealt with as it is within one file.

#include <algorithm>
#include <map>

#include "store/doubtful_homes.h"
#include "store/imports.h"
#include "store/merge_work.h"
#include "store/properties.h"
#include "store/schema.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

struct Taken {
    std::int64_t id = 0;
    std::string fingerprint;
    Instant started_at;
    std::optional<Instant> undone_at;
    static constexpr auto columns() {
        return Columns{Column{"id", &Taken::id}, Column{"fingerprint", &Taken::fingerprint},
                       Column{"started_at", &Taken::started_at},
                       Column{"undone_at", &Taken::undone_at}};
    }
};

std::vector<Taken> taken_back(Db& db) {
    if (!has_table(db, "dreams_imports")) return {};  // an older program's
    return db.list<Taken>("SELECT id, fingerprint, started_at, undone_at FROM dreams_imports");
}

std::vector<HomeJoin> joins_of(Db& db) {
    if (!has_table(db, "dreams_home_joins")) return {};  // an older program's
    return db.list<HomeJoin>(
        "SELECT *, NULL AS kept_address, NULL AS gone_address FROM dreams_home_joins");
}

auto name_of(const HomeJoin& join) {
    return std::tie(join.joined_at, join.kept.text, join.gone.text);
}

bool has_home(Db& db, const PropertyId& home) {
    return db.one<int>("SELECT 1 FROM properties WHERE id = :home", {{"home", home}}).has_value();
}

/// Something that one copy has to do: undo an import, or join two homes.
struct Deed {
    Instant at;
    std::int64_t import_id = 0;
    std::optional<HomeJoin> join = std::nullopt;
};

/// Imports of `db` that were undone in `other` alone.
void add_undoings(std::vector<Deed>& deeds, Db& db, Db& other) {
    std::map<std::pair<std::string, Instant>, Instant> undone;
    for (const auto& import : taken_back(other))
        if (import.undone_at)
            undone.emplace(std::pair(import.fingerprint, import.started_at), *import.undone_at);
    if (undone.empty()) return;
    for (const auto& import : taken_back(db)) {
        const auto there = undone.find({import.fingerprint, import.started_at});
        if (!import.undone_at && there != undone.end())
            deeds.push_back({.at = there->second, .import_id = import.id});
    }
}

/// Joins that stand, and that only `other` knows; the home that is to stay may be known there
/// alone.
void add_joins(std::vector<Deed>& deeds, Db& db, Db& other, const HomesJoined& joined) {
    const auto known = joins_of(db);
    for (auto& join : joins_of(other)) {
        const auto into = joined.into.find(join.gone.text);
        const bool stands =
            !join.undone_at && into != joined.into.end() && into->second == join.kept.text;
        const bool done = std::ranges::any_of(
            known, [&](const auto& ours) { return name_of(ours) == name_of(join); });
        if (stands && !done && has_home(db, join.gone) &&
            (has_home(db, join.kept) || has_home(other, join.kept)))
            deeds.push_back({.at = join.joined_at, .join = std::move(join)});
    }
}

std::vector<Deed> to_do(Db& db, Db& other, const HomesJoined& joined) {
    std::vector<Deed> deeds;
    add_undoings(deeds, db, other);
    add_joins(deeds, db, other, joined);
    std::ranges::stable_sort(deeds, {}, &Deed::at);
    return deeds;
}

bool join_as_there(Db& db, Db& other, const HomeJoin& join) {
    if (!has_home(db, join.gone)) return false;  // an undone import took it out
    if (!has_home(db, join.kept)) {
        const auto kept = property(other, join.kept);
        if (!kept) return false;
        db.add("properties", *kept);
    }
    join_homes(db, join);
    return true;
}

/// Gives how many homes that removed. Done in each copy, it makes no row newer than the other's.
std::int64_t do_all(Db& db, Db& other, const std::vector<Deed>& deeds) {
    std::int64_t removed = 0;
    db.script(
        "DROP TABLE IF EXISTS temp.stamps_before;"
        "CREATE TEMP TABLE stamps_before AS SELECT id, updated_at FROM main.properties");
    for (const auto& deed : deeds) {
        if (!deed.join)
            removed += undo_import(db, deed.import_id, deed.at).removed;
        else if (join_as_there(db, other, *deed.join))
            ++removed;
    }
    db.script(R"sql(
        CREATE INDEX temp.stamps_before_id ON stamps_before (id);
        UPDATE main.properties
           SET updated_at = (SELECT b.updated_at FROM temp.stamps_before b WHERE b.id = main.properties.id)
         WHERE EXISTS (SELECT 1 FROM temp.stamps_before b
                        WHERE b.id = main.properties.id AND b.updated_at IS NOT main.properties.updated_at);
        DROP TABLE temp.stamps_before)sql");
    return removed;
}

/// Homes of imports that were undone and that stayed, for a reason that only this file knows.
void add_those_that_stay(Db& db, std::set<std::string>& homes) {
    if (!has_table(db, "dreams_home_journal")) return;  // an older program's
    for (auto& home : db.list<std::string>(R"sql(
             SELECT j.row_id FROM dreams_home_journal j
               JOIN dreams_imports i ON i.id = j.action_id AND i.undone_at IS NOT NULL
               JOIN properties p ON p.id = j.row_id
              WHERE j.action = 'import' AND j.table_name = 'properties' AND j.column_name = 'id')sql"))
        homes.insert(std::move(home));
}

}  // namespace

HomesJoined homes_joined(std::vector<HomeJoin> joins) {
    std::ranges::sort(joins, {}, name_of);
    HomesJoined joined;
    for (const auto& join : joins) {
        const auto &gone = join.gone.text, &kept = join.kept.text;
        if (join.undone_at) {
            joined.into.erase(gone);
            joined.parted.insert(gone);
            continue;
        }
        joined.parted.erase(gone);
        joined.into[gone] = kept;
        joined.into.erase(kept);  // it was joined into another once, and back again
    }
    return joined;
}

HomesInStep bring_homes_in_step(Db& ours, Db& theirs) {
    HomesInStep step;
    // Of one join that either knows: undone anywhere is undone.
    auto all = joins_of(ours);
    for (auto& join : joins_of(theirs)) {
        const auto here = std::ranges::find_if(
            all, [&](const auto& each) { return name_of(each) == name_of(join); });
        if (here == all.end())
            all.push_back(std::move(join));
        else if (join.undone_at)
            here->undone_at = join.undone_at;
    }
    const auto joined = homes_joined(std::move(all));
    const auto here = to_do(ours, theirs, joined), there = to_do(theirs, ours, joined);
    if (!there.empty()) {
        step.passing = Db::open("", Db::Mode::create);  // on the disk, and gone when it is closed
        theirs.copy_to(*step.passing);
        create_schema(*step.passing);  // what an older program did not know yet
        do_all(*step.passing, ours, there);
    }
    step.did_something = !here.empty();
    if (step.did_something) step.removed = do_all(ours, theirs, here);
    add_those_that_stay(ours, step.staying);
    add_those_that_stay(step.passing ? *step.passing : theirs, step.staying);
    return step;
}

void list_homes_twice(MergeWork& work) {
    if (work.new_homes.empty()) return;
    HomeFinder finder(work.ours);
    for (const auto& id : work.new_homes) {
        const auto home = finder.row(id);
        if (!home) continue;
        const auto found = finder.find(home->listing);
        if (found.home)
            list_doubtful_homes(work.ours, id, found.home->id, "two copies captured it each",
                                work.now);
        for (const auto& doubt : found.doubts)
            list_doubtful_homes(work.ours, id, doubt.other, doubt.why, work.now);
    }
}

}  // namespace dreams::store
