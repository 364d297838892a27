// Finding, in a CREATE TABLE of any hand, what its owner added.

#include "store/migrate_ddl.h"

#include <gmock/gmock.h>

#include "base/db.h"
#include "store/schema_tables.h"

namespace dreams::store {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> names(std::string_view sql) {
    std::vector<std::string> found;
    for (const auto& each : definitions(sql)) found.push_back(each.name);
    return found;
}

TEST(Definitions, AreSplitAtTheOutermostCommas) {
    EXPECT_THAT(names("CREATE TABLE t (a TEXT, b DECIMAL(10, 2) DEFAULT (max(1, 2)), c)"),
                ElementsAre("a", "b", "c"));
}

TEST(Definitions, DoNotStumbleOverQuotesAndComments) {
    EXPECT_THAT(names("CREATE TABLE \"odd (name\" (a TEXT DEFAULT 'x, (y', -- b, c\n"
                      "\"d, e\" TEXT, [f g] TEXT, `h``i` TEXT, \"j\"\"k\" /* l, ( */ TEXT)"),
                ElementsAre("a", "d, e", "f g", "h`i", "j\"k"));
}

TEST(Definitions, TellConstraintsFromColumns) {
    const auto found = definitions(
        "CREATE TABLE t (check_sum TEXT, \"check\" TEXT, CHECK (a > 0), UNIQUE(a, b), "
        "CONSTRAINT c FOREIGN KEY (a) REFERENCES u(b))");
    ASSERT_EQ(found.size(), 5u);
    EXPECT_EQ(found[0].name, "check_sum");
    EXPECT_EQ(found[1].name, "check");
    for (std::size_t i = 2; i < 5; ++i) EXPECT_EQ(found[i].name, "");
}

TEST(Widened, KeepsTheOwnersColumnsWordForWord) {
    const Widened widened(
        packages_table,
        "CREATE TABLE packages (ID TEXT, title TEXT, \"my, own\" TEXT COLLATE "
        "NOCASE DEFAULT 'a, b', doubled GENERATED ALWAYS AS (length(title) * 2))");
    EXPECT_THAT(widened.extra_columns(), ElementsAre("my, own", "doubled"));
    Db db = Db::open(":memory:", Db::Mode::create);
    db.script(widened.create_sql("packages"));
    db.script("PRAGMA foreign_keys = OFF");
    db.run("INSERT INTO packages (id, lead_id, title) VALUES ('p', 'l', 'Tour')");
    EXPECT_EQ(db.value<std::string>("SELECT \"my, own\" || doubled FROM packages"), "a, b8");
}

TEST(Widened, KeepsTheOwnersConstraintsAndReplacesOurs) {
    const Widened widened(
        matches_table,
        "CREATE TABLE matches (id TEXT PRIMARY KEY, lead_id TEXT NOT NULL, property_id TEXT, "
        "mine TEXT, FOREIGN KEY (lead_id) REFERENCES leads(id), UNIQUE( lead_id , property_id ), "
        "CONSTRAINT sane CHECK (total_score < 1000), FOREIGN KEY (mine) REFERENCES others(id))");
    const auto sql = widened.create_sql("m");
    EXPECT_THAT(sql, HasSubstr("CONSTRAINT sane CHECK (total_score < 1000)"));
    EXPECT_THAT(sql, HasSubstr("FOREIGN KEY (mine) REFERENCES others(id)"));
    EXPECT_THAT(sql, Not(HasSubstr("FOREIGN KEY (lead_id)")));
    EXPECT_EQ(sql.find("UNIQUE"), sql.rfind("UNIQUE"));
}

TEST(Widened, OfATableAsOursIsOurs) {
    const Widened widened(leads_table, create_table_sql(leads_table, "leads"));
    EXPECT_THAT(widened.extra_columns(), IsEmpty());
    EXPECT_EQ(widened.create_sql("leads"), create_table_sql(leads_table, "leads"));
}

TEST(Quoted, DoublesQuotes) {
    EXPECT_EQ(quoted_name("a\"b"), "\"a\"\"b\"");
}

}  // namespace
}  // namespace dreams::store
