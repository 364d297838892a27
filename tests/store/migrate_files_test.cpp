// Files that `dreams migrate` must refuse with a sentence, and odd ones that it must bring over.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <thread>

#include "january.h"
#include "support/apart.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;

/// What migrating the file says when it cannot.
std::string refusal(const std::string& path) {
    try {
        test::migrate(path);
    } catch (const Error& error) {
        return error.what();
    }
    return "it was migrated";
}

// ---- Refused

TEST(MigrateRefuses, AFileThatIsNotThere) {
    const test::Folder folder;
    EXPECT_THAT(refusal(folder.file("none.db")), HasSubstr("there is no file"));
    EXPECT_THAT(refusal(folder.file("no/such/folder.db")), HasSubstr("there is no file"));
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(MigrateRefuses, AFileThatIsNoDatabase) {
    const test::Folder folder;
    const std::string text(5000, 'x');
    test::write_file(folder.file("dreams.db"), text);
    EXPECT_THAT(refusal(folder.file("dreams.db")), HasSubstr("is not a database"));
    EXPECT_EQ(test::read_file(folder.file("dreams.db")), text);
    EXPECT_THAT(refusal(folder.path()), testing::Not("it was migrated"));
}

TEST(MigrateRefuses, AnEmptyFileAndADatabaseOfSomethingElse) {
    const test::Folder folder;
    test::write_file(folder.file("empty.db"), "");
    EXPECT_THAT(refusal(folder.file("empty.db")), HasSubstr("something else"));
    EXPECT_EQ(fs::file_size(folder.file("empty.db")), 0u);
    Db::open(folder.file("bees.db"), Db::Mode::create).script("CREATE TABLE hives (id, bees)");
    const auto before = test::read_file(folder.file("bees.db"));
    EXPECT_THAT(refusal(folder.file("bees.db")), HasSubstr("something else"));
    EXPECT_EQ(test::read_file(folder.file("bees.db")), before);
}

TEST(MigrateRefuses, AFileOfANewerProgram) {
    const test::Folder folder;
    const auto path = test::january_file(folder, "PRAGMA user_version = 7");
    const auto before = test::whole(path);
    EXPECT_THAT(refusal(path), AllOf(HasSubstr("newer DREAMS"), HasSubstr("schema 7")));
    EXPECT_EQ(test::whole(path), before);
}

TEST(MigrateRefuses, ADamagedFile) {
    const test::Folder folder;
    const auto path = test::january_file(folder);
    const auto bytes = test::read_file(path);
    test::write_file(path, bytes.substr(0, bytes.size() / 2));  // half copied
    EXPECT_THAT(refusal(path), HasSubstr("is damaged; restore a backup"));
    EXPECT_EQ(test::read_file(path).size(), bytes.size() / 2);

    std::string torn = bytes;  // a page in the middle gone
    torn.replace(20 * 4096, 4096, std::string(4096, '\0'));
    test::write_file(path, torn);
    EXPECT_THAT(refusal(path), HasSubstr("is damaged; restore a backup"));
    EXPECT_EQ(test::read_file(path), torn);
    for (const auto& each : fs::directory_iterator(folder.path()))
        EXPECT_EQ(each.path().string().find("before-migrate"), std::string::npos) << each.path();
}

TEST(MigrateRefuses, AFileThatMayNotBeWritten) {
    const test::Folder folder;
    const auto path = test::january_file(folder, "PRAGMA journal_mode = DELETE");
    const auto before = test::read_file(path);
    fs::permissions(folder.path(), fs::perms(0755));
    fs::permissions(path, fs::perms(0444));
    EXPECT_THAT(test::apart_as_nobody([&] { return refusal(path); }).said,
                HasSubstr("cannot be written"));
    fs::permissions(path, fs::perms(0666));
    fs::permissions(folder.path(), fs::perms(0555));
    EXPECT_THAT(test::apart_as_nobody([&] { return refusal(path); }).said, HasSubstr("cannot be"));
    fs::permissions(folder.path(), fs::perms(0755));
    EXPECT_EQ(test::read_file(path), before);
}

TEST(MigrateRefuses, AViewWhereATableBelongs) {
    const test::Folder folder;
    const auto path =
        test::january_file(folder, "DROP TABLE packages; CREATE VIEW packages AS SELECT 1 AS id");
    const auto before = test::whole(path);
    EXPECT_THAT(refusal(path), HasSubstr("has a view named packages"));
    EXPECT_EQ(test::whole(path), before);
}

TEST(MigrateRefuses, WhatTheOwnersOwnRuleDoesNotBear) {
    const test::Folder folder;
    const auto path = test::january_file(
        folder, "ALTER TABLE leads ADD COLUMN odd TEXT CHECK (typeof(heat_score) = 'real')");
    const auto before = test::whole(path);
    EXPECT_NE(refusal(path), "it was migrated");
    EXPECT_EQ(test::whole(path), before);
}

// ---- Brought over

TEST(MigrateTakes, AFileOfFewerTablesAndColumns) {
    const test::Folder folder;
    const auto path = folder.file("dreams.db");
    Db::open(path, Db::Mode::create)
        .script(
            "CREATE TABLE leads (id TEXT PRIMARY KEY, first_name TEXT);"
            "INSERT INTO leads VALUES ('42', 'Ana')");
    test::migrate(path);
    Db db = open_file(path);
    EXPECT_EQ(db.value<std::string>("SELECT fub_id FROM leads"), "42");
    EXPECT_EQ(db.value<std::string>("SELECT stage FROM leads"), "lead");
    EXPECT_EQ(db.value<std::int64_t>("SELECT created_at IS NULL FROM leads"), 1)
        << "a moment was made up";
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) FROM contact_events"), 0);
}

