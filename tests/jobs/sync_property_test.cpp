// Whatever goes wrong on the way, the file after the last good run is the file of a run in which
// nothing did: row for row.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

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
    {"error_503_html", FubFault::error_503_html},
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

RC_GTEST_PROP(SyncProperty, AnyFaultsAndRestartsConvergeToTheFaultlessFile, ()) {
    const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1000);
    Office calm(sim::TownSize::of(40), seed), rough(sim::TownSize::of(40), seed);
    Db expected = test::database(), file = test::database();
    converge(rough, file, calm, expected, [] {});
    RC_ASSERT(test::difference(test::synced_rows(file), test::synced_rows(expected)) == "");
}

/// FUB counts no automated mail, so the file has what came along with mail by hand: that depends on
/// when it was asked.
void drop_automated(Db& db) {
    db.run("DELETE FROM contact_communications WHERE id IN (SELECT id FROM dreams_automated)");
    db.run("DELETE FROM dreams_automated");
}

RC_GTEST_PROP(SyncProperty, WhatHappensBetweenTheRunsIsNotLostEither, ()) {
    const auto seed = *rc::gen::inRange<std::uint64_t>(1, 1000);
    Office calm(sim::TownSize::of(40), seed), rough(sim::TownSize::of(40), seed);
    Db expected = test::database(), file = test::database();
    converge(rough, file, calm, expected, [&] {
        const int news = *rc::gen::inRange(0, 6);
        for (int i = 0; i < news; ++i) {
            const auto what = *rc::gen::inRange(0, 6);
            const auto who = *rc::gen::inRange<std::size_t>(0, 40);
            happen(rough.town, what, who);
            happen(calm.town, what, who);
        }
    });
    drop_automated(file);
    drop_automated(expected);
    RC_ASSERT(test::difference(test::synced_rows(file), test::synced_rows(expected)) == "");
}

}  // namespace
}  // namespace dreams::jobs
