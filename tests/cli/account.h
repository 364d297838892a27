#pragma once

// A simulated Follow Up Boss account that the real program can ask over a socket.

#include "base/serve.h"
#include "cli/program.h"
#include "sim/fub/account.h"
#include "sim/town/town.h"
#include "support/database.h"

namespace dreams::test {

struct Account {
    explicit Account(int people = 40)
        : clock(monday),
          town(sim::TownSize::of(people), 1, monday),
          account(town, clock),
          server({}, account.handler()) {
        // Its clock stands, so that every run tells of the same Monday; no window would ever end.
        for (const char* context : {"global", "events"}) account.set_limit(context, 100'000);
    }

    /// What a run has to be told to ask this account, on a Monday in January.
    Variables variables() const {
        return {{"DREAMS_FUB_URL", "http://127.0.0.1:" + std::to_string(server.port()) + "/v1"},
                {"DREAMS_FUB_API_KEY", "fka_owner"},
                {"DREAMS_FUB_SYSTEM", "DREAMS"},
                {"DREAMS_FUB_SYSTEM_KEY", "system-key"},
                {"DREAMS_NOW", "2026-01-19T16:00:00Z"}};
    }

    ManualClock clock;
    sim::Town town;
    sim::FubAccount account;
    http::Server server;
};

/// A program with a file that has been synced with an account of forty people.
struct Office {
    explicit Office(int people = 40) : account(people) {
        program.variables = account.variables();
        const auto made = program.run({"init"});
        if (made.status != 0) throw std::runtime_error(made.err);
        synced = program.run({"sync", "--json"});
        if (synced.status != 0) throw std::runtime_error(synced.err + synced.out);
    }

    Account account;
    Program program;
    Ran synced;
};

}  // namespace dreams::test
