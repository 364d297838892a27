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
        const auto whose = store::whose_backups(site.db, "test");
        return "dreams-test-202601" + std::string(moment) + "Z-" + whose.lineage.substr(0, 8) +
               "-" + whose.copy.substr(0, 8) + ".db.zst";
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
                AllOf(HasSubstr("goes out from this file (test), since January 18, 11:00"),
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
        for (const auto* path : {"/api/v1/file/compare?with=", "/file/compare?with="}) {
            const auto answer = site.ask("POST", std::string(path) + other);
            EXPECT_EQ(answer.status, *path == '/' && path[1] == 'a' ? 404 : 303) << other;
            EXPECT_EQ(answer.body.find("tables"), std::string::npos);
        }
}

TEST_F(FilePage, OfABackupThatAJobHasRemovedNamesTheOneInItsPlace) {
    back_up();
    for (const auto& part : {"", ".json"})
        std::filesystem::remove(plan.folder + "/" + name("18T120000") + part);
    const auto answer = site.ask("POST", "/file/compare?with=" + name("18T120000"));
    EXPECT_EQ(http::header(answer.headers, "Location"), "/file?gone=backup");
    EXPECT_THAT(site.body("/file?gone=backup"),
                AllOf(HasSubstr("That backup was replaced by the one of January 19, 7:00 am."),
                      HasSubstr(name("19T120000"))));
    EXPECT_EQ(http::header(site.ask("POST", "/file/compare?with=none.db").headers, "Location"),
              "/file?gone=file");
    EXPECT_THAT(site.body("/file?gone=file"), HasSubstr("That file is no longer there."));
    EXPECT_EQ(site.get("/file?gone=luck").status, 400);
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
    EXPECT_EQ(site.ask("POST", "/api/v1/file/compare?with=far.db.zst").status, 404);
}

TEST_F(FilePage, NamesNoBackupThatWasCutShort) {
    back_up();
    const auto file = plan.folder + "/" + name("19T120000");
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    EXPECT_THAT(site.body("/file"), Not(HasSubstr(name("19T120000"))));
    const auto answer = site.ask("POST", "/file/compare?with=" + name("19T120000"));
    EXPECT_EQ(answer.status, 303);
    EXPECT_THAT(http::header(answer.headers, "Location").value_or(""), HasSubstr("gone=backup"));
}

TEST_F(FilePage, SaysThatABackupWasSpoiled) {
    back_up();
    const auto file = plan.folder + "/" + name("19T120000");
    auto bytes = test::read_file(file);
    bytes.replace(bytes.size() / 2, 64, std::string(64, 'x'));
    test::write_file(file, bytes);
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
    site.options.flows = {{"Follow Up Boss", "dreams sync fub: 11:00 daily", "leads"}};
    site.dashboard = web::Dashboard(site.options);
    site.db.script(
        "CREATE TABLE owners_own (what TEXT NOT NULL CHECK (what <> ''));"
        "CREATE VIEW owners_view AS SELECT what FROM owners_own");
    EXPECT_THAT(site.body("/dictionary"),
                AllOf(HasSubstr("id=\"leads\""), HasSubstr("Scoring Fields"),
                      HasSubstr("Combined priority ranking"), HasSubstr("1 row<"),
                      HasSubstr("id=\"owners_own\""), HasSubstr("11:00 daily"),
                      HasSubstr("Where rows come from"), HasSubstr("dreams sync fub: 11:00 daily"),
                      HasSubstr("owners_view"), HasSubstr("CHECK(what &lt;&gt; &#39;&#39;)")));
    const auto told = site.json("/api/v1/dictionary");
    EXPECT_EQ(told.at("tables").at("leads").at("rows"), 1);
    EXPECT_EQ(told.at("jobs").at(0).at("job"), "FUB Sync");
    EXPECT_EQ(told.at("flows").at(0).at("into"), "leads");
    EXPECT_EQ(told.at("extras").at(0).at("name"), "owners_view");
}

}  // namespace
}  // namespace dreams::web
