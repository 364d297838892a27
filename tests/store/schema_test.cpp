// A fresh file is the data dictionary's, to the column, type, index and UNIQUE; and no record of
// the model can drift from it.

#include "store/schema.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "model/brief.h"
#include "model/cursor.h"
#include "model/fub_person_state.h"
#include "model/sync_run.h"
#include "store/matches.h"
#include "store/waiting.h"
#include "support/database.h"

namespace dreams::store {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsSupersetOf;

using Lines = std::set<std::string>;
using Tables = std::map<std::string, Lines>;

/// tests/fixtures/dictionary.txt: a line a column, index or UNIQUE, under its table.
Tables written_down() {
    Tables tables;
    std::istringstream lines(test::read_file(DREAMS_FIXTURES "/dictionary.txt"));
    std::string table;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("table "))
            table = line.substr(6);
        else if (!line.empty() && line[0] != '#')
            tables[table].insert(line);
    }
    return tables;
}

/// The same lines, read from a file by asking SQLite.
Lines found(Db& db, const std::string& table) {
    Lines lines;
    std::map<std::string, std::string> references;
    Statement keys = db.query(R"sql(SELECT "from", "table" || '.' || "to"
                                      FROM pragma_foreign_key_list(:table))sql",
                              {{"table", table}});
    while (keys.step()) references.emplace(keys.text(0), keys.text(1));
    Statement columns =
        db.query("SELECT name, type, pk FROM pragma_table_info(:table)", {{"table", table}});
    while (columns.step()) {
        const std::string name(columns.text(0));
        std::string line = "column " + name + " " + std::string(columns.text(1));
        if (columns.integer(2) > 0) line += " PK";
        if (references.count(name) > 0) line += " FK " + references[name];
        lines.insert(line);
    }
    Statement indexes = db.query(R"sql(
        SELECT CASE origin WHEN 'u' THEN 'unique ' ELSE 'index ' END ||
               (SELECT group_concat(i.name || CASE i.desc WHEN 1 THEN ' DESC' ELSE '' END, ', ')
                  FROM pragma_index_xinfo(l.name) i WHERE i.key = 1)
          FROM pragma_index_list(:table) l WHERE origin <> 'pk')sql",
                                 {{"table", table}});
    while (indexes.step()) lines.insert(std::string(indexes.text(0)));
    return lines;
}

TEST(Schema, HasEveryColumnTypeIndexAndUniqueOfTheDictionary) {
    Db db = test::database();
    const Tables expected = written_down();
    ASSERT_EQ(expected.size(), 12u);
    for (const auto& [table, lines] : expected)
        EXPECT_THAT(found(db, table), IsSupersetOf(lines)) << "in " << table;
}

TEST(Schema, HasNoColumnThatTheDictionaryDoesNotKnow) {
    Db db = test::database();
    for (const auto& [table, lines] : written_down())
        for (const auto& line : found(db, table))
            EXPECT_TRUE(lines.count(line) > 0 || !line.starts_with("column ")) << table << line;
}

TEST(Schema, HasNoTablesButTheTwelveAndOurs) {
    Db db = test::database();
    const Tables dictionary = written_down();
    for (const auto& table : db.list<std::string>(
             "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"))
        EXPECT_TRUE(dictionary.count(table) > 0 || table.starts_with("dreams_")) << table;
}

/// A DATA_DICTIONARY.md in a folder beside this tree, where the project has one.
std::string data_dictionary_beside() {
    std::error_code unreadable;  // a folder that may not be looked into holds none for us
    for (const auto& folder : std::filesystem::directory_iterator(DREAMS_ROOT "/..", unreadable)) {
        const auto file = folder.path() / "DATA_DICTIONARY.md";
        if (std::filesystem::exists(file, unreadable)) return test::read_file(file);
    }
    return "";
}

