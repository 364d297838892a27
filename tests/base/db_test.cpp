// The one door to SQLite: values in and out, statements cached and nested, transactions, and a
// sentence for everything that goes wrong.

#include "base/db.h"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <array>
#include <thread>

#include "base/db_copy.h"
#include "support/disk.h"
#include "support/folder.h"

namespace dreams {

enum class Mood : std::uint8_t { warm, cold };
template <>
struct Words<Mood> {
    static constexpr std::array<std::pair<Mood, std::string_view>, 2> list{
        {{Mood::warm, "warm"}, {Mood::cold, "cold"}}};
};

namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Db memory(const std::string& script = "") {
    Db db = Db::open(":memory:", Db::Mode::create);
    db.script(script);
    return db;
}

struct Failure {
    Fault fault = Fault::internal;
    std::string sentence = "no error";
};

Failure failure(auto&& act) {
    try {
        act();
    } catch (const Error& error) {
        return {error.fault(), error.what()};
    }
    return {};
}

// ---- Values

struct Note {
    std::string text;
    std::optional<std::int64_t> stars;
    static constexpr auto columns() {
        return Columns{Column{"text", &Note::text}, Column{"stars", &Note::stars}};
    }
};

struct Home {
    std::string id;
    std::int64_t price = 0;
    std::optional<double> baths;
    bool sold = false;
    Instant seen;
    std::optional<Date> listed;
    Mood mood = Mood::cold;
    std::optional<Mood> was;
    Note note;
    static constexpr auto columns() {
        return Columns{
            Column{"id", &Home::id},
            Column{"price", &Home::price},
            Column{"baths", &Home::baths},
            Column{"sold", &Home::sold},
            Column{"seen_at", &Home::seen},
            Column{"list_date", &Home::listed},
            Column{"mood", &Home::mood},
            Column{"was", &Home::was},
            Part{&Home::note},
        };
    }
};

constexpr auto homes =
    "CREATE TABLE homes (id TEXT PRIMARY KEY, price INTEGER, baths REAL, sold INTEGER, "
    "seen_at TEXT, list_date TEXT, mood TEXT, was TEXT, text TEXT, stars INTEGER);";

Home elm() {
    return {.id = "elm",
            .price = 9'007'199'254'740'993,
            .baths = 2.5,
            .sold = true,
            .seen = Instant{std::chrono::seconds{1'768'838'400}},
            .listed = Date{std::chrono::days{20'000}},
            .mood = Mood::warm,
            .was = std::nullopt,
            .note = {std::string("a\0b", 3), std::nullopt}};
}

TEST(DbValues, ComeBackAsTheyWentIn) {
    Db db = memory(homes);
    db.add("homes", elm());
    const Home back = db.value<Home>("SELECT * FROM homes");
    EXPECT_EQ(back.price, 9'007'199'254'740'993);
    EXPECT_EQ(back.baths, 2.5);
    EXPECT_TRUE(back.sold);
    EXPECT_EQ(back.seen, elm().seen);
    EXPECT_EQ(back.listed, elm().listed);
    EXPECT_EQ(back.mood, Mood::warm);
    EXPECT_EQ(back.was, std::nullopt);
    EXPECT_EQ(back.note.text, std::string("a\0b", 3)) << "a NUL inside";
    EXPECT_EQ(back.note.stars, std::nullopt);
    EXPECT_EQ(db.value<std::string>("SELECT seen_at || list_date || mood FROM homes"),
              "2026-01-19T16:00:00Z2024-10-04warm");
}

TEST(DbValues, AreMatchedByNameWhateverTheOrder) {
    Db db = memory();
    const auto home = db.value<Home>("SELECT 7 AS extra, 'x' AS text, 5 AS price, 'i' AS id");
    EXPECT_EQ(home.id, "i");
    EXPECT_EQ(home.price, 5);
    EXPECT_EQ(home.note.text, "x");
    EXPECT_EQ(home.mood, Mood::cold) << "what the result lacks keeps its default";
}

TEST(DbValues, ThatAreNotUnderstoodAreNoneWhereNoneIsAllowed) {
    Db db = memory(homes);
    db.script(
        "INSERT INTO homes (id, mood, was, list_date) VALUES ('a', 'warm', 'lukewarm', "
        "'2026-01-19')");
    EXPECT_EQ(db.one<std::optional<Mood>>("SELECT was FROM homes")->has_value(), false);
    EXPECT_EQ(db.one<std::optional<Instant>>("SELECT list_date FROM homes")->has_value(), false);
    EXPECT_THAT(failure([&] { db.value<Mood>("SELECT was FROM homes"); }).sentence,
                AllOf(HasSubstr("'lukewarm'"), HasSubstr("was")));
    EXPECT_THAT(failure([&] { db.value<Instant>("SELECT list_date FROM homes"); }).sentence,
                HasSubstr("dreams migrate"));
    EXPECT_THAT(failure([&] { db.value<Date>("SELECT mood FROM homes"); }).sentence,
                HasSubstr("no date"));
}

TEST(DbValues, OfAnEnumThatIsNotSaidKeepTheRecordsDefault) {
    Db db = memory();
    EXPECT_EQ(db.value<Home>("SELECT 'a' AS id, NULL AS mood, "
                             "'2026-01-19T16:00:00Z' AS seen_at")
                  .mood,
              Mood::cold);
}

TEST(DbValues, OfCurrentTimestampAreInstants) {
    EXPECT_EQ(to_text(memory().value<Instant>("SELECT '2026-01-19 16:00:00'")),
              "2026-01-19T16:00:00Z");
}

TEST(DbValues, OfParametersAreBoundByName) {
    Db db = memory();
    const std::optional<std::string> none, some = "text";
    auto row = db.query(
        "SELECT typeof(:i), typeof(:r), typeof(:t), typeof(:n), typeof(:o), "
        "typeof(:s), :at, :word, :i",
        {{"s", some},
         {"word", Mood::warm},
         {"i", 7},
         {"r", 0.5},
         {"t", "x"},
         {"n", nullptr},
         {"o", none},
         {"at", elm().seen}});
    ASSERT_TRUE(row.step());
    std::vector<std::string> got;
    for (int i = 0; i < row.columns(); ++i) got.emplace_back(row.text(i));
    EXPECT_THAT(got, ElementsAre("integer", "real", "text", "null", "null", "text",
                                 "2026-01-19T16:00:00Z", "warm", "7"));
    EXPECT_EQ(failure([&] { db.query("SELECT 1", {{"x", 1}}); }).fault, Fault::internal);
}

TEST(DbValues, OfNoRowAreNoneOrNotFound) {
    Db db = memory();
    EXPECT_EQ(db.one<int>("SELECT 1 WHERE 0"), std::nullopt);
    EXPECT_THAT(db.list<int>("SELECT 1 WHERE 0"), IsEmpty());
    EXPECT_EQ(failure([&] { db.value<int>("SELECT 1 WHERE 0"); }).fault, Fault::not_found);
}

TEST(DbValues, ThatAreEmptyAreNotNull) {
    Db db = memory("CREATE TABLE t (a TEXT)");
    db.run("INSERT INTO t VALUES (:a)", {{"a", std::string_view()}});
    EXPECT_EQ(db.value<std::string>("SELECT typeof(a) FROM t"), "text");
}

// ---- Statements

TEST(DbStatements, AreCompiledOnceAndGivenBackClean) {
    Db db = memory();
    {
        Statement first = db.query("SELECT :a", {{"a", "secret"}});
        ASSERT_TRUE(first.step());
    }
    sqlite3_stmt* const kept = sqlite3_next_stmt(db.handle(), nullptr);
    Statement again = db.prepare("SELECT :a");
    ASSERT_TRUE(again.step());
    EXPECT_TRUE(again.is_null(0)) << "the last one's value is still bound";
    int compiled = 0;
    for (auto* each = sqlite3_next_stmt(db.handle(), nullptr); each;
         each = sqlite3_next_stmt(db.handle(), each))
        compiled += std::string_view(sqlite3_sql(each)) == "SELECT :a";
    EXPECT_EQ(compiled, 1);
    EXPECT_NE(kept, nullptr);
}

TEST(DbStatements, OfTheSameTextMayBeAtWorkInsideOneAnother) {
    Db db = memory("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2), (3)");
    constexpr auto sql = "SELECT a FROM t ORDER BY a";
    std::vector<std::int64_t> pairs;
    Statement outer = db.prepare(sql);
    while (outer.step()) {
        Statement inner = db.prepare(sql);
        while (inner.step()) pairs.push_back(outer.integer(0) * 10 + inner.integer(0));
    }
    EXPECT_THAT(pairs, ElementsAre(11, 12, 13, 21, 22, 23, 31, 32, 33));
}

TEST(DbStatements, ThatFailedCanBeUsedAgain) {
    Db db = memory("CREATE TABLE t (a INTEGER UNIQUE); INSERT INTO t VALUES (1)");
    Statement insert = db.prepare("INSERT INTO t VALUES (:a)");
    insert.bind(0, std::int64_t{1});
    EXPECT_EQ(failure([&] { insert.step(); }).fault, Fault::conflict);
    insert.bind(0, std::int64_t{2});
    EXPECT_FALSE(insert.step());
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM t"), 2);
}

TEST(DbStatements, OutliveAChangeOfTheSchema) {
    Db db = memory("CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1)");
    EXPECT_EQ(db.value<int>("SELECT a FROM t"), 1);
    db.script("DROP TABLE t; CREATE TABLE t (b TEXT, a INTEGER); INSERT INTO t VALUES ('x', 5)");
    EXPECT_EQ(db.value<int>("SELECT a FROM t"), 5);
}

TEST(DbStatements, ThatAreWrongAreOurMistake) {
    Db db = memory();
    EXPECT_EQ(failure([&] { db.prepare("SELECT nothing FROM nowhere"); }).fault, Fault::internal);
    EXPECT_EQ(failure([&] { db.prepare("-- nothing"); }).fault, Fault::internal);
    EXPECT_EQ(failure([&] { db.prepare("SELECT \"no such column\""); }).fault, Fault::internal)
        << "a mistyped column must not pass for a text";
}

// ---- Transactions

TEST(Transactions, ThatAreNotCommittedNeverWere) {
    Db db = memory("CREATE TABLE t (a INTEGER)");
    {
        auto transaction = db.begin();
        db.run("INSERT INTO t VALUES (1)");
        EXPECT_TRUE(db.in_transaction());
    }
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM t"), 0);
    {
        auto transaction = db.begin();
        db.run("INSERT INTO t VALUES (1)");
        transaction.commit();
    }
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM t"), 1);
}

TEST(Transactions, AreTakenBackWhenAnErrorPassesThrough) {
    Db db = memory("CREATE TABLE t (a INTEGER UNIQUE)");
    const auto twice = [&] {
        auto transaction = db.begin();
        for (int i = 0; i < 2; ++i) db.run("INSERT INTO t VALUES (1)");
        transaction.commit();
    };
    EXPECT_THAT(failure(twice).sentence, HasSubstr("UNIQUE"));
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM t"), 0);
}

TEST(Transactions, OfTwoWritersWaitAndThenSayThatTheFileIsBusy) {
    const test::Folder folder;
    Db one = Db::open(folder.file("x.db"), Db::Mode::create);
    Db two = Db::open(folder.file("x.db"));
    EXPECT_EQ(two.value<int>("PRAGMA busy_timeout"), 5000);
    two.query("PRAGMA busy_timeout = 1").step();
    auto transaction = one.begin();
    const auto busy = failure([&] { two.begin(); });
    EXPECT_EQ(busy.fault, Fault::unavailable);
    EXPECT_THAT(busy.sentence, HasSubstr("busy: another program is writing"));
    EXPECT_EQ(two.value<int>("SELECT count(*) FROM sqlite_master"), 0) << "reading goes on";
}

// ---- Keeping records

struct Row {
    std::string id;
    std::optional<std::string> name;
    std::int64_t made = 0;
    std::int64_t touched = 0;
    static constexpr auto columns() {
        return Columns{Column{"id", &Row::id}, Column{"name", &Row::name},
                       Column{"made", &Row::made}, Column{"touched", &Row::touched}};
    }
};

class Keepers : public testing::Test {
protected:
    Row stored() { return db.value<Row>("SELECT * FROM rows"); }
    Db db = memory(
        "CREATE TABLE rows (id TEXT PRIMARY KEY, name TEXT, made INTEGER, "
        "touched INTEGER, agents TEXT DEFAULT 'mine')");
    Keeper<Row> keeper{db, {.table = "rows", .key = "id", .once = {"made"}, .touch = {"touched"}}};
};

TEST_F(Keepers, MakeChangeAndLeaveRows) {
    EXPECT_EQ(keeper.keep({"a", "Ana", 1, 1}), Kept::created);
    EXPECT_EQ(keeper.keep({"a", "Ana", 1, 1}), Kept::unchanged);
    EXPECT_EQ(keeper.keep({"a", "Anna", 1, 1}), Kept::updated);
    EXPECT_EQ(stored().name, "Anna");
    EXPECT_EQ(keeper.keep({"a", std::nullopt, 1, 1}), Kept::updated) << "cleared is a change too";
    EXPECT_EQ(keeper.keep({"a", std::nullopt, 1, 1}), Kept::unchanged);
}

TEST_F(Keepers, WriteOnceWhatIsWrittenOnceAndTouchOnlyWithAChange) {
    keeper.keep({"a", "Ana", 1, 1});
    EXPECT_EQ(keeper.keep({"a", "Ana", 9, 9}), Kept::unchanged);
    EXPECT_EQ(stored().touched, 1);
    EXPECT_EQ(keeper.keep({"a", "Anna", 9, 9}), Kept::updated);
    EXPECT_EQ(stored().made, 1);
    EXPECT_EQ(stored().touched, 9);
}

TEST_F(Keepers, WriteNoColumnThatTheRecordDoesNotHave) {
    keeper.keep({"a", "Ana", 1, 1});
    db.script("UPDATE rows SET agents = 'typed by hand'");
    keeper.keep({"a", "Anna", 1, 1});
    EXPECT_EQ(db.value<std::string>("SELECT agents FROM rows"), "typed by hand");
}

// ---- Files

TEST(DbFiles, AreWalWithForeignKeysOn) {
    const test::Folder folder;
    Db db = Db::open(folder.file("x.db"), Db::Mode::create);
    EXPECT_EQ(db.value<std::string>("PRAGMA journal_mode"), "wal");
    EXPECT_EQ(db.value<int>("PRAGMA foreign_keys"), 1);
    db.script(
        "CREATE TABLE parents (id TEXT PRIMARY KEY);"
        "CREATE TABLE children (parent TEXT REFERENCES parents(id))");
    const auto orphan = failure([&] { db.run("INSERT INTO children VALUES ('x')"); });
    EXPECT_EQ(orphan.fault, Fault::conflict);
    EXPECT_THAT(orphan.sentence, HasSubstr("FOREIGN KEY"));
}

TEST(DbFiles, ThatAreNotThereOrNoDatabaseAreSaid) {
    const test::Folder folder;
    const auto missing = failure([&] { Db::open(folder.file("none.db")); });
    EXPECT_THAT(missing.sentence, AllOf(HasSubstr("none.db"), HasSubstr("cannot be opened")));
    EXPECT_FALSE(std::filesystem::exists(folder.file("none.db")));
    test::write_file(folder.file("text.db"), std::string(2000, '?'));
    const auto text = failure([&] { Db::open(folder.file("text.db")); });
    EXPECT_EQ(text.fault, Fault::invalid);
    EXPECT_THAT(text.sentence, HasSubstr("is not a database"));
}

TEST(DbFiles, OpenedForReadingAreNotWritten) {
    const test::Folder folder;
    Db::open(folder.file("x.db"), Db::Mode::create).script("CREATE TABLE t (a)");
    Db db = Db::open(folder.file("x.db"), Db::Mode::read_only);
    const auto refused = failure([&] { db.run("INSERT INTO t VALUES (1)"); });
    EXPECT_EQ(refused.fault, Fault::unavailable);
    EXPECT_THAT(refused.sentence, HasSubstr("read-only"));
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM t"), 0);
}

TEST(DbFiles, ThatAreDamagedAreSaidWithAnAdvice) {
    const test::Folder folder;
    {
        Db db = Db::open(folder.file("x.db"), Db::Mode::create);
        db.script("PRAGMA journal_mode = DELETE; CREATE TABLE t (a)");
        for (int i = 0; i < 300; ++i)
            db.run("INSERT INTO t VALUES (:a)", {{"a", std::string(100, 'x')}});
    }
    const auto bytes = test::read_file(folder.file("x.db"));
    test::write_file(folder.file("x.db"),
                     bytes.substr(0, 4096) + std::string(bytes.size() - 4096, 'z'));
    Db db = Db::open(folder.file("x.db"));
    const auto damaged = failure([&] { db.list<std::string>("SELECT a FROM t"); });
    EXPECT_EQ(damaged.fault, Fault::invalid);
    EXPECT_THAT(damaged.sentence, HasSubstr("is damaged; restore a backup"));
}

TEST(DbFiles, OnAFullDiskKeepWhatTheyHad) {
    const test::Folder folder;
    Db db = Db::open(folder.file("x.db"), Db::Mode::create);
    db.script("CREATE TABLE t (a)");
    {
        const test::Disk disk(test::Disk::Act::full, 1);
        const auto full = failure([&] { db.run("INSERT INTO t VALUES (1)"); });
        EXPECT_EQ(full.fault, Fault::unavailable);
        EXPECT_THAT(full.sentence, HasSubstr("disk is full"));
        EXPECT_EQ(db.value<int>("SELECT count(*) FROM t"), 0) << "reading goes on";
    }
    db.run("INSERT INTO t VALUES (1)");
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM t"), 1);
}

TEST(DbFiles, AreCopiedAsTheyAreAtOneMoment) {
    Db from = memory("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    Db to = memory("CREATE TABLE old (b)");
    from.copy_to(to);
    EXPECT_EQ(to.value<int>("SELECT a FROM t"), 1);
    EXPECT_EQ(to.value<int>("SELECT count(*) FROM sqlite_master"), 1);
}

TEST(DbFiles, AreLockedBeforeTheyAreCopiedOver) {
    const test::Folder folder;
    Db from = memory("CREATE TABLE t (a); INSERT INTO t VALUES (1)");
    Db to = Db::open(folder.file("to.db"), Db::Mode::create);
    to.script("CREATE TABLE t (a); INSERT INTO t VALUES (2)");
    EXPECT_THROW(copy_locked(from, to, [] { throw Error(Fault::unavailable, "no room"); }), Error);
    EXPECT_EQ(to.value<int>("SELECT a FROM t"), 2) << "nothing changes";
    copy_locked(from, to, [&] {
        Db other = Db::open(to.path());
        other.script("PRAGMA busy_timeout = 0");
        EXPECT_EQ(other.value<int>("SELECT a FROM t"), 2);
        EXPECT_THROW(other.run("INSERT INTO t VALUES (3)"), Error);
    });
    EXPECT_EQ(to.list<int>("SELECT a FROM t"), std::vector{1});
}

TEST(SqliteVersion, IsNoneThatDamagesFiles) {
    EXPECT_GE(sqlite3_libversion_number(), 3'051'003);
    EXPECT_EQ(checked_sqlite_version(), sqlite3_libversion());
}

}  // namespace
}  // namespace dreams
