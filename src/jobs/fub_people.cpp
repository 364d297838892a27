#include <set>

#include "jobs/fub_by_id.h"
#include "jobs/fub_walk.h"
#include "store/fub_people.h"
#include "store/waiting.h"

namespace dreams::jobs {
namespace {

/// Changes this much older than the newest one seen are read again: clocks and pages overlap.
constexpr std::chrono::minutes overlap{10};
/// `updated` and the counters are not trusted for longer than this: then everyone is read anew.
constexpr std::chrono::days walk_again_after{7};

/// `known`: people of the file.
void refuse_drop(const FubRun& run, std::size_t known, std::int64_t there) {
    run.refuse_drop("people", static_cast<std::int64_t>(known), there);
}

using Person = sources::FubPerson;
using Moment = std::optional<Instant> Person::*;

/// The newest `moment` among people seen; what a stream by time has been read up to.
struct Newest {
    std::optional<Instant> instant;
    void see(std::optional<Instant> other) {
        if (other && (!instant || *other > *instant)) instant = other;
    }
};

/// Never later than when the reading began: a stamp from the future would hide all changes until
/// then.
void save_watermark(FubRun& run, const std::string& stream, std::optional<Instant> instant,
                    Instant began) {
    Cursor cursor = store::cursor(run.db, "fub", stream);
    if (instant) cursor.watermark = std::min(*instant, began);
    store::save(run.db, cursor);
}

constexpr auto by_update = "people by update";
constexpr auto by_communication = "people by communication";

/// The ids of a list of people.
using Ids = std::set<std::int64_t>;

/// Reads everyone. Gives their ids; none: the walk went on from an earlier run, so not all passed.
std::optional<Ids> walk_everyone(FubRun& run) {
    const auto known = store::present_people(run.db).size();
    Newest updated, communicated;
    Ids ids;
    const List<Person> list{.stream = "people",
                            .counted_as = "people",
                            .page =
                                [&](sources::Query query) {
                                    // A walk that goes on is told the total of what is left.
                                    const bool from_the_top = query.empty();
                                    auto page = run.fub.people(std::move(query));
                                    if (page.total && from_the_top)
                                        refuse_drop(run, known, *page.total);
                                    return page;
                                },
                            .keep =
                                [&](FubRun::Commit& commit, const Person& person) {
                                    run.keep_person(commit, person);
                                    updated.see(person.updated);
                                    communicated.see(person.last_communication);
                                    ids.insert(person.id);
                                }};
    Walk<Person>(run, list).go(true);
    // Whoever was read first may have changed ever since: what comes next begins where this walk
    // began, be that days ago.
    const Instant began = store::cursor(run.db, "fub", "people").walked_at.value_or(run.now);
    auto transaction = run.db.begin();
    save_watermark(run, by_update, updated.instant, began);
    save_watermark(run, by_communication, communicated.instant, began);
    transaction.commit();
    return began == run.now ? std::optional(std::move(ids)) : std::nullopt;
}

/// Reads people from the newest `moment` down to the watermark. False: FUB did not sort, so the
/// answer says nothing and everyone has to be walked.
bool read_changed(FubRun& run, const char* stream, const char* sort, Moment moment,
                  std::optional<std::int64_t>& total) {
    const auto watermark = store::cursor(run.db, "fub", stream).watermark;
    StreamCounts& counts = run.stream("people");
    Newest newest;
    newest.see(watermark);
    sources::Query query{{"sort", sort}};
    std::optional<Instant> previous;
    for (std::string next;;) {
        const auto page = run.fub.people(query);
        if (page.total) refuse_drop(run, store::present_people(run.db).size(), *page.total);
        total = page.total;
        bool reached = page.next.empty() || page.rows == 0 || page.next == next;
        FubRun::Commit commit(run, counts);
        for (const Person& person : page.items) {
            const auto at = person.*moment;
            if (at && previous && *at > *previous + overlap) return false;
            if (!at || (watermark && *at < *watermark - overlap)) reached = true;
            if (at) previous = at;
            newest.see(at);
            run.keep_person(commit, person);
        }
        for (const auto& record : page.unreadable) commit.refuse(record);
        if (reached) save_watermark(run, stream, newest.instant, run.now);
        commit.commit();
        if (reached) return true;
        next = page.next;
        query = {{"sort", sort}, {"next", next}};
    }
}

/// `total`: of people that FUB speaks of.
bool read_all_changed(FubRun& run, std::optional<std::int64_t>& total) {
    return read_changed(run, by_update, "-updated", &Person::updated, total) &&
           read_changed(run, by_communication, "-lastCommunication", &Person::last_communication,
                        total);
}

/// Who is known but not among `there` any more is asked for by name, and marked if really gone.
void find_deleted(FubRun& run, const Ids& present) {
    const auto known = store::present_people(run.db);
    std::vector<std::int64_t> absent;
    for (const auto id : known)
        if (!present.contains(id)) absent.push_back(id);
    refuse_drop(run, known.size(), static_cast<std::int64_t>(known.size() - absent.size()));
    for (const auto id : absent) {
        const auto person = run.fub.person(id);
        FubRun::Commit commit(run, run.stream("people"));
        if (person) {
            run.keep_person(commit, *person);
        } else {
            store::mark_deleted(run.db, id, run.now);
            store::suspect_handed_over(run.db, FubId{std::to_string(id)}, run.now);
            commit.count(Kept::updated);
        }
        commit.commit();
    }
}

/// Where FUB does not list all ids in one answer, a page for every hundred people is asked for
/// only when its total says that somebody is gone, more than the last sweep could explain;
/// `anyway`: or in any case.
void sweep_if_fewer(FubRun& run, std::optional<std::int64_t> total, bool anyway) {
    const auto missing = [&] {
        const auto known = static_cast<std::int64_t>(store::present_people(run.db).size());
        return total ? std::max<std::int64_t>(known - *total, 0) : 0;
    };
    Cursor cursor = store::cursor(run.db, "fub", "people by id");
    const auto explained = text::integer(cursor.note.value_or("")).value_or(0);
    if (!anyway && missing() <= explained) return;
    const auto ids = run.fub.people_ids_by_page();
    find_deleted(run, Ids(ids.begin(), ids.end()));
    cursor.walked_at = run.now;
    cursor.note = std::to_string(missing());
    auto transaction = run.db.begin();
    store::save(run.db, cursor);
    transaction.commit();
}

}  // namespace

void sync_people(FubRun& run) {
    const Cursor cursor = store::cursor(run.db, "fub", "people");
    const bool walk = run.options.full || !cursor.walked_at || cursor.top != 0 ||
                      run.now - *cursor.walked_at > walk_again_after;
    std::optional<Ids> passed;
    std::optional<std::int64_t> total;
    if (walk) passed = walk_everyone(run);
    if (!passed) {
        const RequestsOf requests(run, run.stream("people"));
        run.progress.part("people", 0);
        // What changed while a walk was interrupted follows it at once.
        if (!read_all_changed(run, total) && !walk) passed = walk_everyone(run);
    }
    const RequestsOf requests(run, run.stream("people"));
    if (const auto ids = run.fub.people_ids())
        find_deleted(run, Ids(ids->begin(), ids->end()));
    else if (passed)
        find_deleted(run, *passed);
    else
        sweep_if_fewer(run, total, walk);
}

void sync_awaited(FubRun& run) {
    const auto awaited = store::people_waited_for(run.db, run.now);
    if (awaited.empty()) return;
    StreamCounts& stream = run.stream("people");
    const RequestsOf requests(run, stream);
    std::vector<std::string> ids;
    for (const auto& person : awaited) ids.push_back(person.text);
    ask_by_id(
        ids, [&](const auto& query) { return run.fub.people(query); },
        [&](const auto& page) {
            FubRun::Commit commit(run, stream);
            for (const auto& person : page.items) run.keep_person(commit, person);
            for (const auto& record : page.unreadable) commit.refuse(record);
            commit.commit();
        });
}

}  // namespace dreams::jobs
