// `dreams backup` and `dreams restore`, by the real program.

#include <gmock/gmock.h>

#include "cli/program.h"
#include "store/lease.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

std::int64_t people(const test::Program& program) {
    Db db = store::open_file(program.folder.file("dreams.db"), Db::Mode::read_only);
    return db.value<std::int64_t>("SELECT count(*) FROM leads");
}

TEST(Backup, IsTakenLockedShownAndRestored) {
    test::Program program;
    ASSERT_EQ(program.run({"backup", "--new-key", "key"}).status, 0);
    program.variables = {{"DREAMS_BACKUP_KEY_FILE", program.folder.file("key")},
                         {"DREAMS_ENVIRONMENT", "prd"}};
    {
        Db db = test::database(program.folder);
        test::add_lead(db, "Ana");
    }
    const auto taken = program.run({"backup", "--json"});
    ASSERT_EQ(taken.status, 0) << taken.err;
    EXPECT_TRUE(taken.json().at("verified").as_bool());
    EXPECT_EQ(taken.json().at("tables").at("leads").at("rows"), 1);
    const auto file = test::text(taken.json().at("file"));
    EXPECT_THAT(test::read_file(program.folder.file(file)), Not(HasSubstr("Ana")));
    {
        Db db = store::open_file(program.folder.file("dreams.db"));
        db.script("DELETE FROM leads");
    }
    const auto shown = program.run({"restore", file});
    EXPECT_THAT(shown.out, HasSubstr("1 only in B"));
    EXPECT_THAT(shown.out, HasSubstr("nothing was changed"));
    EXPECT_THAT(shown.err, HasSubstr("1 person who is not in")) << "deleted since";
    EXPECT_EQ(program.run({"restore", file, "--json"}).json().at("people_coming_back"), 1);
    EXPECT_EQ(people(program), 0);
    const auto restored = program.run({"restore", file, "--yes"});
    EXPECT_EQ(restored.status, 0) << restored.err;
    EXPECT_THAT(restored.out, HasSubstr("before-restore-"));
    EXPECT_EQ(people(program), 1);
    EXPECT_FALSE(program.run({"origin", "--json"}).json().at("may_send").as_bool())
        << "what was sent since the backup would be sent again";
}

TEST(Backup, OfAnEarlierKeyIsSpokenOf) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    const test::Variables first{{"DREAMS_BACKUP_KEY", std::string(64, 'a')}},
        second{{"DREAMS_BACKUP_KEY", std::string(64, 'b')}};
    ASSERT_EQ(program.run({"backup"}, first).status, 0);
    EXPECT_THAT(program.run({"status"}, first).out, Not(HasSubstr("another key")));
    EXPECT_THAT(program.run({"status"}, second).out, HasSubstr("1 needs another key"));
    EXPECT_EQ(program.run({"status", "--json"}).json().at("backup").at("other_key"), 1);
    EXPECT_THAT(program.run({"doctor"}, first).out, Not(HasSubstr("cannot be opened")));
    EXPECT_THAT(program.run({"doctor"}).out, HasSubstr("cannot be opened with the key"));
    const auto lost = program.run({"doctor", "--json"}, second);
    EXPECT_EQ(lost.status, 1);
    EXPECT_THAT(lost.out, HasSubstr("set backup.key_file to the key it was made with"));
    ASSERT_EQ(program.run({"backup"}, second).status, 0);
    EXPECT_THAT(program.run({"doctor"}, second).out, Not(HasSubstr("cannot be opened")));
}

TEST(Backup, OfAFutureDaySilencesNoAlarm) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    const auto at = [](int days) {
        return test::Variables{
            {"DREAMS_NOW", to_text(test::monday + std::chrono::hours{24 * days})}};
    };
    const auto state = [&](int days) {
        return program.run({"status", "--json"}, at(days)).json().at("backup");
    };
    ASSERT_EQ(program.run({"backup"}, at(0)).status, 0);
    ASSERT_EQ(program.run({"backup"}, at(900)).status, 0) << "the clock is ahead";
    EXPECT_FALSE(state(1).at("stale").as_bool());
    EXPECT_TRUE(state(2).at("stale").as_bool());
    EXPECT_EQ(state(2).at("last_proved"), to_text(test::monday).c_str());
}

