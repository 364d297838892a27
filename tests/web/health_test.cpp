#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "support/small_disk.h"
#include "web/metrics.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::monday;
using test::WebSite;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

void add_success(WebSite& site, Instant completed) {
    site.db.run(
        "INSERT INTO sync_log (sync_type, source, direction, completed_at) "
        "VALUES ('full', 'fub', 'import', :at)",
        {{"at", completed}});
}

TEST(Health, TellsTheVersionTheSchemaAndHowFreshItIs) {
    WebSite site;
    Lead ana = test::lead("Ana Lopez");
    ana.activity.last_activity_at = monday - 2h;
    site.db.add("leads", ana);
    add_success(site, monday - 1h);
    const auto answer = site.json("/health");
    EXPECT_EQ(answer.at("status"), "healthy");
    EXPECT_EQ(answer.at("version"), DREAMS_VERSION);
    EXPECT_EQ(answer.at("schema"), store::schema_version);
    EXPECT_EQ(answer.at("environment"), "test");
    EXPECT_TRUE(answer.at("database").at("reachable").as_bool());
    const auto& fub = answer.at("sources").at("fub");
    EXPECT_EQ(fub.at("newest_record"), "2026-01-19T14:00:00Z");
    EXPECT_EQ(fub.at("newest_record_age_seconds"), 7200);
    EXPECT_FALSE(fub.at("stale").as_bool());
}

TEST(Health, TellsThatTheDatabaseCannotBeReadAndNamesNoPath) {
    WebSite site;
    std::filesystem::remove(site.folder.file("dreams.db"));
    const auto response = site.get("/health");
    EXPECT_EQ(response.status, 503);
    const auto answer = json::parse(response.body);
    EXPECT_EQ(answer.at("status"), "unhealthy");
    EXPECT_FALSE(answer.at("database").at("reachable").as_bool());
    EXPECT_THAT(response.body, Not(HasSubstr(site.folder.path().string())));
}

TEST(Health, TellsThatTheDiskIsSmallOrFull) {
    test::SmallDisk disk(32);
    if (!disk.mounted()) GTEST_SKIP() << "a small disk cannot be mounted here";
    WebSite site;
    std::filesystem::copy_file(site.folder.file("dreams.db"), disk.path() / "dreams.db");
    site.options.database = (disk.path() / "dreams.db").string();
    site.dashboard = Dashboard(site.options);
    const auto expect = [&](int status, const std::string& reason) {
        const auto response = site.get("/health");
        EXPECT_EQ(response.status, status);
        const auto answer = json::parse(response.body);
        EXPECT_EQ(answer.at("status"), "degraded");
        EXPECT_THAT(std::string(answer.at("reason").as_string()), HasSubstr(reason));
        EXPECT_TRUE(answer.at("database").at("reachable").as_bool());
    };
    expect(200, "are free on the disk, and backups want 2");
    disk.leave(10);
    expect(503, "the disk is full");
    disk.make_room();
    expect(200, "are free");
}

TEST(Freshness, IsTheFirstThingOnEveryPage) {
    WebSite site;
    add_success(site, monday - 25min);
    EXPECT_THAT(site.body("/calls"), HasSubstr("25 minutes ago"));
    EXPECT_THAT(site.body("/calls"), Not(HasSubstr("older than it should be")));
    site.clock.sleep(30h);
    EXPECT_THAT(site.body("/people"), HasSubstr("older than it should be"));
}

TEST(MetricsPage, CountsWhatThereIsAndWhatWasAnswered) {
    WebSite site;
    const Lead ana = test::add_lead(site.db, "Ana");
    site.db.add("contact_events", test::event(ana, 1));
    add_success(site, monday - 90s);
    site.get("/calls");
    site.get("/nothing");
    const auto text = site.body("/metrics");
    for (const auto* line :
         {"\ndreams_leads 1\n", "\ndreams_events 1\n", "\ndreams_communications 0\n",
          "\ndreams_database_up 1\n", "\ndreams_last_success_age_seconds{source=\"fub\"} 90\n",
          "\ndreams_http_requests_total{status=\"200\"} 1\n",
          "\ndreams_http_requests_total{status=\"404\"} 1\n",
          "\ndreams_http_request_duration_seconds_bucket{le=\"+Inf\"} 2\n",
          "\ndreams_http_request_duration_seconds_count 2\n", "\nprocess_resident_memory_bytes "})
        EXPECT_THAT(text, HasSubstr(line));
}

TEST(MetricsPage, AnswersAlsoWhenTheDatabaseDoesNot) {
    WebSite site;
    std::filesystem::remove(site.folder.file("dreams.db"));
    const auto response = site.get("/metrics");
    EXPECT_EQ(response.status, 200);
    EXPECT_THAT(response.body, HasSubstr("\ndreams_database_up 0\n"));
    EXPECT_THAT(response.body, Not(HasSubstr("dreams_leads")));
}

TEST(Metrics, PutEachAnswerInItsBucket) {
    Metrics metrics;
    metrics.answered(200, 1ms);
    metrics.answered(200, 7ms);
    metrics.answered(503, 10s);
    const auto text = metrics.text();
    EXPECT_THAT(text, HasSubstr("_bucket{le=\"0.001\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("_bucket{le=\"0.005\"} 1\n"));
    EXPECT_THAT(text, HasSubstr("_bucket{le=\"0.01\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("_bucket{le=\"2.5\"} 2\n"));
    EXPECT_THAT(text, HasSubstr("_bucket{le=\"+Inf\"} 3\n"));
    EXPECT_THAT(text, HasSubstr("_sum 10.008\n"));
    EXPECT_GT(resident_bytes(), 1'000'000u);
}

}  // namespace
}  // namespace dreams::web
