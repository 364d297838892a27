#include "cli/layout.h"

#include <gmock/gmock.h>

namespace dreams::cli {
namespace {

using testing::ElementsAre;

TEST(Layout, CountsColumnsAsATerminalDoes) {
    EXPECT_EQ(columns_of(""), 0u);
    EXPECT_EQ(columns_of("Ana"), 3u);
    EXPECT_EQ(columns_of("Renée"), 5u);
    EXPECT_EQ(columns_of("Rene\u0301e"), 5u);  // an accent of its own joins the letter before
    EXPECT_EQ(columns_of("王芳"), 4u);
    EXPECT_EQ(columns_of("Ana 🏡"), 6u);
    EXPECT_EQ(columns_of("👍🏽"), 2u);  // a skin tone joins too
}

TEST(Layout, CutsAtWholeLetters) {
    EXPECT_EQ(cut("Ana Test", 8), "Ana Test");
    EXPECT_EQ(cut("Ana Test", 7), "Ana Te…");
    EXPECT_EQ(cut("王芳王芳", 4), "王…");
    EXPECT_EQ(cut("Rene\u0301e X", 6), "Rene\u0301e…");
    EXPECT_EQ(cut("Ana", 1), "…");
    EXPECT_EQ(cut("Ana", 0), "");
}

TEST(Layout, NothingFromOutsideMovesTheCursor) {
    EXPECT_EQ(printable("Ana\033[2J\033]0;title\a"), "Ana?[2J?]0;title?");
    EXPECT_EQ(printable("two\nlines\tand\rmore"), "two lines and more");
    EXPECT_EQ(printable("\u009b31m"), "?31m");         // the same escape in one character
    EXPECT_EQ(printable("ab\u202Edc"), "ab?dc");       // turns the writing around
    EXPECT_EQ(printable("\xff\x80"), "\uFFFD\uFFFD");  // no UTF-8
    EXPECT_EQ(printable("Zoë 王 🏡"), "Zoë 王 🏡");
}

TEST(Layout, ATableHasWordsLeftAndNumbersRight) {
    EXPECT_THAT(table({"name", "#heat", "why"}, {{"Ana", "7", "called"}, {"Bob", "100", "new"}}, 0),
                ElementsAre("name  heat  why",     //
                            "Ana      7  called",  //
                            "Bob    100  new"));
}

TEST(Layout, ATableLinesUpWhateverTheLetters) {
    EXPECT_THAT(table({"name", "stage"}, {{"王芳", "Lead"}, {"Renée", "Lead"}}, 0),
                ElementsAre("name   stage",  //
                            "王芳   Lead",   //
                            "Renée  Lead"));
}

TEST(Layout, ATableEndsAtTheEdge) {
    EXPECT_THAT(table({"name", "why"}, {{"Ana", "called twice"}}, 12),
                ElementsAre("name  why", "Ana   calle…"));
}

TEST(Layout, ATableOfNobodyIsItsHeader) {
    EXPECT_THAT(table({"name", "#heat"}, {}, 0), ElementsAre("name  heat"));
}

TEST(Layout, ACellWithControlCharactersBreaksNoLine) {
    EXPECT_THAT(table({"name", "why"}, {{"A\nB", "x\033"}}, 0),
                ElementsAre("name  why", "A B   x?"));
}

}  // namespace
}  // namespace dreams::cli
