// What can be wrong with the file, the settings and the account: one sentence on standard error
// and an exit status, by the real program.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "cli/account.h"
#include "store/leads.h"
#include "store/lease.h"

namespace dreams::cli {
namespace {

using sim::FubFault;
using testing::HasSubstr;
using testing::StartsWith;

/// Failed, said why in one line, and gave no answer.
void expect_refused(const test::Ran& ran, const std::string& sentence, int status = 1) {
    EXPECT_EQ(ran.status, status);
    EXPECT_EQ(ran.out, "");
    EXPECT_THAT(ran.err, StartsWith("dreams: "));
    EXPECT_THAT(ran.err, HasSubstr(sentence));
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
}

const test::Words commands_that_need_a_file[] = {{"sync"},  {"score"},          {"calls"},
                                                 {"leads"}, {"explain", "Ana"}, {"status"},
                                                 {"serve"}, {"migrate"}};

TEST(BadInput, NoFile) {
    test::Program program;
    for (const auto& words : commands_that_need_a_file) {
        SCOPED_TRACE(words[0]);
        expect_refused(program.run(words), "there is no file dreams.db");
        EXPECT_FALSE(std::filesystem::exists(program.folder.file("dreams.db")));
    }
}

TEST(BadInput, AFileThatIsNoDatabase) {
    test::Program program;
    const std::string letter(5000, 'x');
    test::write_file(program.folder.file("dreams.db"), letter);
    for (const auto& words : commands_that_need_a_file) {
        SCOPED_TRACE(words[0]);
        expect_refused(program.run(words), "dreams.db");
        EXPECT_EQ(test::read_file(program.folder.file("dreams.db")), letter);
    }
}

TEST(BadInput, AFileOfANewerProgram) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    Db::open(program.folder.file("dreams.db")).script("PRAGMA user_version = 999");
    for (const auto& words : commands_that_need_a_file) {
        SCOPED_TRACE(words[0]);
        expect_refused(program.run(words), "newer");
    }
}

TEST(BadInput, AFileOfAnOlderProgramIsSentToMigrate) {
    test::Program program;
    Db::open(program.folder.file("dreams.db"), Db::Mode::create)
        .script("CREATE TABLE leads (id TEXT PRIMARY KEY)");
    expect_refused(program.run({"calls"}), "`dreams migrate`");
}

TEST(BadInput, AFileThatIsThereAlready) {
    test::Program program;
    test::write_file(program.folder.file("dreams.db"), "mine");
    expect_refused(program.run({"init"}), "dreams.db is there already; it was not touched");
    EXPECT_EQ(test::read_file(program.folder.file("dreams.db")), "mine");
}

TEST(BadInput, OfTwoWhoMakeAFileAtOnceOneIsToldSo) {
    for (int i = 0; i < 5; ++i) {
        test::Program program;
        auto one = program.start({"init"}), other = program.start({"init"});
        auto first = one.ended(), second = other.ended();
        if (first.status != 0) std::swap(first, second);
        EXPECT_EQ(first.status, 0) << first.err;
        expect_refused(second, "dreams.db is there already; it was not touched");
        EXPECT_EQ(program.run({"status"}).status, 0);
    }
}

TEST(BadInput, AFileThatMayOnlyBeRead) {
    using std::filesystem::perms;
    test::Account account(20);
    test::Program program;
    program.variables = account.variables();
    ASSERT_EQ(program.run({"init"}).status, 0);
    const auto before = test::read_file(program.folder.file("dreams.db"));
    std::filesystem::permissions(program.folder.file("dreams.db"), perms(0444));
    std::filesystem::permissions(program.folder.path(), perms(0555));
    program.as_nobody = true;
    for (const auto* command : {"sync", "score"})
        expect_refused(program.run({command}),
                       "dreams.db cannot be written: the file or its folder is read-only");
    program.as_nobody = false;
    std::filesystem::permissions(program.folder.path(), perms(0755));
    EXPECT_EQ(test::read_file(program.folder.file("dreams.db")), before);
}

TEST(BadInput, AFolderThatIsNotThere) {
    test::Program program;
    expect_refused(program.run({"init", "--database", "no/such/dreams.db"}),
                   "there is no folder no/such");
}

TEST(BadInput, SettingsThatAreNone) {
    test::Program program;
    test::write_file(program.folder.file("dreams.toml"), "[fub]\napi_kee = 'x'\n");
    expect_refused(program.run({"status"}), "dreams.toml, line 2: there is no setting fub.api_kee");
    expect_refused(program.run({"--config", "mine.toml", "status"}),
                   "there is no settings file mine.toml");
    std::filesystem::remove(program.folder.file("dreams.toml"));
    expect_refused(program.run({"status"}, {{"DREAMS_DATABSE", "x"}}), "DREAMS_DATABASE?");
}

TEST(BadInput, NoKey) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    expect_refused(program.run({"sync"}), "set fub.api_key in dreams.toml, or DREAMS_FUB_API_KEY");
}