TEST(Schema, IsWrittenDownAsTheDataDictionaryHasIt) {
    std::istringstream dictionary(data_dictionary_beside());
    if (dictionary.str().empty()) GTEST_SKIP() << "no DATA_DICTIONARY.md beside the tree";
    const std::regex row(R"(\| (\w+) \| ((?:TEXT|INTEGER|REAL)[ A-Z]*) \| (.*) \|)");
    const std::regex reference(R"(References (\w+\.\w+).*)");
    Tables tables;
    std::string table;
    std::smatch match, target;
    for (std::string line; std::getline(dictionary, line);) {
        if (line.starts_with("### ")) table = line.substr(4);
        if (!std::regex_match(line, match, row)) continue;
        std::string text = "column " + match.str(1) + " " + match.str(2);
        const std::string description = match.str(3);
        if (text.ends_with(" FK") && std::regex_match(description, target, reference))
            text += " " + target.str(1);
        tables[table].insert(text);
    }
    Tables ours = written_down();
    for (auto& [name, lines] : ours)
        std::erase_if(lines, [](const std::string& line) { return !line.starts_with("column "); });
    EXPECT_EQ(ours, tables);
}

// ---- Records

const TableSpec& spec(std::string_view name) {
    for (const auto* tables : {&dictionary_tables(), &side_tables()})
        for (const auto* table : *tables)
            if (table->name == name) return *table;
    throw Error(Fault::internal, "no table " + std::string(name));
}

std::set<std::string_view> columns_of(std::string_view table) {
    std::set<std::string_view> names;
    for (const auto& column : spec(table).columns) names.insert(column.name);
    return names;
}

template <Record R>
std::set<std::string_view> members() {
    const auto names = detail::column_names<R>();
    return {names.begin(), names.end()};
}

TEST(Records, CarryExactlyTheColumnsOfTheirTables) {
    EXPECT_EQ(members<Lead>(), columns_of("leads"));
    EXPECT_EQ(members<ContactEvent>(), columns_of("contact_events"));
    EXPECT_EQ(members<ContactCommunication>(), columns_of("contact_communications"));
    EXPECT_EQ(members<LeadActivity>(), columns_of("lead_activities"));
    EXPECT_EQ(members<SentBrief>(), columns_of("dreams_briefs"));
    EXPECT_EQ(members<Match>(), columns_of("matches"));
    EXPECT_EQ(members<MatchedBuyer>(), columns_of("dreams_match_buyers"));
    EXPECT_EQ(members<SyncLogEntry>(), columns_of("sync_log"));
    EXPECT_EQ(members<Cursor>(), columns_of("dreams_cursors"));
    EXPECT_EQ(members<Waiting>(), columns_of("dreams_waiting"));
}

TEST(Records, OfASnapshotLeaveOutOnlyItsNumber) {
    auto expected = columns_of("contact_scoring_history");
    expected.erase("id");
    EXPECT_EQ(members<ScoringSnapshot>(), expected);
}

TEST(Records, OfAFubPersonAreAmongTheColumns) {
    EXPECT_THAT(columns_of("dreams_fub_people"), IsSupersetOf(members<FubPersonState>()));
}

TEST(Records, OfALeadHaveOneWriterAColumn) {
    EXPECT_EQ(detail::column_names<Lead>().size(), members<Lead>().size());
}

// ---- What holds

TEST(References, HoldAnEventToAFubNumberAndACallToALead) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    db.add("contact_events", test::event(ana, 1));
    db.add("contact_communications", test::communication(ana, 1));

    ContactEvent astray = test::event(ana, 2);
    astray.person = {ana.id.text};
    EXPECT_THROW(db.add("contact_events", astray), Error);
    ContactCommunication lost = test::communication(ana, 2);
    lost.lead = {ana.person.fub_id->text};
    EXPECT_THROW(db.add("contact_communications", lost), Error);
}

TEST(References, LetNoTwoPeopleHaveOneFubNumber) {
    Db db = test::database();
    const Lead ana = test::add_lead(db, "Ana");
    Lead twin = test::lead("Twin");
    twin.person.fub_id = ana.person.fub_id;
    EXPECT_THROW(db.add("leads", twin), Error);
}

