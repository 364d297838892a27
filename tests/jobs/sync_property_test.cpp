// Whatever goes wrong on the way, the file after the last good run is the file of a run in which
// nothing did: row for row.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "support/office.h"

namespace dreams::jobs {
namespace {

using sim::FubFault;
using test::Office;

/// A fault by its name, so that a counterexample can be read.
struct Named {
    const char* name;
    FubFault fault;
    friend std::ostream& operator<<(std::ostream& out, const Named& named) {
        return out << named.name;
    }
};
const std::vector<Named> passing{
    {"error_500", FubFault::error_500},
    {"error_500_html", FubFault::error_500_html},
    {"error_500_empty", FubFault::error_500_empty},
    {"error_503", FubFault::error_503},
    {"error_503_html", FubFault::error_503_html},
    {"error_503_empty", FubFault::error_503_empty},
    {"error_504", FubFault::error_504},
    {"error_504_html", FubFault::error_504_html},
    {"error_504_empty", FubFault::error_504_empty},
    {"too_many_429", FubFault::too_many_429},
    {"too_many_429_silent", FubFault::too_many_429_silent},
    {"html_200", FubFault::html_200},
    {"wrong_content_type", FubFault::wrong_content_type},
    {"empty_200", FubFault::empty_200},
    {"truncated_body", FubFault::truncated_body},
    {"truncated_unmeasured", FubFault::truncated_unmeasured},
    {"truncated_chunked", FubFault::truncated_chunked},
    {"closed", FubFault::closed},
    {"refused", FubFault::refused},
    {"stall_before_headers", FubFault::stall_before_headers},
    {"stall_mid_body", FubFault::stall_mid_body},
    {"unauthorized_401", FubFault::unauthorized_401},
    {"forbidden_403", FubFault::forbidden_403},
    {"redirect_to_login", FubFault::redirect_to_login},
    {"repeated_page", FubFault::repeated_page},
    {"looping_cursor", FubFault::looping_cursor},
    {"chunked", FubFault::chunked},
    {"gzip", FubFault::gzip},
};
const std::vector<std::string> endpoints{"people",       "events", "calls",
                                         "textMessages", "emails", "*"};

/// A program that ends in the middle of its work, as kill -9 has it: the network throws what no
/// part of the sync catches.
struct Killed {};

/// A run that is killed at its n-th request; 0: it is not.
void run_until(Office& office, Db& db, int killed_at) {
    int asked = 0;
    const auto real = office.account.network();
    const http::Network network = [&](const http::Ask& ask) {
        if (++asked == killed_at) throw Killed{};
        return real(ask);
    };
    Progress silent;
    const sources::Fub fub(office.settings(), network, office.clock);
    try {
        sync_fub(db, fub, office.clock, {}, silent);
    } catch (const Killed&) {
    }
    // A killed process leaves its lease behind; the next finds its holder dead.
    db.run("DELETE FROM dreams_leases");
}

/// Something happens in both towns alike, now.
void happen(sim::Town& town, int what, std::size_t who) {
    const auto& people = town.people().rows();
    const auto person = people[who % people.size()].id;
    switch (what) {
        case 0:
            town.add_event(person, "Viewed Property", 1);
            break;
        case 1:
            town.add_call({.person = person, .incoming = true, .seconds = 60});
            break;
        case 2:
            town.add_text({.person = person, .incoming = true});
            break;
        case 3:
            town.add_text({.person = person, .incoming = false});
            break;
        case 4:
            town.add_email({.people = {{person, true}}, .incoming = true});
            break;
        default:
            town.edit_person(person, [](sim::Contact& contact) {
                contact.last = contact.last.value_or("") + "-Moved";
            });
    }
}

/// The same for acts on people that the sync has to find out by itself. Whoever others were merged
/// into is not removed: a file that had read the others keeps what was theirs, a new one never
/// sees it.
void rearrange(sim::Town& town, std::set<std::int64_t>& winners, int what, std::size_t who,
               std::size_t other) {
    const auto& people = town.people().rows();
    const auto& person = people[who % people.size()];
    const auto& second = people[other % people.size()];
    if (person.gone || second.gone || person.id == second.id) return;
    switch (what) {
        case 0:
            return town.trash(person.id);
        case 1:
            if (!winners.contains(person.id)) town.remove_person(person.id);
            return;
        default:
            winners.insert(person.id);
            return town.merge(person.id, {second.id});
    }
}

/// Faults count the requests of all runs: those of the `run`-th lie further on.
void break_some(Office& office, int run) {
    const int faults = *rc::gen::inRange(0, 6);
    for (int i = 0; i < faults; ++i)
        office.account.faults().at(*rc::gen::elementOf(endpoints),
                                   *rc::gen::inRange(1, 30 * (run + 1)),
                                   (*rc::gen::elementOf(passing)).fault);
}

/// One run after the other, faults and kills in the first ones, `between` after each of them; then
/// two good ones. The calm office has a single good one at the end.
void converge(Office& rough, Db& file, Office& calm, Db& expected,
              const std::function<void()>& between) {
    const int runs = *rc::gen::inRange(1, 5);
    for (int run = 0; run < runs; ++run) {
        break_some(rough, run);
        run_until(rough, file, *rc::gen::inRange(0, 40));
        between();
    }
    rough.account.faults().clear();
    run_until(rough, file, 0);
    run_until(rough, file, 0);
    run_until(calm, expected, 0);
}

/// FUB counts no automated mail, so the file has what came along with mail by hand: that depends on
/// when it was asked.
void drop_automated(Db& db) {
    db.run("DELETE FROM contact_communications WHERE id IN (SELECT id FROM dreams_automated)");
    db.run("DELETE FROM dreams_automated");
}

RC_GTEST_PROP(SyncProperty, AnyFaultsAndRestartsConvergeToTheFaultlessFile, ()) {
    const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1000);
    const bool quiet = *rc::gen::arbitrary<bool>();
    Office calm(sim::TownSize::of(40), seed), rough(sim::TownSize::of(40), seed);
    Db expected = test::database(), file = test::database();
    converge(rough, file, calm, expected, [&] {
        const int news = quiet ? 0 : *rc::gen::inRange(0, 6);
        for (int i = 0; i < news; ++i) {
            const auto what = *rc::gen::inRange(0, 6);
            const auto who = *rc::gen::inRange<std::size_t>(0, 40);
            happen(rough.town, what, who);
            happen(calm.town, what, who);
        }
    });
    if (!quiet) {
        drop_automated(file);
        drop_automated(expected);
    }
    RC_ASSERT(test::difference(test::synced_rows(file), test::synced_rows(expected)) == "");
}

/// Who was deleted before a file's first run is not in it, and when each row came depends on the
/// runs: what is left must be the same.
void drop_what_runs_differ_in(Db& db, const sim::Town& town) {
    drop_automated(db);
    for (const auto& person : town.people().rows()) {
        if (!person.gone) continue;
        const std::string number = std::to_string(person.id);
        const bool still_there =
            db.one<int>("SELECT 1 FROM dreams_fub_people WHERE fub_id = :id AND deleted_at IS NULL",
                        {{"id", number}})
                .has_value();
        RC_ASSERT(!still_there);
        for (const auto* sql :
             {"DELETE FROM contact_events WHERE contact_id = :id",
              "DELETE FROM lead_activities WHERE lead_id = (SELECT id FROM leads WHERE fub_id = "
              ":id)",
              "DELETE FROM contact_communications WHERE contact_id = (SELECT id FROM leads WHERE "
              "fub_id = :id)",
              "DELETE FROM leads WHERE fub_id = :id",
              "DELETE FROM dreams_fub_people WHERE fub_id = :id"})
            db.run(sql, {{"id", number}});
    }
}

/// Whom the file holds, and whose each record is.
std::string belongings(Db& db) {
    std::string text;
    for (const auto& line : db.list<std::string>(R"sql(
             SELECT 'person ' || fub_id || ' ' || coalesce(stage, '') || ' ' ||
                    coalesce(first_name, '') || ' ' || coalesce(last_name, '') || ' ' ||
                    coalesce(email, '') || ' ' || coalesce(phone, '') FROM leads
             UNION ALL SELECT id || ' ' || contact_id FROM contact_events
             UNION ALL SELECT a.id || ' ' || l.fub_id FROM lead_activities a
                         JOIN leads l ON l.id = a.lead_id
             UNION ALL SELECT c.id || ' ' || l.fub_id || ' ' || coalesce(c.status, '')
                         FROM contact_communications c JOIN leads l ON l.id = c.contact_id
             UNION ALL SELECT 'stale ' || fub_id FROM dreams_fub_people
                        WHERE stale_since IS NOT NULL
             ORDER BY 1)sql"))
        text += line + "\n";
    return text;
}

/// Days pass, people are trashed, deleted and merged, and the walk of them has several pages.
void live_on(int people, bool ids_only) {
    const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1000);
    Office calm(sim::TownSize::of(people), seed), rough(sim::TownSize::of(people), seed);
    rough.account.options().ids_only = ids_only;
    Db expected = test::database(), file = test::database();
    std::set<std::int64_t> winners;
    const auto anyone = rc::gen::inRange<std::size_t>(0, static_cast<std::size_t>(people));
    converge(rough, file, calm, expected, [&] {
        const std::chrono::hours passed{*rc::gen::inRange(1, 100)};
        rough.wait(passed);
        calm.wait(passed);
        const int news = *rc::gen::inRange(0, 6);
        for (int i = 0; i < news; ++i) {
            const auto what = *rc::gen::inRange(0, 9);
            const auto who = *anyone, other = *anyone;
            for (auto* town : {&rough.town, &calm.town})
                what < 6 ? happen(*town, what, who)
                         : rearrange(*town, winners, what - 6, who, other);
        }
    });
    drop_what_runs_differ_in(file, rough.town);
    drop_what_runs_differ_in(expected, calm.town);
    RC_ASSERT(test::difference(belongings(file), belongings(expected)) == "");
}

RC_GTEST_PROP(SyncProperty, DaysAndMergesBetweenTheRunsAreCarried, ()) {
    live_on(*rc::gen::weightedElement<int>({{14, 40}, {1, 230}}), *rc::gen::arbitrary<bool>());
}

}  // namespace
}  // namespace dreams::jobs
