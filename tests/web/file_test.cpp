// The pages of the file as a thing: copies, backups, comparison, what was typed twice, dictionary.

#include <gmock/gmock.h>

#include <filesystem>

#include "store/backup.h"
#include "store/origin.h"
#include "store/snapshot.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::monday;
using test::WebSite;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

constexpr auto no_backups = "There is no proved backup yet";

/// A stamped file with Ana and two backups.
class FilePage : public testing::Test {
protected:
    FilePage() {
        ana = test::add_lead(site.db, "Ana Bell");
        store::stamp(site.db, "test", monday - 24h);
    }
    void back_up() {
        site.options.backups = [this] { return store::backups(plan.folder, plan.environment); };
        site.dashboard = web::Dashboard(site.options);
        for (const auto ago : {28h, 4h})
            store::make_backup(site.db, plan, monday - ago, site.options.zone);
    }
    std::string name(std::string_view moment) {
        const auto mark = store::whose_backups(site.db, "test").lineage.substr(0, 8);
        return "dreams-test-202601" + std::string(moment) + "Z-" + mark + ".db.zst";
    }
    std::int64_t typed_twice() {
        site.db.run(R"sql(
            INSERT INTO dreams_merge_conflicts
                (table_name, row_id, column_name, ours, theirs, copy, found_at)
            VALUES ('leads', :ana, 'notes', 'likes <b>views</b>', 'two dogs', 'c0ffee', :now))sql",
                    {{"ana", ana.id}, {"now", monday}});
        site.db.run("UPDATE leads SET notes = 'likes <b>views</b>'");
        return site.db.last_id();
    }
    WebSite site;
    Lead ana;
    store::BackupPlan plan{.folder = site.folder.file("backups"), .environment = "test"};
};

TEST_F(FilePage, SaysWhichCopyItIsAndWhatToDoWithoutABackup) {
    EXPECT_THAT(site.body("/file"),
                AllOf(HasSubstr("This is the file that test sends from, since January 18, 11:00"),
                      HasSubstr(no_backups), HasSubstr("href=\"/dictionary\""),
                      Not(HasSubstr("This is the one to send from"))));
    const auto told = site.json("/api/v1/file");
    EXPECT_TRUE(told.at("may_send").as_bool());
    EXPECT_TRUE(told.at("others").as_array().empty());
}

TEST_F(FilePage, OfACopyAsksWhetherItIsTheOneToSendFrom) {
    store::mark_restored(site.db, site.db.path(), monday - 1h);
    EXPECT_THAT(site.body("/file"),
                AllOf(HasSubstr("is a copy of the TEST file"), HasSubstr("action=\"/file/claim\""),
                      HasSubstr("It is a copy, seen January 19, 10:00 am"),
                      Not(HasSubstr(site.folder.path().string()))));
    EXPECT_FALSE(site.json("/api/v1/file").at("may_send").as_bool());
    EXPECT_EQ(site.ask("POST", "/file/claim", {{"Sec-Fetch-Site", "cross-site"}}).status, 403);
    EXPECT_EQ(site.ask("POST", "/file/claim").status, 303);
    EXPECT_TRUE(site.json("/api/v1/file").at("may_send").as_bool());
}

TEST_F(FilePage, ListsBackupsAndSnapshotsAndSetsThemBesideTheFile) {
    back_up();
    store::take_snapshot(site.db, site.folder.file("dreams.db.before-merge-1.db"));
    test::add_lead(site.db, "Ben Cole");
    EXPECT_THAT(site.body("/file"),
                AllOf(HasSubstr(name("18T120000")), HasSubstr(name("19T120000")),
                      HasSubstr("Kept beside the file"), HasSubstr("dreams.db.before-merge-1.db"),
                      Not(HasSubstr(no_backups)), Not(HasSubstr(site.folder.path().string()))));
    for (const auto& other : {name("19T120000"), std::string("dreams.db.before-merge-1.db")}) {
        const auto page = site.ask("POST", "/file/compare?with=" + other);
        EXPECT_EQ(page.status, 200) << page.body;
        EXPECT_THAT(page.body, AllOf(HasSubstr("1 only in this file"), HasSubstr("✓ the same")));
        const auto told = json::parse(site.ask("POST", "/api/v1/file/compare?with=" + other).body);
        EXPECT_EQ(told.at("tables").at("leads").at("only_a"), 1);
        EXPECT_FALSE(told.at("same").as_bool());
    }
    site.db.run("DELETE FROM leads WHERE first_name = 'Ben'");
    EXPECT_THAT(site.ask("POST", "/file/compare?with=" + name("19T120000")).body,
                HasSubstr("Both say the same"));
}

