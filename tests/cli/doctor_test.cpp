// `dreams doctor`: what is wrong is found, and said with what to do.

#include <gmock/gmock.h>

#include <unistd.h>

#include <filesystem>

#include "cli/program.h"
#include "store/timetable.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// What `doctor` says of one check; empty: it has no such check.
std::string verdict(test::Program& program, const std::string& name,
                    const test::Variables& variables = {}) {
    const auto document = program.run({"doctor", "--json"}, variables).json();
    for (const auto& check : document.at("checks").as_array())
        if (test::text(check.at("name")) == name)
            return test::text(check.at("verdict")) + ": " + test::text(check.at("sentence"));
    return "";
}

class Doctor : public testing::Test {
protected:
    Doctor() {
        fs::permissions(program.folder.path(), fs::perms(0700));
        EXPECT_EQ(program.run({"init"}).status, 0);
    }
    Db open() { return store::open_file(program.folder.file("dreams.db")); }
    test::Program program;
};

TEST_F(Doctor, FindsNothingWrongWithANewFile) {
    const auto ran = program.run({"doctor"});
    EXPECT_EQ(ran.status, 0) << ran.out;
    EXPECT_THAT(ran.err, IsEmpty());
    EXPECT_THAT(ran.out, HasSubstr("dreams.db is sound"));
    EXPECT_THAT(verdict(program, "fub"), HasSubstr("advice: Follow Up Boss is not set up"));
    EXPECT_EQ(verdict(program, "links to FUB"), "");
    EXPECT_THAT(verdict(program, "links to FUB", {{"DREAMS_FUB_API_KEY", "k"}}),
                HasSubstr("advice: the pages cannot lead to a person"));
}

TEST_F(Doctor, SaysWhoPermittedThatASiteIsReadAndWhomItsOwnerCanTurnTo) {
    const test::Variables sites{
        {"DREAMS_FETCH_ALLOW_HOSTS", "www.a.example = Ana Lopez 2026-03-01, www.b.example"}};
    EXPECT_EQ(verdict(program, "site www.a.example", sites),
              "ok: may be read: Ana Lopez 2026-03-01");
    EXPECT_THAT(verdict(program, "site www.b.example", sites), HasSubstr("advice: "));
    EXPECT_THAT(verdict(program, "contact", sites), HasSubstr("fetch.contact"));
    EXPECT_EQ(verdict(program, "contact"), "") << "nothing is read";
    EXPECT_EQ(verdict(program, "contact",
                      {{"DREAMS_IDX_URL", "https://www.team.example"},
                       {"DREAMS_FETCH_CONTACT", "ana@office.example"}}),
              "");
}

TEST_F(Doctor, SaysWhoElseMayReadOrWriteTheFile) {
    EXPECT_THAT(verdict(program, "file's readers"), HasSubstr("ok: "));
    fs::permissions(program.folder.file("dreams.db"), fs::perms(0644));
    EXPECT_THAT(verdict(program, "file's readers"),
                AllOf(HasSubstr("advice: "), HasSubstr("chmod 600")));
    fs::permissions(program.folder.file("dreams.db"), fs::perms(0646));
    EXPECT_THAT(verdict(program, "file's readers"),
                HasSubstr("wrong: others on this machine may write"));
    fs::permissions(program.folder.path(), fs::perms(0755));
    EXPECT_THAT(verdict(program, "folder's readers"), HasSubstr("chmod 700"));
    EXPECT_EQ(verdict(program, "backups' readers"), "") << "there are none yet";
    ASSERT_EQ(program.run({"backup"}).status, 0);
    EXPECT_THAT(verdict(program, "backups' readers"), HasSubstr("ok: "));
    fs::permissions(program.folder.file("backups"), fs::perms(0777));
    EXPECT_THAT(verdict(program, "backups' readers"), HasSubstr("wrong: "));
}

