#include "store/merge.h"

#include <algorithm>

#include "store/contact_properties.h"
#include "store/leads.h"
#include "store/merge_work.h"
#include "store/origin.h"
#include "store/property_identity.h"
#include "store/schema.h"
#include "store/table_walk.h"

namespace dreams::store {
namespace {

void require_one_schema(Db& theirs) {
    if (const int version = theirs.value<int>("PRAGMA user_version"); version != schema_version)
        throw Error(
            Fault::invalid,
            theirs.path() + " is of schema " + std::to_string(version) + ", this program's is " +
                std::to_string(schema_version) + "; " +
                (version < schema_version ? "`dreams migrate` brings an older file up to date"
                                          : "use the newer program that wrote it"));
}

MergeWork begin_work(Db& ours, Db& theirs, const Zone& zone, Instant now) {
    const auto here = origin(ours), there = origin(theirs);
    MergeWork work{.ours = ours, .theirs = theirs, .zone = zone, .now = now};
    work.name = here ? here->copy : "";
    work.other = there ? there->copy : "";
    work.remembers = there && (!here || here->copy != there->copy);
    work.disputes = Disputes(ours, theirs);
    work.base = MergeBase::find(ours, theirs);
    work.report.met_at = work.base.at();
    work.report.one_lineage = !here || !there || here->lineage == there->lineage;
    return work;
}

MergedTable merged(MergeWork& work, const MergeRule& rule) {
    MergedTable table{.table = std::string(rule.table)};
    if (rule.joined == Joined::ours || !has_table(work.theirs, table.table)) return table;
    if (rule.joined == Joined::parts)
        merge_parts(work, rule, table);
    else
        merge_rows(work, rule, table);
    return table;
}

/// What follows from the rest is made anew, by whoever makes it.
void put_right(Db& db) {
    db.run(R"sql(
        DELETE FROM dreams_waiting
         WHERE kind <> 'unreadable'
           AND (id IN (SELECT id FROM contact_events)
                OR id IN (SELECT id FROM contact_communications)
                OR id IN (SELECT id FROM lead_activities)))sql");
    repair_search(db);
    repair_keys(db);
    homes_to_look_at(db);
}

bool changed(const MergedTable& table) {
    return table.added + table.updated + table.removed > 0;
}

/// From now on both know what they had in common.
void remember(MergeWork& work) {
    take_over_bases(work.ours, work.theirs);
    if (!work.remembers) return;
    remember_copy(work.ours, work.theirs, work.other, work.now);
    work.ours.run("UPDATE dreams_origin SET merged_at = :now, merged_with = :other",
                  {{"now", work.now}, {"other", work.other}});
}

/// As people look for them: the dictionary's tables first.
void put_in_order(std::vector<MergedTable>& tables) {
    const auto place = [](const MergedTable& table) {
        const auto& known = dictionary_tables();
        return std::ranges::find_if(known,
                                    [&](const auto* each) { return each->name == table.table; }) -
               known.begin();
    };
    std::ranges::stable_sort(tables, {}, place);
}

}  // namespace

MergeReport merge(Db& ours, Db& theirs, const Zone& zone, Instant now) {
    const OneMoment moment(theirs);
    require_one_schema(theirs);
    ours.run("PRAGMA defer_foreign_keys = ON");  // until the transaction ends
    auto step = bring_homes_in_step(ours, theirs);
    auto work = begin_work(ours, step.passing ? *step.passing : theirs, zone, now);
    work.staying = std::move(step.staying);
    bool any = step.did_something;
    for (const auto& rule : merge_rules()) {
        if (rule.table == "leads") merge_joins(work);
        auto& table = work.report.tables.emplace_back(merged(work, rule));
        if (rule.table == "properties") table.removed += step.removed;
        any = any || changed(table);
    }
    settle_conflicts(work);
    if (any) put_right(ours);
    list_homes_twice(work);
    work.report.left = left_there(ours, theirs);
    remember(work);
    put_in_order(work.report.tables);
    return std::move(work.report);
}

}  // namespace dreams::store
