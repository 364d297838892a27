// Wrong usage: one sentence, exit status 2, nothing on standard output.

#include <gmock/gmock.h>

#include "cli/program.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

struct Wrong {
    test::Words words;
    const char* sentence;
};
void PrintTo(const Wrong& wrong, std::ostream* out) {
    *out << testing::PrintToString(wrong.words);
}
class Usage : public testing::TestWithParam<Wrong> {};

TEST_P(Usage, IsRefusedInOneSentence) {
    test::Program program;
    const auto ran = program.run(GetParam().words);
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(ran.out, "");
    EXPECT_EQ(ran.err, "dreams: " + std::string(GetParam().sentence) + "\n");
}

INSTANTIATE_TEST_SUITE_P(
    EachMistake, Usage,
    testing::Values(
        Wrong{{}, "say what to do; `dreams --help` lists the commands"},
        Wrong{{"calss"}, "'calss' is not known here; did you mean calls?"},
        Wrong{{"fly"}, "'fly' is not known here; `dreams --help` lists what is"},
        Wrong{{"calls", "--limt", "3"}, "'--limt' is not known here; did you mean --limit?"},
        Wrong{{"calls", "--databse=x"},
              "'--databse=x' is not known here; did you mean --database?"},
        Wrong{{"calls", "Ana"}, "'Ana' is not known here; `dreams calls --help` lists what is"},
        Wrong{{"calls", "--limit", "many"},
              "--limit: Value many not in range 1 to 200; `dreams calls --help` says more"},
        Wrong{{"calls", "--limit", "0"},
              "--limit: Value 0 not in range 1 to 200; `dreams calls --help` says more"},
        Wrong{{"leads", "--min-heat", "101"},
              "--min-heat: Value 101 not in range 0 to 100; `dreams leads --help` says more"},
        Wrong{{"explain"}, "lead is required; `dreams explain --help` says more"},
        Wrong{{"sync", "zillow"},
              "source: zillow not in {fub,listings,idx,notion}; `dreams sync --help` says more"},
        Wrong{{"score", "--policy", "mine"},
              "--policy: mine not in {house,january}; `dreams score --help` says more"},
        Wrong{
            {"score", "--as-of", "yesterday"},
            "--as-of: an instant looks like 2026-01-19T16:00:00Z; `dreams score --help` says more"},
        Wrong{
            {"--now", "noon", "calls"},
            "--now: an instant looks like 2026-01-19T16:00:00Z; `dreams calls --help` says more"}));

TEST(Help, NamesEveryCommand) {
    test::Program program;
    const auto ran = program.run({"--help"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.err, "");
    for (const auto* command :
         {"init", "migrate", "sync", "score", "calls", "leads", "explain", "status", "doctor",
          "notify", "config", "serve", "install", "demo"}) {
        EXPECT_THAT(ran.out, HasSubstr(std::string("\n  ") + command + " "));
        const auto more = program.run({command, "--help"});
        EXPECT_EQ(more.status, 0) << command;
        EXPECT_THAT(more.out, HasSubstr(std::string("dreams ") + command)) << command;
    }
}

TEST(Help, OfACommandNamesTheOptionsThatAllHave) {
    test::Program program;
    const auto more = program.run({"calls", "--help"});
    for (const auto* option : {"--limit", "--json", "--database", "--config", "--now", "--quiet"})
        EXPECT_THAT(more.out, HasSubstr(option));
    EXPECT_EQ(program.run({"help", "calls"}).out, more.out);
    EXPECT_EQ(program.run({"help"}).out, program.run({"--help"}).out);
    EXPECT_THAT(program.run({"help", "calss"}).err, HasSubstr("did you mean calls?"));
}

TEST(Help, TheVersionIsALine) {
    test::Program program;
    const auto ran = program.run({"--version"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.out, MatchesRegex("dreams [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

}  // namespace
}  // namespace dreams::cli
