// `dreams doctor`: what is wrong is found, and said with what to do.

#include <gmock/gmock.h>

#include <filesystem>

#include "cli/program.h"
#include "store/timetable.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

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
        std::filesystem::permissions(program.folder.path(), std::filesystem::perms(0700));
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

TEST_F(Doctor, SaysWhoElseMayReadTheFile) {
    EXPECT_THAT(verdict(program, "file's owner"), HasSubstr("ok: "));
    std::filesystem::permissions(program.folder.file("dreams.db"), std::filesystem::perms(0644));
    EXPECT_THAT(verdict(program, "file's owner"), HasSubstr("chmod 600"));
    std::filesystem::permissions(program.folder.path(), std::filesystem::perms(0755));
    EXPECT_THAT(verdict(program, "folder's owner"), HasSubstr("chmod 700"));
}

TEST_F(Doctor, SaysThatALongReaderKeepsWritesOutOfTheFile) {
    EXPECT_THAT(verdict(program, "file's -wal"), HasSubstr("ok: "));
    const auto wal = program.folder.file("dreams.db-wal");
    test::write_file(wal, "");
    std::filesystem::resize_file(wal, 300u << 20);  // takes no room: nothing is in it
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
    EXPECT_THAT(verdict(program, "clock and file"), HasSubstr("wrong: "));
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
