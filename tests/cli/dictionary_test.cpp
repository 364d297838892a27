// `dreams dictionary`, by the real program.

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "base/text.h"
#include "cli/program.h"
#include "cli/timetable.h"
#include "cli/timetable_words.h"
#include "store/dictionary.h"
#include "store/table_shape.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

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
          "| **Scoring Fields** | | |", "## Data Flow",
          "| 11:00 daily; not set up (fub.api_key) | FUB Sync | PRD |",
          "| 06:30, 18:30 daily; not set up (idx.url) | IDX Cache | DEV + PRD |",
          "| 06:50, 12:50, 18:50 daily; not set up (idx.url) | Watched Homes | DEV + PRD |",
          "| off | Scores | DEV + PRD |"})
        EXPECT_THAT(said.out, HasSubstr(part));
    const auto told = program.run({"dictionary", "--json", "--compare", "prd.db"}).json();
    EXPECT_EQ(told.at("tables").at("leads").at("rows"), 1);
    EXPECT_EQ(told.at("jobs").at(0).at("schedule"), "11:00 daily; not set up (fub.api_key)");
    EXPECT_EQ(told.at("comparison").at("tables").at("leads").at("only_a"), 1);
}

/// No setting is set.
Context nothing_set() {
    return {.settings = config::Settings::load(
                "", {.get = [](const auto&) { return std::nullopt; }, .names = {}}),
            .clock = nullptr};
}

TEST(Dictionary, IsWhatTheDocumentationSays) {
    const std::string path = DREAMS_ROOT "/docs/data-dictionary.md";
    Db db = test::database();
    const auto context = nothing_set();
    const auto fresh =
        store::dictionary_text(store::dictionary(db), {.database = "dreams.db",
                                                       .environment = "",
                                                       .flows = data_flows(context),
                                                       .jobs = dictionary_jobs(context)});
    if (std::getenv("TEST_WRITE_DOCS")) test::write_file(path, fresh);
    EXPECT_EQ(fresh, test::read_file(path))
        << "the schema or the jobs have changed: run this test with TEST_WRITE_DOCS=1 and commit "
           "the document";
}

TEST(Dictionary, IsPrintedAsItIsWritten) {
    test::Program program;
    ASSERT_EQ(program.run({"init"}).status, 0);
    const auto said = program.run({"--now", "2026-01-19T16:00:00Z", "dictionary"});
    Db db = store::open_file(program.folder.file("dreams.db"));
    const auto context = nothing_set();
    const store::DictionaryDocument document{.database = "dreams.db",
                                             .environment = "dev",
                                             .updated = date_from("2026-01-19"),
                                             .flows = data_flows(context),
                                             .jobs = dictionary_jobs(context)};
    EXPECT_EQ(said.out, store::dictionary_text(store::dictionary(db), document));
}

TEST(Dictionary, SaysWhereEveryJobsRowsGoAndWhatIsNotSetUp) {
    const auto context = nothing_set();
    const auto flows = data_flows(context);
    const auto way_of = [&](const std::string& begin) {
        const auto flow = std::ranges::find_if(
            flows, [&](const auto& each) { return each.way.starts_with(begin); });
        return flow == flows.end() ? "" : flow->way;
    };
    for (const auto& job : scheduled_jobs(context)) {
        if (job.name == "brief" || job.name == "backup") continue;  // they bring no rows
        EXPECT_NE(way_of("dreams sync " + job.name) + way_of("dreams " + job.name), "") << job.name;
    }
    EXPECT_EQ(way_of("dreams sync fub"), "dreams sync fub: 11:00 daily; not set up (fub.api_key)");
    EXPECT_THAT(way_of("dreams score"), EndsWith(": 04:05 daily"));
    Db db = test::database();
    for (const auto& flow : flows) {
        if (flow.tables.starts_with("every")) continue;
        for (const auto& table : text::split(flow.tables, ','))
            EXPECT_TRUE(store::has_table(db, table)) << table;
    }
}

TEST(Dictionary, CallsTheColumnsByEnvironmentWhereTheFilesDiffer) {
    test::Program program;
    for (const auto* name : {"dev", "prd"})
        ASSERT_EQ(program
                      .run({"init"}, {{"DREAMS_DATABASE", name + std::string(".db")},
                                      {"DREAMS_ENVIRONMENT", name}})
                      .status,
                  0);
    const auto said = [&](const char* other) {
        return program.run({"dictionary", "--compare", other}, {{"DREAMS_DATABASE", "dev.db"}}).out;
    };
    EXPECT_THAT(program.run({"dictionary"}, {{"DREAMS_DATABASE", "prd.db"}}).out,
                HasSubstr("dev by the setting `environment`; the file is stamped prd"));
    EXPECT_THAT(said("prd.db"), HasSubstr("| Table | DEV Rows | PRD Rows | Status |"));
    EXPECT_THAT(said("prd.db"), HasSubstr("| dreams_origin | 1 | 1 | – each file's own"));
    EXPECT_THAT(said("prd.db"), Not(HasSubstr("⚠"))) << "new files are the same";
    fs::copy_file(program.folder.file("dev.db"), program.folder.file("copy.db"));
    EXPECT_THAT(said("copy.db"), HasSubstr("| Table | dev.db Rows | copy.db Rows | Status |"));
}

}  // namespace
}  // namespace dreams::cli
