// `dreams import` as a shell sees it: what it prints, its JSON, and how it ends.

#include <gmock/gmock.h>

#include "cli/program.h"
#include "store/schema.h"

namespace dreams::cli {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string header = "address,city,zip,price\n";

class ImportCommand : public testing::Test {
protected:
    void SetUp() override { program.run({"init"}); }
    void file(const std::string& name, const std::string& text) {
        test::write_file(program.folder.file(name), text);
    }
    test::Ran import(test::Words words) {
        words.insert(words.begin(), "import");
        return program.run(words);
    }
    /// The only file of a report.
    json::Value only_file(test::Words words) {
        words.push_back("--json");
        return import(words).json().at("files").at(0);
    }

    test::Program program;
};

TEST_F(ImportCommand, CountsWhatItDidInWordsAndAsJson) {
    file("homes.csv", header + "1 Elm St,Sylva,28779,100000\n2 Elm St,Sylva,28779,200000\n");
    const auto ran = import({"homes.csv"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, ContainsRegex("homes.csv +2 +2 +0 +0 +0"));
    EXPECT_THAT(ran.err, IsEmpty()) << "no terminal, no bar";
    const auto again = only_file({"homes.csv"});
    EXPECT_EQ(again.at("format"), "csv");
    EXPECT_EQ(again.at("rows"), 2);
    EXPECT_EQ(again.at("created"), 0);
    EXPECT_EQ(again.at("unchanged"), 2);
    EXPECT_EQ(again.at("imported_before"), 1);
}

TEST_F(ImportCommand, TheFileSaysThatItIsInUseMeanwhile) {
    auto lines = header;
    for (int i = 1; i <= 20'000; ++i) lines += std::to_string(i) + " Elm St,Sylva,28779,100000\n";
    file("homes.csv", lines);
    const auto database = program.folder.file("dreams.db"), copy = program.folder.file("copy.db");
    auto running = program.start({"import", "homes.csv"});
    std::string refusal;
    for (int i = 0; i < 3000 && refusal.empty(); ++i) try {
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
            std::filesystem::copy_file(database, copy,
                                       std::filesystem::copy_options::overwrite_existing);
            store::open_file(copy, Db::Mode::read_only);
        } catch (const Error& error) {
            refusal = error.what();
        }
    EXPECT_THAT(refusal, HasSubstr("was copied while DREAMS was using the file"));
    running.signal(SIGKILL);
    running.ended();
}

TEST_F(ImportCommand, EndsWithThreeWhenLinesWereRefused) {
    file("homes.csv", header + "1 Elm St,Sylva,28779,100000\n,Sylva,28779,3\n");
    const auto ran = import({"homes.csv"});
    EXPECT_EQ(ran.status, 3);
    EXPECT_THAT(ran.out, HasSubstr("refused: homes.csv: line 3: it has no address"));
}

TEST_F(ImportCommand, OfNoFileOrNoTableSaysSoAndPrintsNoNumbers) {
    const auto none = import({"nothere.csv"});
    EXPECT_EQ(none.status, 1);
    EXPECT_THAT(none.out, IsEmpty());
    EXPECT_THAT(none.err, HasSubstr("nothere.csv: there is no such file"));
    file("users.txt", "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/:/bin/sh\n");
    const auto text = import({"users.txt"});
    EXPECT_THAT(text.out, IsEmpty());
    EXPECT_THAT(text.err, HasSubstr("a table whose first line names its columns"));
    const auto undo = import({"--undo", "abc"});
    EXPECT_EQ(undo.status, 2);
    EXPECT_THAT(undo.err, HasSubstr("--undo wants a number, not 'abc'"));
}

TEST_F(ImportCommand, EndsWithThreeWhenOnlySomeFilesCouldBeRead) {
    file("homes.csv", header + "1 Elm St,Sylva,28779,100000\n");
    file("other.csv", "a,b\n1,2\n");
    EXPECT_EQ(import({"homes.csv", "other.csv"}).status, 3);
    EXPECT_EQ(import({"other.csv", "none.csv"}).status, 1);
}

TEST_F(ImportCommand, SaysHowToNameTheColumnsOfATable) {
    file("mine.csv", "where,asked\n1 Elm St,100000\n");
    const auto ran = import({"mine.csv"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("its columns are where, asked"));
    EXPECT_THAT(ran.err, HasSubstr("--column 'where=address'"));
    const auto told = only_file({"--column", "where=address", "mine.csv"});
    EXPECT_EQ(told.at("created"), 1);
    file("next.csv", "where,asked\n2 Elm St,200000\n");
    EXPECT_EQ(only_file({"next.csv"}).at("created"), 1) << "it remembers";
    EXPECT_EQ(import({"mine.csv", "--column", "where"}).status, 2);
}

TEST_F(ImportCommand, AsksForNoColumnsOfAListOfPeople) {
    file("people.csv", "First Name,Last Name\nAda,Sample\n");
    const auto ran = import({"people.csv"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("it is a list of people"));
    EXPECT_THAT(ran.err, Not(HasSubstr("--column")));
}

TEST_F(ImportCommand, RefusesADayThatIsYetToCome) {
    file("homes.csv", header + "1 Elm St,Sylva,28779,100000\n");
    const auto ran = import({"homes.csv", "--observed-at", "2199-01-01T00:00:00Z"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_THAT(ran.err, HasSubstr("is yet to come"));
    EXPECT_EQ(import({"homes.csv", "--observed-at", "2020-01-01T00:00:00Z"}).status, 0);
}

TEST_F(ImportCommand, SaysHowManyHomesAnUndoKept) {
    std::string homes = header;
    for (int i = 1; i <= 120; ++i) homes += std::to_string(i) + " Elm St,Sylva,28779,100000\n";
    file("a.csv", homes);
    file("b.csv", homes + "121 Elm St,Sylva,28779,100000\n");
    EXPECT_EQ(import({"a.csv"}).status, 0);
    EXPECT_EQ(import({"b.csv"}).status, 0);
    const auto ran = import({"--undo", "1"});
    EXPECT_THAT(ran.out, HasSubstr("kept: and 20 more homes"));
    EXPECT_THAT(ran.out, HasSubstr("120 homes were kept in all"));
}

TEST_F(ImportCommand, PreviewsEachColumnAndKeepsNothing) {
    file("homes.csv", header + "1 Elm St,Sylva,28779,100000\n");
    const auto ran = import({"homes.csv", "--preview"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.out, ContainsRegex("zip +zip +28779"));
    EXPECT_THAT(ran.out, HasSubstr("nothing was changed"));
    EXPECT_THAT(import({"--list"}).out, Not(HasSubstr("homes.csv")));
    EXPECT_TRUE(only_file({"homes.csv", "--dry-run"}).at("import_id").is_null());
}

TEST_F(ImportCommand, ListsImportsAndTakesThemBack) {
    file("homes.csv", header + "1 Elm St,Sylva,28779,100000\n");
    import({"homes.csv"});
    EXPECT_THAT(import({"--list"}).out, ContainsRegex("1 .*done +homes.csv"));
    EXPECT_EQ(program.run({"--json", "import", "--undo", "1"}).json().at("removed"), 1);
    EXPECT_THAT(import({"--list"}).out, HasSubstr("undone"));
    const auto twice = import({"--undo", "1"});
    EXPECT_EQ(twice.status, 1);
    EXPECT_THAT(twice.err, HasSubstr("undone already"));
    EXPECT_EQ(program.run({"--json", "import", "--list"}).json().at(0).at("created"), 1);
}

TEST_F(ImportCommand, WantsOneThingAtATime) {
    for (const auto& words : {test::Words{}, {"--list", "--undo", "1"}, {"a.csv", "--list"}})
        EXPECT_EQ(import(words).status, 2) << testing::PrintToString(words);
}

// ---- files that nobody ought to send

TEST_F(ImportCommand, NeedsBoundedMemoryForWhateverItIsGiven) {
    const std::string page = "<p>MLS # 4100001</p><script type=\"application/ld+json\">";
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += "{\"a\":";
    file("wide.html", page + "{\"a\":\"" + std::string(20u << 20, 'x') + "\"}</script>");
    file("deep.html", page + deep + "</script>");
    file("line.csv", header + std::string(30u << 20, 'x'));
    for (const auto* name : {"wide.html", "deep.html", "line.csv"}) {
        const auto ran = import({name});
        EXPECT_THAT(ran.status, testing::AnyOf(1, 3)) << name << ran.out << ran.err;
        EXPECT_THAT(ran.out + ran.err, HasSubstr(name)) << "a sentence";
        EXPECT_GT(ran.most_bytes, 1 << 20);
        EXPECT_LT(ran.most_bytes, 300 << 20) << name;
    }
}

}  // namespace
}  // namespace dreams::cli