TEST(BadInput, AListeningAddressThatOthersCouldReach) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    expect_refused(program.run({"serve", "--listen", "0.0.0.0:8484"}), "loopback");
    expect_refused(program.run({"serve", "--listen", "somewhere"}), "127.0.0.1:8484");
}

TEST(BadInput, NobodyAndSeveralPeople) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    Db db = store::open_file(program.folder.file("dreams.db"));
    for (const auto* id : {"a", "b"}) {
        Lead lead = test::lead("Ana Test");
        lead.id.text = id;
        lead.person.fub_id = FubId{id};
        lead.person.external_id = id;
        db.add("leads", lead);
    }
    store::repair_search(db);
    expect_refused(program.run({"explain", "Bob", "Nobody"}), "nobody is called 'Bob Nobody'");
    expect_refused(program.run({"explain", "Ana", "Test"}),
                   "several people are called 'Ana Test': a (Ana Test, ");
    expect_refused(program.run({"explain", "ana"}),
                   "nobody is called just 'ana'; did you mean a (Ana Test, ");
}

TEST(BadInput, ADiskThatTakesNoAnswer) {
    test::Program program;
    const auto command = std::string(DREAMS_PROGRAM) + " --help > /dev/full 2> '" +
                         program.folder.file("said") + "'";
    const int status = std::system(command.c_str());
    EXPECT_EQ(WEXITSTATUS(status), 1);
    EXPECT_EQ(test::read_file(program.folder.file("said")),
              "dreams: the answer could not be written to standard output\n");
}

// ---- The account

/// A run against an account where something is wrong, the whole program and a real socket.
struct Sick {
    test::Account account{20};
    test::Program program;

    Sick() {
        program.variables = account.variables();
        if (program.run({"init"}).status != 0) throw std::runtime_error("no file");
    }
    test::Ran sync(const test::Variables& variables = {}) {
        return program.run({"sync", "--quiet"}, variables);
    }
};

TEST(BadAccount, AWrongKey) {
    Sick sick;
    expect_refused(sick.sync({{"DREAMS_FUB_API_KEY", "fka_wrong"}}),
                   "Follow Up Boss does not accept the API key; check fub.api_key");
}

TEST(BadAccount, OneThatHasExpired) {
    Sick sick;
    sick.account.account.options().expired = true;
    expect_refused(sick.sync(), "the account has expired");
}

TEST(BadAccount, AWebPageInsteadOfData) {
    Sick sick;
    sick.account.account.faults().from("*", 1, FubFault::html_200);
    expect_refused(sick.sync(), "Follow Up Boss answered with a web page instead of data");
}

