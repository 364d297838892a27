// The page for man and the completion for bash say what the command line says of itself.

#include <gmock/gmock.h>

#include <regex>
#include <set>

#include "cli/program.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

bool is_there(const std::string& program) {
    return std::system(("command -v " + program + " >/dev/null").c_str()) == 0;
}

std::set<std::string> found(const std::string& text, const std::string& pattern) {
    const std::regex expression(pattern);
    std::set<std::string> all;
    for (std::sregex_iterator i(text.begin(), text.end(), expression), end; i != end; ++i)
        all.insert((*i)[1]);
    return all;
}

class Manual : public testing::Test {
protected:
    /// A command of the shell in the test's folder: what it says on both its outputs.
    std::string said_by(const std::string& command) {
        const auto out = program.folder.file("said");
        const auto line = "{ " + command + "\n} >" + out + " 2>&1";
        status = std::system(line.c_str());
        return test::read_file(out);
    }
    std::string help(const test::Words& words) { return program.run(words).out; }
    std::set<std::string> commands() {
        const auto help_text = help({"--help"});
        return found(help_text.substr(help_text.find("Subcommands:")), "\n  ([a-z]+) ");
    }

    /// Without the options that every command takes.
    std::string own_help(const std::string& command) {
        const auto text = help({command, "--help"});
        return text.substr(0, text.find("Every command takes:"));
    }

    test::Program program;
    int status = -1;
};

TEST_F(Manual, NamesEachCommandAndOption) {
    const auto page = help({"install", "--man"}), completion = help({"install", "--completion"});
    const auto all = commands();
    ASSERT_GE(all.size(), 23u);
    for (const auto& command : all) {
        const auto at = page.find("\n.SS \\fBdreams " + command + "\\fR");
        ASSERT_NE(at, std::string::npos) << command;
        const auto section = page.substr(at, page.find("\n.S", at + 1) - at);
        const auto words = "\n        " + command + ") words=";
        const auto line_at = completion.find(words);
        ASSERT_NE(line_at, std::string::npos) << command;
        const auto line = completion.substr(line_at + 1, completion.find('\n', line_at + 1));
        for (const auto& option : found(own_help(command), "\n  (?:-.,)?(--[a-z-]+)")) {
            EXPECT_THAT(line, HasSubstr(option)) << command;
            if (option == "--help") continue;
            EXPECT_THAT(section, HasSubstr(std::regex_replace(option, std::regex("-"), "\\-")))
                << command;
        }
    }
    for (const auto& option : found(help({"--help"}), "\n  (?:-.,)?(--[a-z-]+)")) {
        EXPECT_THAT(page, HasSubstr(std::regex_replace(option, std::regex("-"), "\\-")));
        EXPECT_THAT(completion, HasSubstr(option));
    }
}

TEST_F(Manual, DoesNotNameWhatProgramsAloneRun) {
    for (const auto& text :
         {help({"install", "--man"}), help({"install", "--completion"}), help({"--help"})})
        for (const auto* command : {"receive", "give"})
            EXPECT_EQ(found(text, "\\b(" + std::string(command) + ")\\b").size(), 0u) << command;
    EXPECT_EQ(program.run({"give", "--help"}).status, 0) << "it is there all the same";
}

TEST_F(Manual, IsWhatManTakesWithoutAWarning) {
    const auto page = program.folder.file("dreams.1");
    test::write_file(page, help({"--now", "2026-11-24T00:00:00Z", "install", "--man"}));
    EXPECT_THAT(test::read_file(page), StartsWith(".TH DREAMS 1 \"2026-11-23\" \"dreams "));
    int readers = 0;
    for (const std::string reader : {"groff", "mandoc"}) {
        if (!is_there(reader)) continue;
        ++readers;
        const std::string arguments =
            reader == "groff" ? " -man -Tutf8 -ww -z " : " -Tlint -Wwarning ";
        EXPECT_EQ(said_by(reader + arguments + page), "");
        EXPECT_EQ(status, 0);
        test::write_file(program.folder.file("wrong.1"), ".TH DREAMS 1\n.NOTHING\n\\fX\n");
        EXPECT_THAT(said_by(reader + arguments + program.folder.file("wrong.1")), Not(IsEmpty()))
            << "it finds what is wrong";
    }
    if (readers == 0) GTEST_SKIP() << "there is neither groff nor mandoc here";
}

/// What bash offers at the end of `line`.
class Completion : public Manual {
protected:
    std::string offered(const std::string& line) {
        const auto file = program.folder.file("completion");
        if (!std::filesystem::exists(file))
            test::write_file(file, help({"install", "--completion"}));
        return said_by("bash -c '. " + file + "; line=$1; read -ra COMP_WORDS <<< \"$line\";" +
                       " [[ $line == *\" \" ]] && COMP_WORDS+=(\"\");"
                       " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _dreams;"
                       " echo \"${COMPREPLY[*]}\"' bash '" +
                       line + "'");
    }
};

TEST_F(Completion, OffersWhatFits) {
    EXPECT_EQ(offered("dreams ser"), "serve\n");
    EXPECT_EQ(offered("dreams co"), "config compare\n");
    EXPECT_EQ(offered("dreams sync "), "fub listings idx notion\n");
    EXPECT_EQ(offered("dreams --json sync f"), "fub\n");
    EXPECT_EQ(offered("dreams explain --policy "), "house january\n");
    EXPECT_EQ(offered("dreams score --policy j"), "january\n");
    EXPECT_EQ(offered("dreams sync --f"), "--full\n");
    EXPECT_EQ(offered("dreams sync --da"), "--database\n");
    EXPECT_EQ(offered("dreams calls --fu"), "\n") << "of another command";
    EXPECT_EQ(offered("dreams --da"), "--database\n");
}

TEST_F(Completion, LeavesFilesToBash) {
    EXPECT_EQ(offered("dreams --config "), "\n");
    EXPECT_EQ(offered("dreams merge "), "\n");
    EXPECT_THAT(test::read_file(program.folder.file("completion")),
                HasSubstr("\ncomplete -o default -F _dreams dreams\n"));
}

}  // namespace
}  // namespace dreams::cli