TEST_F(FilePage, ComparesWithNothingThatItDoesNotName) {
    back_up();
    for (const auto* other : {"", "dreams.db", "../dreams.db", "/etc/passwd", "none.db"})
        EXPECT_EQ(site.ask("POST", std::string("/file/compare?with=") + other).status, 404)
            << other;
}

TEST_F(FilePage, NamesABackupOnAnotherMachine) {
    site.options.backups = [] {
        return std::vector<store::Backup>{
            {.file = "ssh://office.example/backups/far.db.zst", .made_at = monday - 4h}};
    };
    site.dashboard = web::Dashboard(site.options);
    EXPECT_THAT(site.body("/file"),
                AllOf(HasSubstr("far.db.zst"), HasSubstr("On another machine"),
                      Not(HasSubstr("/file/compare")), Not(HasSubstr("0 rows"))));
    EXPECT_EQ(site.ask("POST", "/file/compare?with=far.db.zst").status, 404);
}

TEST_F(FilePage, SaysThatABackupWasCutShort) {
    back_up();
    const auto file = plan.folder + "/" + name("19T120000");
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    const auto page = site.ask("POST", "/file/compare?with=" + name("19T120000"));
    EXPECT_EQ(page.status, 409);
    EXPECT_THAT(page.body, AllOf(HasSubstr(name("19T120000")), Not(HasSubstr(plan.folder))));
}

TEST_F(FilePage, ShowsWhatWasTypedInTwoCopiesAndTakesTheDecision) {
    const auto first = typed_twice();
    EXPECT_THAT(site.body("/file"),
                AllOf(HasSubstr("Ana Bell"), HasSubstr("likes &lt;b&gt;views&lt;/b&gt;"),
                      HasSubstr("two dogs"), HasSubstr("/people/lead-ana-bell")));
    const auto at = "/file/conflicts/" + std::to_string(first);
    EXPECT_EQ(site.ask("POST", at + "?side=both").status, 400);
    EXPECT_EQ(site.ask("POST", at + "?side=theirs").status, 303);
    EXPECT_EQ(site.db.value<std::string>("SELECT notes FROM leads"), "two dogs");
    EXPECT_THAT(site.body("/file"), Not(HasSubstr("Typed in two copies")));
    EXPECT_EQ(site.ask("POST", at + "?side=ours").status, 409) << "decided already";
    EXPECT_EQ(site.ask("POST", "/file/conflicts/99?side=ours").status, 404);
    EXPECT_EQ(site.ask("POST", "/file/conflicts/x?side=ours").status, 404);
}

TEST_F(FilePage, ExplainsEveryTableAndColumn) {
    site.options.jobs = {{.schedule = "11:00 daily", .job = "FUB Sync", .environment = "PRD"}};
    site.dashboard = web::Dashboard(site.options);
    site.db.script("CREATE TABLE owners_own (what TEXT)");
    EXPECT_THAT(site.body("/dictionary"),
                AllOf(HasSubstr("id=\"leads\""), HasSubstr("Scoring Fields"),
                      HasSubstr("Combined priority ranking"), HasSubstr("1 row<"),
                      HasSubstr("id=\"owners_own\""), HasSubstr("11:00 daily"),
                      HasSubstr("Where rows come from")));
    const auto told = site.json("/api/v1/dictionary");
    EXPECT_EQ(told.at("tables").at("leads").at("rows"), 1);
    EXPECT_EQ(told.at("jobs").at(0).at("job"), "FUB Sync");
    EXPECT_FALSE(told.at("flows").as_array().empty());
}

}  // namespace
}  // namespace dreams::web