TEST(BadAccount, ABodyThatIsCutOff) {
    Sick sick;
    sick.account.account.faults().from("people", 1, FubFault::truncated_unmeasured);
    expect_refused(sick.sync(), "Follow Up Boss's answer was cut off");
    sick.account.account.faults().clear();
    // The next that is cut off is asked for again, and nobody has to know.
    auto& account = sick.account.account;
    account.faults().at("people", account.requests().at("people") + 1, FubFault::truncated_body);
    EXPECT_EQ(sick.sync().status, 0);
    Db db = store::open_file(sick.program.folder.file("dreams.db"));
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) FROM leads"), 20);
}

TEST(BadAccount, NumbersThatComeAsText) {
    Sick plain, sick;
    sick.account.account.options().numbers_as_text = true;
    sick.account.account.options().totals_as_text = true;
    const auto expected = plain.program.run({"sync", "--json"}).json().at("runs").at(0);
    const auto ran = sick.program.run({"sync", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.json().at("runs").at(0).at("created"), expected.at("created"));
}

TEST(BadAccount, ALoginPage) {
    Sick sick;
    sick.account.account.faults().from("*", 1, FubFault::redirect_to_login);
    expect_refused(sick.sync(), "check fub.url");
}

TEST(BadAccount, NobodyAnswers) {  // takes the pauses that it takes, some fifteen seconds
    Sick sick;
    expect_refused(sick.sync({{"DREAMS_FUB_URL", "http://127.0.0.1:1/v1"}}), "127.0.0.1:1");
}

TEST(BadAccount, AnAddressThatIsNone) {
    Sick sick;
    expect_refused(sick.sync({{"DREAMS_FUB_URL", "fub"}}), "fub.url is 'fub', which is no address");
}

TEST(BadAccount, AFailedRunIsAnsweredInJsonToo) {
    Sick sick;
    const auto ran = sick.program.run({"sync", "--json"}, {{"DREAMS_FUB_API_KEY", "fka_wrong"}});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("does not accept the API key"));
    const auto run = ran.json().at("runs").at(0);
    EXPECT_EQ(run.at("outcome"), "failed");
    EXPECT_EQ(run.at("error"), "Follow Up Boss does not accept the API key; check fub.api_key");
}

TEST(BadAccount, RecordsThatAreRefusedAreListedAndTheStatusIsThree) {
    Sick sick;
    const auto event = sick.account.town.add_event(0, "Viewed Property", 2);
    const auto ran = sick.program.run({"sync", "--json"});
    EXPECT_EQ(ran.status, 3);
    const auto run = ran.json().at("runs").at(0);
    EXPECT_EQ(run.at("outcome"), "partial");
    EXPECT_EQ(run.at("failed"), 1);
    EXPECT_EQ(test::text(run.at("refused").at(0).at("what")), "event " + std::to_string(event));
    EXPECT_EQ(sick.sync().status, 0);  // the next run knows it
}

TEST(BadAccount, ANameThatWouldMoveTheCursor) {
    Sick sick;
    const auto person = sick.account.town.people().rows()[3].id;
    sick.account.town.edit_person(person, [](sim::Contact& contact) {
        contact.first = "Zoë 🏡";
        contact.last = "O'Brien\033[2J\x9b\nUnion";
    });
    EXPECT_EQ(sick.sync().status, 0);
    const auto ran = sick.program.run({"leads", "--search", "o'brien union"});
    EXPECT_THAT(ran.out, HasSubstr("Zoë 🏡 O'Brien"));
    EXPECT_EQ(ran.out.find('\033'), std::string::npos);
    EXPECT_EQ(std::ranges::count(ran.out, '\n'), 2);
}

TEST(BadAccount, TwoRunsAtOnceTheSecondSaysSo) {
    Sick sick;
    Db db = store::open_file(sick.program.folder.file("dreams.db"));
    {
        const store::Lease first(db, "sync fub", test::monday);
        expect_refused(sick.sync(), "another run of 'sync fub' is under way", 4);
        EXPECT_EQ(sick.account.account.requests_in_all(), 0);
    }
    EXPECT_EQ(sick.sync().status, 0);
}

}  // namespace
}  // namespace dreams::cli
