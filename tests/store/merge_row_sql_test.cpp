// The SQL of a merge says each column by its place, and leaves each copy its own numbers.

#include "store/merge_row_sql.h"

#include <gmock/gmock.h>

#include "base/error.h"

namespace dreams::store {
namespace {

using testing::ElementsAre;

const TableShape shape{.name = "runs", .columns = {"id", "who", "ended", "rows"}, .key = {"id"}};
const WalkPlan plan(shape, shape);

TEST(RowSql, LeavesEachCopyTheNumbersThatItGives) {
    const MergeRule rule{.table = "runs", .joined = Joined::numbered, .newer_by = "ended"};
    const RowSql sql{rule, plan};
    EXPECT_TRUE(sql.is_number("id"));
    EXPECT_EQ(
        sql.insert(),
        R"(INSERT INTO main."runs" ("id", "who", "ended", "rows") VALUES (NULL, ?2, ?3, ?4))");
    EXPECT_EQ(sql.update(),
              R"(UPDATE main."runs" SET "who" = ?2, "ended" = ?3, "rows" = ?4 WHERE rowid = ?5)");
    EXPECT_EQ(
        sql.select(),
        R"(SELECT rowid, "id", "who", "ended", "rows", ended FROM main."runs" WHERE rowid = ?1)");
}

TEST(RowSql, KeepsTheKeyOfATableThatIsNotNumbered) {
    const MergeRule rule{.table = "runs", .joined = Joined::rows};
    const RowSql sql{rule, plan};
    EXPECT_FALSE(sql.is_number("id"));
    EXPECT_EQ(sql.insert(),
              R"(INSERT INTO main."runs" ("id", "who", "ended", "rows") VALUES (?1, ?2, ?3, ?4))");
    EXPECT_EQ(sql.find(), R"(SELECT rowid FROM main."runs" WHERE "id" IS ?1 LIMIT 1)");
}

TEST(RowSql, TellsApartWhatHasEndedInBothCopies) {
    const MergeRule rule{.table = "runs",
                         .joined = Joined::numbered,
                         .same_by = {"who"},
                         .unless = {"ended", "rows"}};
    const RowSql sql{rule, plan};
    EXPECT_THAT(sql.found_by(), ElementsAre("who", "ended", "rows"));
    EXPECT_EQ(
        sql.find(),
        R"(SELECT rowid FROM main."runs" WHERE "who" IS ?1 AND ("ended" IS NULL OR ?2 IS NULL )"
        R"(OR ("ended" IS ?2 AND "rows" IS ?3)) ORDER BY "ended" IS NULL LIMIT 1)");
}

TEST(RowSql, SaysWhichColumnIsMissing) {
    const MergeRule rule{.table = "runs", .joined = Joined::rows};
    const RowSql sql{rule, plan};
    EXPECT_EQ(sql.required_place("who"), 1u);
    EXPECT_EQ(sql.place("color"), std::nullopt);
    EXPECT_THROW(sql.required_place("color"), Error);
}

}  // namespace
}  // namespace dreams::store
