// The data dictionary, written from a file.

#include "store/dictionary.h"

#include <gmock/gmock.h>

#include "support/database.h"

namespace dreams::store {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const DictionaryTable& find(const std::vector<DictionaryGroup>& groups, const std::string& name) {
    for (const auto& group : groups)
        for (const auto& table : group.tables)
            if (table.name == name) return table;
    throw std::runtime_error("no table " + name);
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
    EXPECT_THAT(homes.constraints, Contains("UNIQUE(contact_id, property_id)"));
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

TEST(Dictionary, TellsWhatTheFilesOwnDdlAsksOfRows) {
    Db db = test::database();
    db.script(R"sql(
        CREATE TABLE mine (
            id INTEGER PRIMARY KEY,  -- CHECK (of a remark)
            lead TEXT NOT NULL REFERENCES leads(id) ON DELETE CASCADE ON UPDATE SET NULL,
            kind TEXT DEFAULT 'it''s CHECK (x)' CHECK (kind IN ('a', 'it''s (')),
            "check" INTEGER DEFAULT 0,
            size INTEGER,
            CONSTRAINT small CHECK ((size > 0 /* of all */ AND length(kind) <= 3) OR size IS NULL),
            UNIQUE (lead, kind)))sql");
    EXPECT_THAT(find(dictionary(db), "mine").constraints,
                ElementsAre("NOT NULL: lead", "DEFAULT: kind 'it''s CHECK (x)', check 0",
                            "UNIQUE(lead, kind)",
                            "lead REFERENCES leads(id) ON DELETE CASCADE ON UPDATE SET NULL",
                            "CHECK(kind IN ('a', 'it''s ('))",
                            "CHECK((size > 0 AND length(kind) <= 3) OR size IS NULL)"));
}

TEST(Dictionary, TellsTheOwnersViewsAndTriggers) {
    Db db = test::database();
    EXPECT_THAT(extras(db), testing::IsEmpty()) << "those of DREAMS are no extras";
    db.script(
        "CREATE VIEW hot AS SELECT id FROM leads; CREATE TRIGGER watch AFTER DELETE ON leads "
        "BEGIN SELECT 1; END");
    const auto text = dictionary_text({}, {.database = "dreams.db", .extras = extras(db)});
    EXPECT_THAT(text, HasSubstr("| hot | view | hot |\n| watch | trigger | leads |\n"));
}

TEST(Dictionary, SetsEnvironmentsSideBySideWithTheReason) {
    Db dev = test::database(), prd = test::database();
    test::add_lead(dev, "Ana");
    dev.script("INSERT INTO dreams_jobs (name, schedule) VALUES ('score', '')");
    const auto text = dictionary_text(
        dictionary(dev), {.database = "dreams.db",
                          .environment = "dev",
                          .updated = date_from("2026-01-19"),
                          .jobs = {{"11:00 daily", "FUB Sync", "PRD"}},
                          .environments = Environments{"DEV", "PRD", compare(dev, prd)}});
    for (const auto* line : {"| leads | 1 | 0 | ⚠ 1 only in DEV |",
                             "| dreams_jobs | 1 | 0 | – each file's own: 1 only in DEV |",
                             "| packages | 0 | 0 | ✓ Synced |", "**Last Updated:** 2026-01-19",
                             "**Rows:** 1\n", "| 11:00 daily | FUB Sync | PRD |"})
        EXPECT_THAT(text, HasSubstr(line));
}

}  // namespace
}  // namespace dreams::store