TEST_F(Doctor, LooksAtSettingsAndKeyFiles) {
    const auto settings = program.folder.file("dreams.toml"), key = program.folder.file("fub.key");
    EXPECT_THAT(verdict(program, "settings"), HasSubstr("ok: there is no settings file"));
    EXPECT_THAT(verdict(program, "key files"), HasSubstr("ok: no key"));
    test::write_file(settings, "[fub]\napi_key_file = \"fub.key\"\n");
    fs::permissions(settings, fs::perms(0644));
    EXPECT_THAT(verdict(program, "key files"),
                AllOf(HasSubstr("wrong: "), HasSubstr("fub.key, which cannot be read")));
    EXPECT_EQ(program.run({"doctor"}).status, 1) << "it says so, and everything else too";
    EXPECT_EQ(program.run({"status"}).status, 1);
    test::write_file(key, "fka_1");
    fs::permissions(key, fs::perms(0640));
    EXPECT_THAT(verdict(program, "key files"), HasSubstr("ok: 1 is there"));
    fs::permissions(key, fs::perms(0644));
    EXPECT_THAT(verdict(program, "key files"),
                AllOf(HasSubstr("wrong: everybody"), HasSubstr("chmod 640 fub.key")));
    fs::permissions(key, fs::perms(0602));
    EXPECT_THAT(verdict(program, "key files"),
                HasSubstr("wrong: others on this machine may write to fub.key"));
    EXPECT_THAT(verdict(program, "settings"), HasSubstr("ok: ")) << "there is no secret in it";
    test::write_file(settings, "[fub]\napi_key = \"fka_1\"\n");
    EXPECT_THAT(verdict(program, "settings"),
                HasSubstr("wrong: everybody on this machine may read"));
}

TEST_F(Doctor, SaysWhatIsNotTheFoldersOwners) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root gives files away";
    EXPECT_THAT(verdict(program, "owner"), HasSubstr("ok: "));
    ASSERT_EQ(::chown(program.folder.path().c_str(), 65534, 65534), 0);
    EXPECT_THAT(verdict(program, "owner"),
                AllOf(HasSubstr("wrong: "), HasSubstr("chown nobody: "), HasSubstr("dreams.db")));
    for (const auto& each : fs::directory_iterator(program.folder.path()))
        ASSERT_EQ(::chown(each.path().c_str(), 65534, 65534), 0);
    EXPECT_THAT(verdict(program, "owner"),
                HasSubstr("advice: everything is nobody's, and this was run as root"));
}

TEST_F(Doctor, SaysThatALongReaderKeepsWritesOutOfTheFile) {
    EXPECT_THAT(verdict(program, "file's -wal"), HasSubstr("ok: "));
    const auto wal = program.folder.file("dreams.db-wal");
    test::write_file(wal, "");
    fs::resize_file(wal, 300u << 20);  // takes no room: nothing is in it
    EXPECT_THAT(verdict(program, "file's -wal"), HasSubstr("advice: 314 MB wait beside the file"));
}

TEST_F(Doctor, FindsReferencesThatLeadNowhereAndRunsOfTheFuture) {
    {
        Db db = open();
        db.script("PRAGMA foreign_keys = OFF");
        db.run(R"sql(INSERT INTO contact_communications (id, contact_id, comm_type,
                                                         direction, occurred_at)
                     VALUES ('c', 'nobody', 'call', 'inbound', '2026-01-19T16:00:00Z'))sql");
        db.run(
            "INSERT INTO sync_log (sync_type, source, direction, started_at)"
            " VALUES ('full', 'fub', 'import', '2126-01-19T16:00:00Z')");
    }
    EXPECT_THAT(verdict(program, "references"), HasSubstr("1 of contact_communications to leads"));
    EXPECT_THAT(verdict(program, "clock and file"),
                HasSubstr("wrong: the file has a run of a sync of 2126-01-19"));
    const auto ran = program.run({"doctor"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("is wrong"));
}

TEST_F(Doctor, FindsJobsThatNobodyDoesAndThatFailed) {
    {
        Db db = open();
        store::keep_timed_job(db, {.name = "score",
                                   .schedule = "5 4 * * *",
                                   .due_at = *instant_from("2026-01-19T04:05:00Z"),
                                   .outcome = JobEnd::failed,
                                   .sentence = "the disk is full"});
    }
    EXPECT_THAT(verdict(program, "timetable"), HasSubstr("wrong: nobody does the jobs"));
    EXPECT_THAT(verdict(program, "job score"), HasSubstr("wrong: failed: the disk is full"));
}

TEST_F(Doctor, FindsWhatTheFileHasOfTheFuture) {
    const auto at = [&](const char* now) {
        return verdict(program, "clock and file", {{"DREAMS_NOW", now}});
    };
    EXPECT_THAT(at("2026-01-19T16:00:00Z"),
                HasSubstr("wrong: the file has the file's beginning of"));
    EXPECT_THAT(at("2096-01-19T16:00:00Z"), HasSubstr("ok: "));
    ASSERT_EQ(program.run({"--now", "2096-01-20T16:00:00Z", "backup"}).status, 0);
    EXPECT_THAT(at("2096-01-19T16:00:00Z"),
                HasSubstr("wrong: the file has a backup of 2096-01-20 11:00"));
    Db db = open();
    store::keep_timed_job(db, {.name = "score", .ended_at = instant_from("2097-01-19T16:00:00Z")});
    EXPECT_THAT(at("2096-01-19T16:00:00Z"), HasSubstr("a job of 2097-01-19"));
    db.run("DELETE FROM dreams_jobs");
    fs::remove_all(program.folder.file("backups"));
    test::add_lead(db, "Ana");
    db.run(
        R"sql(INSERT INTO contact_communications (id, contact_id, comm_type, direction, occurred_at)
                 SELECT 'c', id, 'call', 'inbound', '2098-01-19T16:00:00Z' FROM leads)sql");
    EXPECT_THAT(at("2096-01-19T16:00:00Z"),
                HasSubstr("advice: the file has a call or message of 2098"));
}