TEST(Defaults, AreInstantsAsTheFileWritesThem) {
    Db db = test::database();
    db.run("INSERT INTO leads (id) VALUES ('x')");
    const auto created = db.value<std::string>("SELECT created_at FROM leads");
    EXPECT_TRUE(instant_from(created).has_value()) << created;
    EXPECT_EQ(created.size(), 20u);
}

// ---- Files

std::string sentence(auto&& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

TEST(InitFile, IsForItsOwnersEyesOnly) {
    const test::Folder folder;
    init_file(folder.file("dreams.db"));
    struct stat status {};
    ASSERT_EQ(::stat(folder.file("dreams.db").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0600u);
    EXPECT_EQ(open_file(folder.file("dreams.db")).value<int>("PRAGMA user_version"),
              schema_version);
}

TEST(InitFile, RefusesToTouchWhatIsThere) {
    const test::Folder folder;
    const auto path = folder.file("dreams.db");
    test::write_file(path, "precious");
    EXPECT_THAT(sentence([&] { init_file(path); }), HasSubstr("was not touched"));
    EXPECT_EQ(test::read_file(path), "precious");
    EXPECT_THAT(sentence([&] { init_file(folder.file("no/such/dreams.db")); }),
                HasSubstr("no folder"));
}

TEST(OpenFile, AddsWhatAnEarlierProgramDidNotKnowYet) {
    for (const auto mode : {Db::Mode::read_write, Db::Mode::read_only}) {
        const test::Folder folder;
        const auto path = folder.file("dreams.db");
        test::database(folder).script("DROP TABLE dreams_fetch_hosts; DROP INDEX idx_events_home");
        Db db = open_file(path, mode);
        EXPECT_EQ(db.value<int>("SELECT count(*) FROM dreams_fetch_hosts"), 0);
        EXPECT_EQ(
            db.value<int>("SELECT count(*) FROM sqlite_master WHERE name = 'idx_events_home'"), 1);
    }
}

TEST(OpenFile, AddsColumnsOfOurOwnTablesThatMayBeEmpty) {
    const test::Folder folder;
    test::database(folder).script(R"sql(
        INSERT INTO dreams_jobs (name, schedule) VALUES ('fub', '0 11 * * *');
        ALTER TABLE dreams_jobs DROP COLUMN was_due_at;
        ALTER TABLE dreams_jobs DROP COLUMN again_since;
        ALTER TABLE dreams_jobs DROP COLUMN schedule)sql");
    Db db = open_file(folder.file("dreams.db"));
    const auto columns = db.list<std::string>("SELECT name FROM pragma_table_info('dreams_jobs')");
    EXPECT_THAT(columns, testing::IsSupersetOf({"was_due_at", "again_since"}));
    EXPECT_THAT(columns, testing::Not(testing::Contains("schedule"))) << "damage stays visible";
    EXPECT_EQ(db.value<std::string>("SELECT name FROM dreams_jobs"), "fub");
}

TEST(OpenFile, RefusesANewerFileAnOlderOneAndNone) {
    const test::Folder folder;
    const auto path = folder.file("dreams.db");
    EXPECT_THAT(sentence([&] { open_file(path); }), HasSubstr("dreams init"));
    test::database(folder).script("PRAGMA user_version = 99");
    EXPECT_THAT(sentence([&] { open_file(path); }),
                AllOf(HasSubstr("newer DREAMS"), HasSubstr("schema 99")));
    Db::open(path).script("PRAGMA user_version = 0");
    EXPECT_THAT(sentence([&] { open_file(path); }), HasSubstr("dreams migrate"));
}

TEST(CreateSchema, TouchesNothingThatIsThere) {
    Db db = test::database();
    test::add_lead(db, "Ana");
    const auto before = test::dump(db);
    create_schema(db);
    EXPECT_EQ(test::dump(db), before);
}

}  // namespace
}  // namespace dreams::store
