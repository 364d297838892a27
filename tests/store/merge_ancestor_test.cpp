// What two copies had in common: told by what they went through, not by what the clocks said.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "store/merge_memory.h"
#include "support/copies.h"

namespace dreams::store {
namespace {

using std::chrono::hours;
using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

struct EarlierStates : testing::Test {
    test::Folder folder{test::quick_place()};
    Instant now = monday;

    void SetUp() override {
        test::original(folder, "a");
        test::copy(folder, "a", "b");
    }
    Db open(const std::string& file) { return open_file(folder.file(file)); }
    void in(const std::string& file, const std::string& sql) { open(file).script(sql); }
    /// A person and a home come in.
    void come(const std::string& file, const std::string& name) {
        Db db = open(file);
        test::add_lead(db, name);
        db.run(
            "INSERT INTO properties (id, address, created_at, updated_at) VALUES (:id, :id, "
            "'2026-01-19T00:00:00Z', '2026-01-19T00:00:00Z')",
            {{"id", "home of " + name}});
    }
    void delete_person(const std::string& file, const std::string& id) {
        Db db = open(file);
        db.run("DELETE FROM contact_communications WHERE contact_id = :id", {{"id", id}});
        db.run("DELETE FROM leads WHERE id = :id", {{"id", id}});
    }
    void save(const std::string& file) {
        std::filesystem::copy_file(folder.file(file), folder.file(file + " saved"),
                                   std::filesystem::copy_options::overwrite_existing);
    }
    void put_back(const std::string& file) {
        test::copy(folder, file + " saved", "of another place", now += hours{1});
        std::filesystem::rename(folder.file("of another place"), folder.file(file));
    }
    MergeReport merge(const std::string& into, const std::string& from) {
        return test::merge(folder, into, from, now += hours{1});
    }
    std::vector<std::string> people(const std::string& file) {
        return open(file).list<std::string>("SELECT first_name FROM leads ORDER BY first_name");
    }
    std::int64_t homes(const std::string& file) {
        return open(file).value<std::int64_t>("SELECT count(*) FROM properties");
    }
};

TEST_F(EarlierStates, PutBackTakeNothingAwayFromWhoHasWhatCameSince) {
    save("a");
    come("a", "Dora East");
    in("a", "UPDATE leads SET notes = 'has a dog' WHERE id = 'lead-ana-bell'");
    merge("b", "a");
    put_back("a");
    for (const auto& [into, from] : {std::pair("b", "a"), std::pair("a", "b")}) {
        const auto report = merge(into, from);
        EXPECT_THAT(report.conflicts, IsEmpty());
        EXPECT_THAT(people(into), ElementsAre("Ana", "Ben", "Cleo", "Dora"));
        EXPECT_EQ(homes(into), 3);
        EXPECT_EQ(open(into).value<std::string>("SELECT notes FROM leads WHERE first_name = 'Ana'"),
                  "has a dog");
    }
}

TEST_F(EarlierStates, PutBackAfterBothMetTakeNothingAwayEither) {
    save("a");
    come("b", "Dora East");
    merge("a", "b");
    merge("b", "a");
    put_back("a");
    merge("b", "a");
    EXPECT_THAT(people("b"), ElementsAre("Ana", "Ben", "Cleo", "Dora"));
    merge("a", "b");
    EXPECT_THAT(people("a"), ElementsAre("Ana", "Ben", "Cleo", "Dora"));
    EXPECT_EQ(homes("a"), 3);
}

TEST_F(EarlierStates, JoinedUnopenedTakeNothingAway) {
    save("b");
    come("b", "Dora East");
    merge("a", "b");
    merge("a", "b saved");
    EXPECT_THAT(people("a"), ElementsAre("Ana", "Ben", "Cleo", "Dora"));
}

TEST_F(EarlierStates, PutBackStillTellWhoWasDeletedBeforeThem) {
    come("a", "Dora East");
    merge("b", "a");
    delete_person("a", "lead-dora-east");
    save("a");
    come("a", "Eve Fox");
    put_back("a");
    merge("b", "a");
    EXPECT_THAT(people("b"), ElementsAre("Ana", "Ben", "Cleo"));
}

TEST_F(EarlierStates, OfAWrongClockBringNobodyBack) {
    now += hours{24};
    save("a");
    put_back("a");
    merge("b", "a");
    merge("a", "b");
    now -= hours{24};
    come("a", "Dora East");
    merge("b", "a");
    merge("a", "b");
    delete_person("a", "lead-dora-east");
    merge("a", "b");
    EXPECT_THAT(people("a"), ElementsAre("Ana", "Ben", "Cleo"));
    merge("b", "a");
    EXPECT_THAT(people("b"), ElementsAre("Ana", "Ben", "Cleo"));
}

TEST_F(EarlierStates, PutInPlaceByOtherMeansTakeNothingAway) {
    save("a");
    come("a", "Dora East");
    merge("b", "a");
    Db::open(folder.file("a")).script("PRAGMA wal_checkpoint(TRUNCATE)");
    test::write_file(folder.file("a"), test::read_file(folder.file("a saved")));
    merge("b", "a");
    EXPECT_THAT(people("b"), ElementsAre("Ana", "Ben", "Cleo", "Dora"));
    merge("a", "b");
    EXPECT_THAT(people("a"), ElementsAre("Ana", "Ben", "Cleo", "Dora"));
}

TEST_F(EarlierStates, OfWhichAnOlderProgramDidNotCountLoseNothing) {
    const std::string uncounted =
        "UPDATE dreams_merge_bases SET changes = NULL, number = NULL;"
        "UPDATE dreams_origin SET changes = NULL";
    save("a");
    in("a saved", uncounted);
    come("a", "Dora East");
    merge("b", "a");
    in("b", uncounted);
    put_back("a");
    in("a", uncounted);
    merge("b", "a");
    EXPECT_THAT(people("b"), ElementsAre("Ana", "Ben", "Cleo", "Dora"));
}

TEST_F(EarlierStates, AreToldByWhatChangedWhoeverChangedIt) {
    const auto changes = [&] {
        return open("a").value<std::int64_t>("SELECT coalesce(changes, 0) FROM dreams_origin");
    };
    for (const char* sql :
         {"INSERT INTO leads (id, created_at, updated_at) VALUES ('x', '2026', '2026')",
          "UPDATE leads SET heat_score = 3 WHERE id = 'x'", "DELETE FROM leads WHERE id = 'x'",
          "UPDATE properties SET notes = 'by the river' WHERE id = 'home_1'",
          "INSERT INTO contact_properties (id, contact_id, property_id, notes) VALUES ('cp', "
          "'lead-ana-bell', 'home_1', 'likes it')",
          "UPDATE contact_properties SET notes = NULL"}) {
        const auto before = changes();
        in("a", sql);
        EXPECT_EQ(changes(), before + 1) << sql;
    }
    const auto before = changes();
    in("a", "UPDATE contact_properties SET view_count = 3");
    EXPECT_EQ(changes(), before) << "nothing of it is remembered";
}

}  // namespace
}  // namespace dreams::store
