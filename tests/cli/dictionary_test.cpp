// `dreams dictionary`, by the real program.

#include <gmock/gmock.h>

#include "cli/program.h"
#include "cli/timetable.h"
#include "store/dictionary.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;

TEST(Dictionary, WritesTheDocumentAndSetsAnotherFileBeside) {
    test::Program program;
    {
        Db db = test::database(program.folder), other = test::database(program.folder, "prd.db");
        test::add_lead(db, "Ana");
    }
    program.variables["DREAMS_JOBS_SCORE"] = "off";
    const auto said = program.run({"dictionary", "--compare", "prd.db"});
    EXPECT_EQ(said.status, 0) << said.err;
    for (const auto* part :
         {"# DREAMS Data Dictionary", "| leads | 1 | 0 | ⚠ 1 only in dreams.db |",
          "| **Scoring Fields** | | |", "## Data Flow", "| 11:00 daily | FUB Sync | PRD |",
          "| 06:30, 18:30 daily | IDX Cache | DEV + PRD |", "| off | Scores | DEV + PRD |"})
        EXPECT_THAT(said.out, HasSubstr(part));
    const auto told = program.run({"dictionary", "--json", "--compare", "prd.db"}).json();
    EXPECT_EQ(told.at("tables").at("leads").at("rows"), 1);
    EXPECT_EQ(told.at("jobs").at(0).at("schedule"), "11:00 daily");
    EXPECT_EQ(told.at("comparison").at("tables").at("leads").at("only_a"), 1);
}

TEST(Dictionary, IsPrintedAsItIsWritten) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    Db db = store::open_file(program.folder.file("dreams.db"));
    const Context context{.settings = config::Settings::load(
                              "", {.get = [](const auto&) { return std::nullopt; }, .names = {}}),
                          .clock = nullptr};
    const store::DictionaryDocument document{.database = "dreams.db",
                                             .environment = "dev",
                                             .updated = date_from("2026-01-19"),
                                             .jobs = dictionary_jobs(context)};
    const auto said = program.run({"--now", "2026-01-19T16:00:00Z", "dictionary"});
    EXPECT_EQ(said.out, store::dictionary_text(store::dictionary(db), document));
}

}  // namespace
}  // namespace dreams::cli
