// The data dictionary, written from a file; docs/data-dictionary.md is what a fresh file gives.

#include "store/dictionary.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "support/database.h"

namespace dreams::store {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::string fresh_text() {
    Db db = test::database();
    return dictionary_text(dictionary(db), {.database = "dreams.db", .environment = ""});
}

const DictionaryTable& find(const std::vector<DictionaryGroup>& groups, const std::string& name) {
    for (const auto& group : groups)
        for (const auto& table : group.tables)
            if (table.name == name) return table;
    throw std::runtime_error("no table " + name);
}

TEST(Dictionary, IsWhatTheDocumentationSays) {
    const std::string path = DREAMS_ROOT "/docs/data-dictionary.md";
    if (std::getenv("TEST_WRITE_DOCS")) test::write_file(path, fresh_text());
    EXPECT_EQ(fresh_text(), test::read_file(path))
        << "the schema has changed: run this test with TEST_WRITE_DOCS=1 and commit the document";
}

TEST(Dictionary, DescribesEveryTableAndColumn) {
    Db db = test::database();
    for (const auto& group : dictionary(db))
        for (const auto& table : group.tables) {
            EXPECT_NE(table.purpose, "") << table.name;
            EXPECT_THAT(table.lacking, ElementsAre()) << table.name;
            for (const auto& column : table.columns)
                EXPECT_NE(column.description, "") << table.name << "." << column.name;
        }
}

TEST(Dictionary, TellsKeysIndexesConstraintsAndRows) {
    Db db = test::database();
    test::add_lead(db, "Ana");
    const auto groups = dictionary(db);
    const auto& leads = find(groups, "leads");
    EXPECT_EQ(leads.rows, 1);
    EXPECT_EQ(leads.columns.front().type, "TEXT PK");
    EXPECT_THAT(leads.indexes, Contains("priority_score DESC"));
    const auto& homes = find(groups, "contact_properties");
    EXPECT_THAT(homes.constraints, ElementsAre("UNIQUE(contact_id, property_id)"));
    EXPECT_EQ(homes.columns.at(1).type, "TEXT FK");
    EXPECT_THAT(find(groups, "contact_events").indexes, Contains("contact_id + occurred_at DESC"));
}

TEST(Dictionary, TellsWhatTheOwnerAddedAndWhatIsLacking) {
    Db db = test::database();
    db.script(
        "ALTER TABLE leads ADD COLUMN birthday TEXT; CREATE TABLE mine (x);"
        "ALTER TABLE packages DROP COLUMN title");
    const auto groups = dictionary(db);
    EXPECT_EQ(find(groups, "leads").columns.back().description, "(added by the file's owner)");
    EXPECT_EQ(groups.back().title, "Other Tables");
    EXPECT_THAT(find(groups, "packages").lacking, ElementsAre("title"));
    const auto text = dictionary_text(groups, {.database = "dreams.db"});
    EXPECT_THAT(text, HasSubstr("**Lacking:** `title`"));
    EXPECT_THAT(text, Not(HasSubstr("Empty tables")));
}

TEST(Dictionary, SetsEnvironmentsSideBySideWithTheReason) {
    Db dev = test::database(), prd = test::database();
    test::add_lead(dev, "Ana");
    const auto text = dictionary_text(
        dictionary(dev), {.database = "dreams.db",
                          .environment = "dev",
                          .updated = date_from("2026-01-19"),
                          .jobs = {{"11:00 daily", "FUB Sync", "PRD"}},
                          .environments = Environments{"DEV", "PRD", compare(dev, prd)}});
    for (const auto* line :
         {"| leads | 1 | 0 | ⚠ 1 only in DEV |", "| packages | 0 | 0 | ✓ Synced |",
          "**Last Updated:** 2026-01-19", "**Rows:** 1\n", "| 11:00 daily | FUB Sync | PRD |"})
        EXPECT_THAT(text, HasSubstr(line));
}

}  // namespace
}  // namespace dreams::store
