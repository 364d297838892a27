// Real downloads, where a folder beside the tree has them: everything twice, and three months of
// one town in the order in which they happened.

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>

#include "jobs/import.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

namespace fs = std::filesystem;
using testing::SizeIs;

/// `samples/redfin-csv` in a folder beside this tree; empty: there is none.
fs::path samples() {
    std::error_code unreadable;  // a folder that may not be looked into holds none for us
    for (const auto& folder : fs::directory_iterator(DREAMS_ROOT "/..", unreadable)) {
        const auto found = folder.path() / "samples" / "redfin-csv";
        if (fs::is_directory(found, unreadable)) return found;
    }
    return {};
}

std::vector<std::string> csv_files(const fs::path& folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".csv") files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

class Samples : public testing::Test {
protected:
    void SetUp() override {
        if (samples().empty()) GTEST_SKIP() << "no real downloads beside the tree";
    }
    ImportReport import(const fs::path& folder, ImportOptions options = {}) {
        return import_files(db, csv_files(folder), options, zone, test::monday, silent);
    }
    Property home(const std::string& address) {
        return *db.one<Property>("SELECT * FROM properties WHERE address = :address",
                                 {{"address", address}});
    }
    std::int64_t number(const std::string& sql) { return db.value<std::int64_t>(sql); }

    Db db = test::database();
    Zone zone{"America/Los_Angeles"};
    Progress silent;
};

TEST_F(Samples, ImportedTwiceAreTheSameTheSecondTime) {
    for (const auto& file : import(samples()).files) {
        const auto& n = file.counts;
        EXPECT_EQ(file.error, "") << file.file;
        EXPECT_EQ(n.rows, n.created + n.updated + n.unchanged + n.refused + n.notices);
        EXPECT_EQ(n.refused, 0) << file.file;
        EXPECT_GT(n.rows, 0) << file.file;
    }
    const auto before = test::dump(db);
    for (const auto& file : import(samples()).files)
        EXPECT_EQ(file.counts.unchanged + file.counts.notices, file.counts.rows);
    EXPECT_EQ(test::dump(db), before);
}

TEST_F(Samples, ReadAnewInOrderChangeNothingOfAHome) {
    import(samples());
    const auto rows = [&] {
        std::vector<std::string> whole;
        for (auto& home : db.list<Property>("SELECT * FROM properties ORDER BY id")) {
            home.stamps = {};
            whole.push_back(json::written(home));
        }
        return whole;
    };
    const auto before = rows();
    import(samples(), {.again = true});
    const auto after = rows();
    ASSERT_EQ(after.size(), before.size());
    for (std::size_t i = 0; i < after.size(); ++i) EXPECT_EQ(after[i], before[i]);
}

TEST_F(Samples, OfSeattleHoldTheHomesPriceChangesAndRelistingsOfTheData) {
    const auto report = import(samples() / "seattle-2022-snapshots");
    ASSERT_THAT(report.files, SizeIs(20));
    EXPECT_EQ(number("SELECT count(*) FROM dreams_property_keys WHERE kind = 'redfin'"), 1817);
    EXPECT_EQ(number("SELECT count(*) FROM properties"), 1812);

    // Five homes have two Redfin ids, joined by one MLS number; two of these moved their price from
    // one id to the other. All other moves are those within one id: 74 in 69 homes.
    const std::string moved =
        "FROM property_changes WHERE (change_type = 'price' OR change_amount IS NOT NULL)";
    const std::string of_one_id =
        " AND property_id NOT IN (SELECT property_id FROM dreams_property_keys"
        " WHERE kind = 'redfin' GROUP BY property_id HAVING count(*) > 1)";
    EXPECT_EQ(number("SELECT count(*) " + moved + of_one_id), 74);
    EXPECT_EQ(number("SELECT count(DISTINCT property_id) " + moved + of_one_id), 69);
    EXPECT_EQ(number("SELECT count(*) " + moved), 76);

    const std::string relisted = "FROM property_changes WHERE change_type = 'relisted'";
    EXPECT_EQ(number("SELECT count(*) " + relisted), 20);
    EXPECT_EQ(number("SELECT count(DISTINCT property_id) " + relisted), 19);
    EXPECT_EQ(number("SELECT count(*) FROM property_changes p JOIN property_changes r "
                     "ON r.property_id = p.property_id AND r.detected_at = p.detected_at "
                     "WHERE p.change_type = 'price' AND r.change_type = 'relisted'"),
              0)
        << "a relisting is no price change too";
    std::int64_t told = 0, came_back = 0;
    for (const auto& file : report.files) {
        told += file.counts.price_changes;
        came_back += file.counts.relistings;
    }
    EXPECT_EQ(told, 76);
    EXPECT_EQ(came_back, 20);
}

TEST_F(Samples, OfSeattleCloseAChainWithTheSale) {
    import(samples() / "seattle-2022-snapshots");
    const auto row = home("1230 5th Ave N #302");
    EXPECT_EQ(row.listing.status, "sold");
    EXPECT_EQ(row.listing.price, 890'000);
    EXPECT_EQ(row.listing.initial_price, 950'000);
    const auto changes = store::changes_of(db, row.id);
    ASSERT_THAT(changes, SizeIs(2));
    EXPECT_EQ(changes[1].amount, -25'000);
    EXPECT_EQ(changes[0].new_value, "sold");
}

TEST_F(Samples, OfSeattleSellNoHomeThatIsMerelyMissingInTheNextFile) {
    import(samples() / "seattle-2022-snapshots");
    const auto row = home("2854 SW Nevada St");
    EXPECT_EQ(row.listing.status, "active");
    EXPECT_EQ(row.listing.price, 685'000);
    EXPECT_THAT(store::changes_of(db, row.id), SizeIs(1));
}

TEST_F(Samples, UndoneLeaveNothing) {
    const auto before = number("SELECT count(*) FROM properties");
    const auto report = import(samples());
    for (const auto& file : report.files) {
        auto transaction = db.begin();
        store::undo_import(db, file.counts.id, test::monday);
        transaction.commit();
    }
    EXPECT_EQ(number("SELECT count(*) FROM properties"), before);
    EXPECT_EQ(number("SELECT count(*) FROM property_changes"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM dreams_property_keys"), 0);
}

}  // namespace
}  // namespace dreams::jobs