TEST(Backup, IsNotRestoredWhileASyncIsUnderWay) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    const auto file = test::text(program.run({"backup", "--json"}).json().at("file"));
    Db db = store::open_file(program.folder.file("dreams.db"));
    const store::Lease sync(db, "sync idx", test::monday);  // this process lives
    const auto refused = program.run({"restore", file, "--yes"});
    EXPECT_EQ(refused.status, 4);
    EXPECT_THAT(refused.err, HasSubstr("sync idx"));
}

TEST(Backup, IsAJobOfTheTimetable) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    const auto ran = program.run({"run", "--once", "backup"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("opened again and found the same"));
    EXPECT_THAT(program.run({"status", "--json"}).json().at("backup").at("last_proved").is_string(),
                true);
}

TEST(Backup, ThatRottedIsAnAlarm) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    const auto at = [](int hours) {
        return test::Variables{{"DREAMS_NOW", to_text(test::monday + std::chrono::hours{hours})}};
    };
    const auto first = test::text(program.run({"backup", "--json"}, at(0)).json().at("file"));
    const auto file = program.folder.file(first);
    auto bytes = test::read_file(file);
    bytes[bytes.size() / 2] ^= 1;
    test::write_file(file, bytes);
    const auto ran = program.run({"run", "--once", "backup"}, at(1));
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("cannot be restored"));
    EXPECT_THAT(program.run({"doctor"}, at(2)).out, HasSubstr("A backup that was proved, "));
}

TEST(Backup, ThatWasCutShortIsAnAlarmUntilItIsRemoved) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    std::string first;
    for (int hours = 0; hours < 2; ++hours) {
        const auto made =
            program.run({"backup", "--json"},
                        {{"DREAMS_NOW", to_text(test::monday + std::chrono::hours{hours})}});
        if (first.empty()) first = test::text(made.json().at("file"));
    }
    const test::Variables then{{"DREAMS_NOW", to_text(test::monday + std::chrono::hours{2})}};
    const auto file = program.folder.file(first);
    std::filesystem::resize_file(file, 100);
    const auto doctor = program.run({"doctor"}, then);
    EXPECT_EQ(doctor.status, 1);
    EXPECT_THAT(doctor.out, HasSubstr("cannot be restored: it is cut short"));
    std::filesystem::remove(file);
    EXPECT_THAT(program.run({"doctor"}, then).out, HasSubstr("only its manifest is there"));
    std::filesystem::remove(file + ".json");
    EXPECT_THAT(program.run({"doctor"}, then).out, testing::Not(HasSubstr("cannot be restored")));
}

TEST(Backup, IsAnAlarmWhenTheLastOneIsOlderThanTwentySixHours) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    const auto stale_at = [&](std::chrono::minutes later) {
        const auto now = to_text(test::monday + later);
        return program.run({"status", "--json"}, {{"DREAMS_NOW", now}})
            .json()
            .at("backup")
            .at("stale")
            .as_bool();
    };
    ASSERT_EQ(program.run({"backup"}, {{"DREAMS_NOW", to_text(test::monday)}}).status, 0);
    EXPECT_FALSE(stale_at(std::chrono::minutes{26 * 60 - 1}));
    EXPECT_FALSE(stale_at(std::chrono::minutes{26 * 60}));
    EXPECT_TRUE(stale_at(std::chrono::minutes{26 * 60 + 1}));
}

TEST(Backup, SaysInASentenceWhatIsWrong) {
    test::Program program;
    EXPECT_THAT(program.run({"backup"}).err, HasSubstr("dreams init"));
    ASSERT_EQ(program.run({"init"}).status, 0);
    EXPECT_THAT(program.run({"backup"}, {{"DREAMS_BACKUP_KEY", "abc"}}).err,
                HasSubstr("64 hexadecimal digits"));
    EXPECT_THAT(program.run({"restore", "nowhere"}).err, HasSubstr("there is no file nowhere"));
    test::write_file(program.folder.file("noise"), "these are no bytes of a backup");
    EXPECT_THAT(program.run({"restore", "noise"}).err, HasSubstr("damaged"));
    EXPECT_EQ(program.run({"restore"}).status, 2);
}

}  // namespace
}  // namespace dreams::cli
