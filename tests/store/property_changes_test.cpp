// What is news about a home, and what only looks like it.

#include "store/property_changes.h"

#include <gmock/gmock.h>

#include "base/json.h"
#include "homes.h"

namespace dreams::store {
namespace {

using std::chrono::hours;
using test::keep;
using test::monday;
using test::sighting;
using test::told;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Changes : public testing::Test {
protected:
    Db db = test::database();
    int day = 0;

    /// The next day, the home is told of at this price and status, under this number.
    std::vector<std::string> next(std::int64_t price, const std::string& status,
                                  const std::string& number = "4100001",
                                  const std::string& board = "Canopy") {
        auto said = sighting("1", "12 Elm Rd", number);
        said.listing.price = price;
        said.listing.status = status;
        said.listing.mls_source = board;
        std::vector<std::string> lines;
        kept = keep(db, said, told("redfin", monday + hours{24 * day++}));
        for (const auto& change : kept.changes)
            lines.push_back(change.type + " " + change.old_value.value_or("-") + ">" +
                            change.new_value.value_or("-") +
                            (change.amount ? " " + std::to_string(*change.amount) : ""));
        return lines;
    }
    Property row() { return *property(db, kept.id); }
    /// By which numbers the home is known.
    std::string keys() {
        return db.value<std::string>(R"sql(
            SELECT group_concat(said, ', ')
              FROM (SELECT kind || ' ' || key AS said FROM dreams_property_keys
                     WHERE kind IN ('mls', 'number') ORDER BY kind, key))sql");
    }

    KeptHome kept;
};

TEST_F(Changes, AreAPriceAndAStatus) {
    EXPECT_THAT(next(450'000, "Active"), IsEmpty());
    EXPECT_THAT(next(440'000, "Active"), ElementsAre("price 450000>440000 -10000"));
    EXPECT_THAT(next(440'000, "Pending"), ElementsAre("status active>pending"));
    EXPECT_THAT(next(445'000, "Active"),
                ElementsAre("price 440000>445000 5000", "status pending>active"));
    const auto rows = changes_of(db, kept.id);
    ASSERT_EQ(rows.size(), 4u);
    EXPECT_EQ(rows.front().detected_at, monday + hours{72});
    EXPECT_EQ(rows.front().property_address, "12 Elm Rd");
    EXPECT_EQ(rows.front().source, "redfin");
    EXPECT_EQ(rows.front().notified, 0);
}

TEST_F(Changes, AreNoneWhereOneWordIsWrittenInTwoWays) {
    next(450'000, "Contingent");
    EXPECT_THAT(next(450'000, "contingent"), IsEmpty());
    EXPECT_THAT(next(450'000, "ActiveUnderContract"), IsEmpty());
    db.run("UPDATE properties SET status = 'FOR_SALE'");  // as the predecessor kept Zillow's word
    EXPECT_THAT(next(450'000, "Active"), IsEmpty());
    EXPECT_EQ(row().listing.status, "active");
}

TEST_F(Changes, OfASaleAreTheStatusAndNotTheAskingPrice) {
    next(450'000, "Active");
    EXPECT_THAT(next(431'000, "Sold"), ElementsAre("status active>sold"));
    EXPECT_THAT(next(432'000, "Sold"), IsEmpty());
    EXPECT_THAT(row().listing.price_history->text,
                HasSubstr("\"price\":431000,\"event\":\"sold\""));
}

TEST_F(Changes, OfANewNumberAreARelistingAndNotAPrice) {
    next(450'000, "Active");
    EXPECT_THAT(next(439'000, "Active", "4100002"), ElementsAre("relisted 4100001>4100002 -11000"));
    EXPECT_EQ(row().listing.initial_price, 439'000);
    EXPECT_THAT(next(420'000, "Sold", "4100003"),
                ElementsAre("relisted 4100002>4100003", "status active>sold"));
}

TEST_F(Changes, OfASoldHomeThatIsForSaleAreARelisting) {
    next(450'000, "Sold");
    EXPECT_THAT(next(500'000, "Active"), ElementsAre("relisted sold>active"));
}

TEST_F(Changes, OfANumberSetTheIdxCheckBack) {
    next(450'000, "Active");
    db.run(R"sql(UPDATE properties SET idx_validation_status = 'validated',
                 idx_mls_number = '4100001', idx_validated_at = '2026-01-19T00:00:00Z')sql");
    next(450'000, "Active");
    EXPECT_EQ(row().idx.idx_validation_status, "validated");
    next(450'000, "Active", "4100002");
    EXPECT_EQ(row().idx.idx_validation_status, "pending");
    EXPECT_EQ(row().idx.original_mls_number, "4100001");
    EXPECT_EQ(row().idx.idx_mls_number, std::nullopt);
    EXPECT_EQ(row().idx.idx_validated_at, std::nullopt);
}

TEST_F(Changes, AreNoneWhereASecondBoardListsTheHomeToo) {
    next(450'000, "Active");
    EXPECT_THAT(next(450'000, "Active", "27001", "CSAOR"), IsEmpty());
    EXPECT_EQ(row().listing.mls_number, "4100001");
    const auto home = kept.id;
    auto other = sighting("", "", "27001");
    other.listing.mls_source = "CSAOR";
    EXPECT_EQ(keep(db, other).id, home);
}

TEST_F(Changes, AreNoneWhereTheBoardOfAnotherNumberIsNotTold) {
    next(450'000, "Active", "26040777", "Carolina Smokies");
    EXPECT_THAT(next(450'000, "Active", "4200777", ""), IsEmpty());
    EXPECT_EQ(row().listing.mls_number, "26040777");
    EXPECT_EQ(row().listing.mls_source, "Carolina Smokies");
    EXPECT_EQ(keys(), "mls csaor 26040777, number 26040777, number 4200777");
    EXPECT_THAT(next(450'000, "Active", "4200777", "Canopy"), IsEmpty()) << "a second board";
    EXPECT_EQ(row().listing.mls_number, "26040777");
    EXPECT_THAT(next(440'000, "Pending", "4200777", ""),
                ElementsAre("price 450000>440000 -10000", "status active>pending"));
}

TEST_F(Changes, OfAHomeThatComesBackPutNoNumberOnTheOldBoard) {
    next(450'000, "Expired", "26040777", "Carolina Smokies");
    EXPECT_THAT(next(450'000, "Active", "4200777", ""),
                ElementsAre("relisted 26040777>4200777", "status expired>active"));
    EXPECT_EQ(row().listing.mls_number, "4200777");
    EXPECT_EQ(row().listing.mls_source, std::nullopt);
    EXPECT_EQ(keys(), "mls csaor 26040777, number 26040777, number 4200777");
    EXPECT_THAT(next(450'000, "Active", "4200777", "Canopy"), IsEmpty());
    EXPECT_EQ(row().listing.mls_source, "Canopy") << "the board of the number that stands there";
}

TEST_F(Changes, PutNoNumberBesideABoardThatStandsAlone) {
    next(450'000, "Active", "", "Carolina Smokies");
    EXPECT_THAT(next(450'000, "Active", "4200777", ""), IsEmpty());
    EXPECT_EQ(row().listing.mls_number, "4200777");
    EXPECT_EQ(row().listing.mls_source, std::nullopt);
    EXPECT_EQ(keys(), "number 4200777");
}

TEST_F(Changes, OfAnOlderSightingPutNoBoardBesideAnotherNumber) {
    next(450'000, "Active", "4200777", "");
    day = -3;
    next(450'000, "Active", "26040777", "Carolina Smokies");
    EXPECT_EQ(row().listing.mls_number, "4200777");
    EXPECT_EQ(row().listing.mls_source, std::nullopt);
}

TEST_F(Changes, AreNoneForAStatusThatNobodyForesaw) {
    next(450'000, "Active");
    EXPECT_THAT(next(440'000, "weird thing"), ElementsAre("price 450000>440000 -10000"));
    EXPECT_EQ(row().listing.status, "active");
}

TEST_F(Changes, OfOlderDaysTellWhatWasAskedForAHomeSoldSince) {
    next(431'000, "Sold");
    EXPECT_EQ(row().listing.initial_price, std::nullopt);
    day = -30;
    next(450'000, "Active", "4999999");
    EXPECT_EQ(row().listing.initial_price, std::nullopt) << "of another listing";
    next(450'000, "Active");
    EXPECT_EQ(row().listing.initial_price, 450'000);
    EXPECT_EQ(row().listing.price, 431'000);
    EXPECT_EQ(row().listing.status, "sold");
}

TEST_F(Changes, AreValidJsonInTheHistories) {
    next(450'000, "Active");
    next(440'000, "Pending");
    next(430'000, "Sold");
    const auto prices = json::parse(row().listing.price_history->text);
    ASSERT_EQ(prices.as_array().size(), 3u);
    EXPECT_EQ(json::integer(prices.as_array()[2], "price"), 430'000);
    EXPECT_EQ(json::parse(row().listing.status_history->text).as_array().size(), 3u);
}

TEST(Entries, AreAddedAndTakenOutAsText) {
    EXPECT_EQ(with_entry({}, "{1}").text, "[{1}]");
    EXPECT_EQ(with_entry(JsonText{"[ 7 ]\n"}, "{1}").text, "[ 7 ,{1}]");
    EXPECT_EQ(with_entry(JsonText{"{\"old\":1}"}, "{1}").text, "[{\"old\":1},{1}]");
    EXPECT_EQ(without_entry(JsonText{"[{1},{2}]"}, "{2}")->text, "[{1}]");
    EXPECT_EQ(without_entry(JsonText{"[{1},{2}]"}, "{1}")->text, "[{2}]");
    EXPECT_EQ(without_entry(JsonText{"[{1}]"}, "{1}"), std::nullopt);
    EXPECT_EQ(without_entry(JsonText{"[{1}]"}, "{9}")->text, "[{1}]");
}

}  // namespace
}  // namespace dreams::store
