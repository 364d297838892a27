// Two files side by side: what only one has, what differs and where, whatever order the rows are
// in.

#include "store/compare.h"

#include <gmock/gmock.h>

#include <rapidcheck.h>

#include "support/database.h"

namespace dreams::store {
namespace {

using testing::ElementsAre;
using testing::Pair;

class Comparing : public testing::Test {
protected:
    TableComparison of(const std::string& name) {
        for (auto& table : compare(a, b))
            if (table.table == name) return table;
        throw std::runtime_error("no such table: " + name);
    }
    Db a = test::database(), b = test::database();
};

TEST_F(Comparing, FindsEqualFilesEqual) {
    const Lead ana = test::add_lead(a, "Ana");
    for (int i = 0; i < 300; ++i) a.add("contact_events", test::event(ana, i));
    a.copy_to(b);
    EXPECT_TRUE(same(compare(a, b)));
    EXPECT_EQ(of("contact_events").equal, 300);
}

TEST_F(Comparing, WhatIsEachCopysOwnMakesNoDifference) {
    a.script("INSERT INTO dreams_jobs (name, schedule) VALUES ('score', '')");
    const auto jobs = of("dreams_jobs");
    EXPECT_TRUE(jobs.same());
    EXPECT_FALSE(jobs.identical());
    EXPECT_EQ(difference(jobs), "each file's own: 1 only in A");
    EXPECT_TRUE(same(compare(a, b)));
    for (const auto* name : {"dreams_origin", "dreams_leases", "dreams_merge_bases"})
        EXPECT_TRUE(of(name).own) << name;
    for (const auto* name : {"leads", "sync_log", "properties"}) EXPECT_FALSE(of(name).own) << name;
}

TEST_F(Comparing, TellsWhichColumnsDiffer) {
    test::add_lead(a, "Ana");
    a.copy_to(b);
    b.script("UPDATE leads SET stage = 'Closed', notes = 'x'");
    const auto leads = of("leads");
    EXPECT_EQ(leads.differing, 1);
    EXPECT_THAT(leads.columns, ElementsAre(Pair("stage", 1), Pair("notes", 1)));
    EXPECT_EQ(difference(leads), "1 differs (stage 1, notes 1)");
}

TEST_F(Comparing, TellsNullFromEmptyAndOneFromItsText) {
    a.script(
        "CREATE TABLE owner (id INTEGER PRIMARY KEY, x); INSERT INTO owner VALUES "
        "(1, NULL), (2, 1), (3, 1), (4, 'a')");
    b.script(
        "CREATE TABLE owner (id INTEGER PRIMARY KEY, x); INSERT INTO owner VALUES "
        "(1, ''), (2, '1'), (3, 1.0), (4, 'a')");
    EXPECT_EQ(of("owner").differing, 3);
    EXPECT_EQ(of("owner").equal, 1);
}

TEST_F(Comparing, FindsRowsThatStandElsewhere) {
    for (const auto* name : {"Ana", "Ben", "Cy"}) test::add_lead(a, name);
    for (const auto* name : {"Cy", "Dee", "Ana"}) test::add_lead(b, name);
    const auto leads = of("leads");
    EXPECT_EQ(leads.only_a, 1);
    EXPECT_EQ(leads.only_b, 1);
    EXPECT_EQ(leads.equal, 2);
}

TEST_F(Comparing, ReadsTablesWithoutRowNumbersAndWithKeysOfTwoColumns) {
    const std::string made =
        "CREATE TABLE owner (x, y, z, PRIMARY KEY (x, y)) WITHOUT ROWID;"
        "CREATE TABLE other (x, y, z, PRIMARY KEY (x, y));";
    a.script(made);
    b.script(made);
    for (const auto* table : {"owner", "other"}) {
        a.script(std::string("INSERT INTO ") + table + " VALUES (1,1,1),(1,2,2),(2,1,3)");
        b.script(std::string("INSERT INTO ") + table + " VALUES (2,1,3),(1,2,7),(3,1,1)");
        const auto found = of(table);
        EXPECT_EQ(difference(found), "1 only in A, 1 only in B, 1 differs (z 1)") << table;
    }
}

TEST_F(Comparing, NamesTablesAndColumnsThatOneFileLacks) {
    b.script("CREATE TABLE owner (x); INSERT INTO owner VALUES (1)");
    test::add_lead(a, "Ana");
    a.script("CREATE TABLE again (id TEXT PRIMARY KEY, more); INSERT INTO again VALUES ('1', 2)");
    b.script("CREATE TABLE again (id TEXT PRIMARY KEY); INSERT INTO again VALUES ('1')");
    EXPECT_EQ(difference(of("owner")), "only B has the table");
    EXPECT_EQ(of("owner").only_b, 1);
    EXPECT_EQ(difference(of("again")), "1 differs (more 1)");
    EXPECT_FALSE(same(compare(a, b)));
}

TEST_F(Comparing, CountsAsTheSetsDo) {
    const std::string made = "CREATE TABLE owner (id TEXT PRIMARY KEY, x INTEGER)";
    a.script(made);
    b.script(made);
    EXPECT_TRUE(rc::check(
        [&](const std::map<int, int>& left, const std::map<int, int>& right, bool backward) {
            const auto fill = [](Db& db, auto begin, auto end) {
                db.script("DELETE FROM owner");
                for (; begin != end; ++begin)
                    db.run("INSERT INTO owner VALUES (:id, :x)",
                           {{"id", std::to_string(begin->first)}, {"x", begin->second}});
            };
            fill(a, left.begin(), left.end());
            if (backward)
                fill(b, right.rbegin(), right.rend());
            else
                fill(b, right.begin(), right.end());
            TableComparison expected;
            for (const auto& [id, x] : left)
                ++(!right.contains(id) ? expected.only_a
                   : right.at(id) == x ? expected.equal
                                       : expected.differing);
            for (const auto& [id, x] : right) expected.only_b += !left.contains(id);
            const auto found = of("owner");
            RC_ASSERT(found.only_a == expected.only_a);
            RC_ASSERT(found.only_b == expected.only_b);
            RC_ASSERT(found.equal == expected.equal);
            RC_ASSERT(found.differing == expected.differing);
            RC_ASSERT(found.a == static_cast<std::int64_t>(left.size()));
        }));
}

TEST(Difference, NamesTheColumnsThatDifferMostOften) {
    TableComparison table{.table = "leads", .differing = 9};
    for (int i = 1; i <= 10; ++i) table.columns.emplace_back("c" + std::to_string(i), i);
    EXPECT_EQ(difference(table),
              "9 differ (c10 10, c9 9, c8 8, c7 7, c6 6, c5 5, c4 4, c3 3 and 2 more columns)");
}

}  // namespace
}  // namespace dreams::store