TEST(MigrateTakes, AFileWithoutKeysAndRules) {
    const test::Folder folder;
    const auto path = folder.file("dreams.db");
    Db::open(path, Db::Mode::create).script(R"sql(
        CREATE TABLE leads (id, external_id, external_source);
        INSERT INTO leads VALUES ('a', 'x', 'sheets'), ('b', 'x', 'sheets'), ('a', 'y', 'sheets');
        CREATE TABLE contact_scoring_history (id, contact_id, recorded_at, heat_score REAL,
            value_score REAL, relationship_score REAL, priority_score REAL);
        INSERT INTO contact_scoring_history VALUES
            (7, 'a', '2026-01-17 16:00:02', 1, 1, 1, 1), (7, 'a', '2026-01-18 16:00:02', 2, 2, 2, 2);
        CREATE TABLE property_changes (id, property_address, change_type, detected_at);
        INSERT INTO property_changes VALUES ('c', NULL, 'price', '2026-01-17 16:00:02'))sql");
    const auto report = test::migrate(path);
    Db db = open_file(path);
    EXPECT_EQ(
        db.list<std::string>("SELECT id || coalesce(external_id, '-') FROM leads ORDER BY id"),
        (std::vector<std::string>{"ax", "b-"}));
    EXPECT_EQ(db.value<std::string>("SELECT value FROM dreams_unresolved WHERE row_id = 'b'"), "x");
    EXPECT_EQ(db.value<std::string>("SELECT value ->> 'external_id' FROM dreams_unresolved "
                                    "WHERE table_name = 'leads' AND column_name = '*'"),
              "y");
    for (const auto& table : report.tables)
        EXPECT_EQ(table.before, table.after + table.waiting + table.unresolved) << table.table;
}

TEST(MigrateTakes, AFileOfAnotherPageSizeAndJournal) {
    const test::Folder folder;
    const auto path = folder.file("dreams.db");
    {
        Db db = Db::open(path, Db::Mode::create);
        db.script("PRAGMA journal_mode = DELETE; PRAGMA page_size = 1024; VACUUM");
        db.script("PRAGMA foreign_keys = OFF");
        auto schema = test::read_file(DREAMS_FIXTURES "/january_schema.sql");
        schema.erase(schema.find("PRAGMA journal_mode"), sizeof "PRAGMA journal_mode = WAL;");
        db.script(schema + test::read_file(DREAMS_FIXTURES "/january_rows.sql"));
    }
    const auto report = test::migrate(path);
    EXPECT_EQ(open_file(path).value<std::int64_t>("SELECT count(*) FROM leads"), 7);
    Db copy = Db::open(report.snapshot, Db::Mode::read_only);
    EXPECT_EQ(copy.value<int>("PRAGMA page_size"), 1024);
}

TEST(MigrateTakes, ACopyMoreRatherThanOverwriteOne) {
    const test::Folder folder;
    const auto path = test::january_file(folder);
    const auto taken = path + ".before-migrate-20260119-160000.db";
    test::write_file(taken, "precious");
    EXPECT_EQ(test::migrate(path).snapshot, path + ".before-migrate-20260119-160000-2.db");
    EXPECT_EQ(test::read_file(taken), "precious");
}

TEST(MigrateTakes, TheOwnersObjectsThatCanNoLongerBe) {
    const test::Folder folder;
    // Renée's call is stored under both of her ids; joined to her, the two are no longer unique.
    const auto path = test::january_file(folder, R"sql(
        INSERT INTO contact_communications (id, contact_id, comm_type, direction, occurred_at)
            VALUES ('call_9', '8f14e45f-ceea-467f-a0e6-111111111111', 'call', 'inbound',
                    '2026-01-10T15:00:00Z');
        CREATE UNIQUE INDEX my_moments ON contact_communications(contact_id, occurred_at);
        CREATE TRIGGER "in double quotes" AFTER DELETE ON leads BEGIN SELECT 1; END)sql");
    const auto report = test::migrate(path);
    Db db = open_file(path);
    EXPECT_THAT(db.value<std::string>("SELECT value FROM dreams_unresolved WHERE row_id = "
                                      "'my_moments'"),
                HasSubstr("CREATE UNIQUE INDEX my_moments"));
    EXPECT_THAT(report.lines(), Contains(HasSubstr("UNIQUE constraint failed")));
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM sqlite_master WHERE name = 'in double quotes'"),
              1);
}

TEST(MigrateTakes, AFileThatAnOlderProgramHoldsOpen) {
    const test::Folder folder;
    const auto path = test::january_file(folder);
    Db older = Db::open(path);
    Statement reading = older.query("SELECT id FROM leads ORDER BY id");
    ASSERT_TRUE(reading.step());
    const auto report = test::migrate(path);  // WAL: a reader hinders nobody
    EXPECT_FALSE(report.up_to_date);
    EXPECT_TRUE(reading.step()) << "the reader lost its rows";
    reading.reset();
    // An older program goes on writing, without checks and in its own time format.
    older.script("PRAGMA foreign_keys = OFF");
    older.run(
        "INSERT INTO contact_events (id, contact_id, event_type, occurred_at) "
        "VALUES ('evt_new', '1002', 'property_view', '2026-01-20T12:00:00Z')");
    EXPECT_EQ(open_file(path).value<std::int64_t>(
                  "SELECT count(*) FROM contact_events WHERE contact_id = '1002'"),
              2);
}

}  // namespace
}  // namespace dreams::store