TEST_F(Doctor, TellsHowFarFollowUpBosssClockIsAway) {
    EXPECT_THAT(verdict(program, "clock and FUB"), HasSubstr("ok: no sync has compared"));
    const auto ran = [&](const char* details) {
        Db db = open();
        db.run(
            "INSERT INTO sync_log (sync_type, source, direction, started_at, completed_at, details)"
            " VALUES ('full', 'fub', 'import', '2026-01-19T16:00:00Z', '2026-01-19T16:01:00Z', "
            ":details)",
            {{"details", details}});
    };
    ran(R"({"clock_ahead":7})");
    EXPECT_THAT(verdict(program, "clock and FUB"),
                HasSubstr("ok: they agreed at 2026-01-19 11:01"));
    ran(R"({"clock_ahead":-420})");
    ran("no details");
    EXPECT_THAT(verdict(program, "clock and FUB"),
                HasSubstr("wrong: at 2026-01-19 11:01 this machine's clock was 7 minutes behind "
                          "Follow Up Boss's"));
}

TEST_F(Doctor, SaysWhenTheMachinesZoneIsNotTheOffices) {
    const auto at = [&](const char* zone) { return verdict(program, "zone", {{"TZ", zone}}); };
    EXPECT_THAT(at("America/New_York"), HasSubstr("shows the office's time"));
    EXPECT_THAT(at(":US/Eastern"), HasSubstr("shows the office's time"));
    EXPECT_THAT(at("UTC"), HasSubstr("the machine's is UTC, the office's America/New_York"));
    EXPECT_THAT(at("America/Panama"), HasSubstr("at other times")) << "the same in winter alone";
}

TEST_F(Doctor, FindsJobsThatWaitTooLong) {
    Db db = open();
    store::keep_timed_job(db, {.name = "score",
                               .schedule = "5 4 * * *",
                               .due_at = *instant_from("2096-01-19T04:05:00Z")});
    EXPECT_THAT(verdict(program, "timetable"),
                HasSubstr("wrong: jobs wait for a time beyond their next (score)"));
}

TEST_F(Doctor, ABackupCutShortIsNone) {
    ASSERT_EQ(program.run({"backup"}).status, 0);
    EXPECT_THAT(verdict(program, "backup"), HasSubstr("ok: "));
    for (const auto& each : fs::directory_iterator(program.folder.file("backups")))
        if (each.path().extension() != ".json") fs::resize_file(each.path(), 100);
    EXPECT_THAT(verdict(program, "backup"), HasSubstr("cannot be restored: it is cut short"));
    for (const auto& each : fs::directory_iterator(program.folder.file("backups")))
        if (each.path().extension() == ".json") fs::remove(each.path());
    EXPECT_THAT(verdict(program, "backup"), HasSubstr("advice: there is none yet"));
}

TEST_F(Doctor, RaisesAnAlarmOfBackupsAndTellsNoKey) {
    EXPECT_THAT(verdict(program, "backup"), HasSubstr("advice: there is none yet"));
    ASSERT_EQ(program.run({"--now", "2026-01-19T16:00:00Z", "backup"}).status, 0);
    const auto at = [&](const char* now) {
        return verdict(program, "backup", {{"DREAMS_NOW", now}});
    };
    EXPECT_THAT(at("2026-01-20T17:59:00Z"), HasSubstr("ok: proved 2026-01-19 11:00"));
    EXPECT_THAT(at("2026-01-20T18:01:00Z"), HasSubstr("wrong: The last proved backup is of"));
    const std::string key(64, 'a');
    EXPECT_THAT(program.run({"doctor"}, {{"DREAMS_BACKUP_KEY", key}}).out, Not(HasSubstr(key)));
}

TEST_F(Doctor, SaysWhyThereIsNothingToLookAt) {
    const auto ran = program.run({"doctor", "--database", "elsewhere.db"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.out, HasSubstr("`dreams init` makes one"));
    test::write_file(program.folder.file("torn.db"), "SQLite format 3");
    EXPECT_EQ(program.run({"doctor", "--database", "torn.db"}).status, 1);
}

}  // namespace
}  // namespace dreams::cli
