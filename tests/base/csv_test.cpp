#include "base/csv.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "base/error.h"

namespace dreams::csv {
namespace {

using testing::ElementsAre;

std::vector<Row> rows(std::string_view text) {
    std::vector<Row> all;
    Reader reader(text);
    while (auto row = reader.next()) all.push_back(std::move(*row));
    return all;
}

TEST(Csv, ReadsAnyLineEndAndABom) {
    for (const auto* text : {"a,b\r\nc,d\r\n", "a,b\nc,d", "a,b\rc,d\r",
                             "\xEF\xBB\xBF"
                             "a,b\n\n,\nc,d\n"})
        EXPECT_THAT(rows(text), ElementsAre(ElementsAre("a", "b"), ElementsAre("c", "d"))) << text;
}

TEST(Csv, ReadsQuotesCommasAndLineEndsInCells) {
    EXPECT_THAT(rows("\"a, \"\"x\"\"\", \"b\nc\" ,d"),
                ElementsAre(ElementsAre("a, \"x\"", "b\nc", "d")));
}

TEST(Csv, ReadsLatin1) {
    EXPECT_THAT(rows("Caf\xE9,1"), ElementsAre(ElementsAre("Caf\xC3\xA9", "1")));
}

TEST(Csv, SaysWhereAQuoteNeverCloses) {
    try {
        rows("a,b\nc,\"d\n");
        FAIL();
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "line 2 opens a quotation mark that never closes");
    }
}

TEST(Csv, RefusesALineOfMoreCellsThanASpreadsheetHasColumns) {
    EXPECT_EQ(rows(std::string(16'383, ',') + "a").at(0).size(), 16'384);
    try {
        rows("a\nb\n" + std::string(16'384, ','));
        FAIL() << "it was read";
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::invalid);
        EXPECT_STREQ(error.what(), "line 3 has more than 16,384 cells");
    }
}

TEST(Csv, KeepsASpreadsheetFromRunningACell) {
    EXPECT_EQ(cell_for_spreadsheets("=1+1"), "'=1+1");
    EXPECT_EQ(cell_for_spreadsheets("a,\"b\""), "\"a,\"\"b\"\"\"");
}

/// As a program writes a row that quotes every cell.
std::string written(const Row& row) {
    std::string line;
    for (const auto& cell : row) {
        line += line.empty() ? "\"" : ",\"";
        for (const char c : cell) line += c == '"' ? std::string("\"\"") : std::string(1, c);
        line += "\"";
    }
    return line + "\n";
}

RC_GTEST_PROP(CsvProperty, WhatIsWrittenIsReadBack, (const std::vector<std::string>& words)) {
    Row expected{"first"};
    for (std::string word : words) {
        std::erase_if(word, [](char c) { return c < ' ' || c > '~'; });
        expected.push_back(word);
    }
    RC_ASSERT(rows(written(expected)) == std::vector<Row>{expected});
}

RC_GTEST_PROP(CsvProperty, AnyBytesAreRefusedOrReadAsWhatCanBeWrittenAndReadBack, ()) {
    static const std::string signs = "\",\r\n ab\xC3\xA9\xEF\xBB\xBF";
    const auto bytes = *rc::gen::container<std::string>(rc::gen::elementOf(signs));
    std::vector<Row> read;
    try {
        read = rows(bytes);
    } catch (const Error& error) {
        RC_ASSERT(error.fault() == Fault::invalid);
        RC_SUCCEED("refused");
    }
    std::string text;
    for (const Row& row : read) text += written(row);
    RC_ASSERT(rows(text) == read);
}

}  // namespace
}  // namespace dreams::csv
