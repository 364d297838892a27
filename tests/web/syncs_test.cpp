#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::monday;
using test::WebSite;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

void add_run(WebSite& site, std::optional<Instant> completed, std::optional<std::string> error,
             std::string_view details) {
    site.db.run(
        "INSERT INTO sync_log (sync_type, source, direction, records_processed, records_created, "
        "records_updated, records_failed, started_at, completed_at, error_message, details) "
        "VALUES ('incremental', 'fub', 'import', 7345, 3, 2, 1, :started, :completed, :error, "
        ":details)",
        {{"started", monday - 10min},
         {"completed", completed},
         {"error", error},
         {"details", details}});
}

TEST(SyncsPage, ShowsWhatEachRunCameTo) {
    WebSite site;
    add_run(site, monday - 8min, std::nullopt,
            R"({"outcome":"partial","unchanged":3,"notices":["a new stage: Zoo"],)"
            R"("refused":[{"what":"event 7001","why":"it names no person"}]})");
    const auto page = site.body("/syncs");
    for (const auto* text :
         {"January 19, 10:50 am", "2 min 0 s", "outcome-partial", "a new stage: Zoo",
          "event 7001 refused: it names no person", "Incremental", "Follow Up Boss", "7,345"})
        EXPECT_THAT(page, HasSubstr(text));
}

TEST(SyncsPage, TellsRunningFailedAndDoneApart) {
    WebSite site;
    add_run(site, std::nullopt, std::nullopt, "{}");
    EXPECT_THAT(site.body("/syncs"), HasSubstr("outcome-running"));
    site.db.run("UPDATE sync_log SET completed_at = :at, error_message = 'no network'",
                {{"at", monday}});
    EXPECT_THAT(site.body("/syncs"), HasSubstr("outcome-failed"));
    EXPECT_THAT(site.body("/syncs"), HasSubstr("no network"));
    site.db.run("UPDATE sync_log SET error_message = NULL");
    EXPECT_THAT(site.body("/syncs"), HasSubstr("outcome-partial"));
    site.db.run("UPDATE sync_log SET records_failed = 0");
    EXPECT_THAT(site.body("/syncs"), HasSubstr("outcome-done"));
}

TEST(SyncsPage, TakesDetailsOfAnOlderProgramAsTheyAre) {
    WebSite site;
    for (const auto* details : {"fetched 3 pages", "[1,2]", "\"text\"", "{\"notices\":7}",
                                "{\"refused\":[7,{\"what\":1}]}"})
        add_run(site, monday, std::nullopt, details);
    EXPECT_EQ(site.get("/syncs").status, 200);
    EXPECT_EQ(site.get("/api/v1/syncs").status, 200);
    EXPECT_EQ(site.json("/api/v1/syncs").at("runs").at(4).at("details"), "fetched 3 pages");
}

TEST(SyncsJson, HasTheDetailsAsJson) {
    WebSite site;
    add_run(site, monday, std::nullopt, R"({"outcome":"done","requests":7})");
    const auto answer = site.json("/api/v1/syncs");
    EXPECT_EQ(answer.at("count"), 1);
    EXPECT_EQ(answer.at("runs").at(0).at("details").at("requests"), 7);
    EXPECT_EQ(answer.at("runs").at(0).at("records_processed"), 7345);
    EXPECT_TRUE(answer.at("next").is_null());
}

TEST(SyncsPage, TurnsPages) {
    WebSite site;
    for (int i = 0; i < 60; ++i) add_run(site, monday, std::nullopt, "{}");
    EXPECT_THAT(site.body("/syncs"), HasSubstr("href=\"/syncs?before=11\""));
    EXPECT_EQ(site.json("/api/v1/syncs?before=11").at("count"), 10);
    EXPECT_THAT(site.body("/syncs?before=11"), Not(HasSubstr(">Older<")));
    for (const auto* before : {"0", "-5", "x"})
        EXPECT_EQ(site.get(std::string("/syncs?before=") + before).status, 400) << before;
}

}  // namespace
}  // namespace dreams::web
