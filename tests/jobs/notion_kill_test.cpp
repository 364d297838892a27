// kill -9 in the middle of a push, fifty times: no page twice, and the next good run ends it. The
// workspace lives in the test, the sync in a process of its own: they talk over a socket.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "base/serve.h"
#include "support/workspace.h"

namespace dreams::jobs {
namespace {

/// Syncs in a process of its own, which is killed after `microseconds`. True: it was not done yet.
bool sync_and_kill(const sources::NotionSettings& settings, const std::string& file, Instant now,
                   unsigned microseconds) {
    const pid_t child = ::fork();
    if (child == 0) {
        ManualClock clock(now);  // its pauses take no time
        Db db = store::open_file(file);
        sources::Notion client(settings, http::network(), clock);
        Progress silent;
        sync_notion(db, client, clock, Zone("America/New_York"), {}, silent);
        ::_exit(0);
    }
    ::usleep(microseconds);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

TEST(NotionKill, FiftyTimesInAPushMakesNoPageTwice) {
    const test::Folder folder(test::quick_place());
    const auto file = folder.file("dreams.db");
    test::Workspace team(test::database(folder), {.requests_a_minute = 1'000'000});
    http::Server server({.workers = 1}, team.notion.handler());
    auto settings = team.settings();
    settings.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/v1";

    std::mt19937 random(20260119);
    std::uniform_int_distribution<unsigned> moment(5'000, 150'000);
    int killed = 0;
    std::size_t homes = 0;
    for (int i = 0; i < 50; ++i) {
        if (i % 10 == 0) team.homes_on_elm(homes += 60, 450'000 + i);  // more to push, and prices
        killed += sync_and_kill(settings, file, team.clock.now(), moment(random));
        ASSERT_EQ(team.db.value<std::string>("PRAGMA integrity_check"), "ok");
        team.wait(std::chrono::minutes{10});
    }
    server.stop();
    EXPECT_GT(killed, 20) << "too few were killed in time to mean anything";

    for (int calm = 0; calm < 2; ++calm) {
        ASSERT_EQ(team.sync().outcome, Outcome::done);
        team.wait(std::chrono::hours{25});
    }
    EXPECT_EQ(team.notion.pages().size(), homes);
    std::set<std::string> ids;
    for (const auto& page : team.notion.pages()) ids.insert(team.notion.shown(page, "DREAMS ID"));
    EXPECT_EQ(ids.size(), homes);
    EXPECT_EQ(
        team.db.value<std::size_t>("SELECT count(*) FROM properties WHERE sync_status = 'synced'"),
        homes);
    std::cout << killed << " of 50 runs were killed before they were done\n";
}

}  // namespace
}  // namespace dreams::jobs
