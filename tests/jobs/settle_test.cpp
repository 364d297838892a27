// What changes come to once they have settled: by example, and as properties of any history.

#include "jobs/settle.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "support/database.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Instant now = monday;

PropertyChange change(const std::string& id, const std::string& type, const std::string& from,
                      const std::string& to, std::chrono::minutes before_now) {
    PropertyChange change{.id = id,
                          .property_id = "home_1",
                          .property_address = "12 Elm St",
                          .type = type,
                          .old_value = from,
                          .new_value = to,
                          .detected_at = now - before_now,
                          .source = "idx"};
    return change;
}

PropertyChange price(const std::string& id, int from, int to, std::chrono::minutes before_now) {
    auto moved = change(id, "price", std::to_string(from), std::to_string(to), before_now);
    moved.amount = to - from;
    return moved;
}

std::vector<HomeMove> moves(const Settled& settled) {
    return settled.news.empty() ? std::vector<HomeMove>{} : settled.news.front().moves;
}

TEST(Settle, APriceThatMovedIsToldOnceItHasRestedForAnHour) {
    const auto settled = settle({price("a", 450'000, 435'000, 61min)}, now);
    EXPECT_THAT(moves(settled), ElementsAre(HomeMove{"price", "450000", "435000", -15'000}));
    EXPECT_THAT(settled.news.front().changes, ElementsAre("a"));
    EXPECT_THAT(settled.news.front().told_by, ElementsAre("idx"));

    const auto fresh = settle({price("a", 450'000, 435'000, 59min)}, now);
    EXPECT_THAT(fresh.news, IsEmpty());
    EXPECT_THAT(fresh.waiting, ElementsAre("a"));
}

TEST(Settle, APriceThatMovedThereAndBackIsNothingAndBothRowsAreDealtWith) {
    const auto settled =
        settle({price("a", 450'000, 435'000, 3h), price("b", 435'000, 450'000, 150min)}, now);
    EXPECT_THAT(settled.news, IsEmpty());
    EXPECT_THAT(settled.passed, ElementsAre("a", "b"));
}

TEST(Settle, AHomeThatMovesOnMakesTheEarlierMoveWait) {
    const auto settled =
        settle({price("a", 450'000, 435'000, 3h), price("b", 435'000, 450'000, 10min)}, now);
    EXPECT_THAT(settled.waiting, ElementsAre("a", "b"));
}

TEST(Settle, AHomeThatNeverComesToRestIsToldOfAfterADay) {
    const auto settled =
        settle({price("a", 450'000, 435'000, 25h), price("b", 435'000, 430'000, 10min)}, now);
    EXPECT_THAT(moves(settled), ElementsAre(HomeMove{"price", "450000", "430000", -20'000}));
}

TEST(Settle, SeveralMovesOfAHomeAreOneLineFromTheOldestToTheNewest) {
    const auto settled =
        settle({price("b", 440'000, 430'000, 2h), price("a", 450'000, 440'000, 20h),
                change("c", "status", "active", "pending", 2h)},
               now);
    EXPECT_THAT(moves(settled), ElementsAre(HomeMove{"price", "450000", "430000", -20'000},
                                            HomeMove{"status", "active", "pending", {}}));
    EXPECT_EQ(settled.news.front().first_at, now - 20h);
    EXPECT_EQ(settled.news.front().last_at, now - 2h);
}

TEST(Settle, AThousandthOfThePriceIsNoNews) {
    EXPECT_THAT(settle({price("a", 450'000, 449'600, 2h)}, now).passed, ElementsAre("a"));
    EXPECT_THAT(settle({price("a", 450'000, 449'500, 2h)}, now).news, testing::SizeIs(1));
}

TEST(Settle, TenTimesThePriceWaitsADayToBePutRightAndIsThenToldAsDoubtful) {
    const auto slip = price("a", 450'000, 4'500'000, 5h);
    EXPECT_THAT(settle({slip}, now).waiting, ElementsAre("a"));
    EXPECT_THAT(settle({slip, price("b", 4'500'000, 450'000, 2h)}, now).passed,
                ElementsAre("a", "b"));
    const auto later = settle({slip}, now + 24h);
    ASSERT_THAT(later.news, testing::SizeIs(1));
    EXPECT_TRUE(later.news.front().moves.front().doubtful);
}

TEST(Settle, AStatusIsComparedByItsWordHoweverItWasWritten) {
    EXPECT_THAT(settle({change("a", "status", "contingent", "Contingent", 2h)}, now).passed,
                ElementsAre("a"));
    EXPECT_THAT(settle({change("a", "status", "active", "Active Under Contract", 2h)}, now).news,
                testing::SizeIs(1));
}

TEST(Settle, WhatWasNotKnownBeforeIsNoMove) {
    auto first = change("a", "price", "", "$450,000", 2h);
    first.old_value.reset();
    first.amount = 450'000;
    EXPECT_THAT(settle({first}, now).passed, ElementsAre("a"));
    EXPECT_THAT(settle({change("a", "status", "unknown", "active", 2h)}, now).passed,
                ElementsAre("a"));
}

TEST(Settle, PricesOfAnOlderProgramAreReadAndItsDaysOnTheMarketAreNoNews) {
    const auto settled = settle(
        {change("a", "price", "$450,000", "$435,000", 2h), change("b", "dom", "12", "13", 2h)},
        now);
    EXPECT_THAT(moves(settled), ElementsAre(HomeMove{"price", "$450,000", "$435,000", -15'000}));
    EXPECT_THAT(settled.passed, ElementsAre("b"));
}

TEST(Settle, AHomeThatLeftTheSiteAndCameBackIsNothing) {
    EXPECT_THAT(
        settle({change("a", "site", "shown", "gone", 6h), change("b", "site", "gone", "shown", 2h)},
               now)
            .passed,
        ElementsAre("a", "b"));
}

TEST(Settle, MovesOfOneSecondAreReadInTheOrderInWhichTheyFit) {
    const auto settled = settle({price("x", 450'000, 440'000, 3h), price("a", 430'000, 420'000, 2h),
                                 price("b", 440'000, 430'000, 2h)},
                                now);
    EXPECT_THAT(moves(settled), ElementsAre(HomeMove{"price", "450000", "420000", -30'000}));
}

TEST(Settle, WithoutPatienceEverythingIsToldNowTyposAsSuch) {
    const auto settled = settle({price("a", 450'000, 4'500'000, 1min)}, now, Patience::none());
    ASSERT_THAT(moves(settled), testing::SizeIs(1));
    EXPECT_TRUE(moves(settled).front().doubtful);
}

/// A home's asking price over a while, as rows of property_changes.
struct History {
    std::vector<int> prices;
    std::vector<int> minutes;  ///< between each and the next
};

History any_history() {
    const auto steps = *rc::gen::inRange(1, 12);
    History history{.prices = {*rc::gen::inRange(100, 900) * 1000}};
    for (int i = 0; i < steps; ++i) {
        const auto before = history.prices.back();
        const auto next = *rc::gen::element(before / 100 * 97, before + 10'000, before * 10,
                                            history.prices.front(), before + 50);
        if (next == before || next > 90'000'000 || next < 1000) continue;
        history.prices.push_back(next);
        history.minutes.push_back(*rc::gen::element(5, 30, 59, 61, 200, 1500));
    }
    return history;
}

std::vector<PropertyChange> rows_of(const History& history) {
    std::vector<PropertyChange> rows;
    auto at = now;
    for (std::size_t i = 1; i < history.prices.size(); ++i) {
        auto row =
            price("chg_" + std::to_string(100 + i), history.prices[i - 1], history.prices[i], 0min);
        row.detected_at = at;
        rows.push_back(row);
        at += std::chrono::minutes{history.minutes[i - 1]};
    }
    return rows;
}

// Told of every twenty minutes as a program would, each row marked once it is dealt with: every row
// is dealt with exactly once, each message begins where the one before it ended (but for what came
// to nothing), and all of them together lead from the first price to the last.
RC_GTEST_PROP(SettleProperty, WhatIsToldIsTheNetChangeAndNeverTwice, ()) {
    const auto rows = rows_of(any_history());
    if (rows.empty()) return;
    std::set<std::string> dealt_with;
    double told = std::stod(*rows.front().old_value);
    const auto end = rows.back().detected_at + 50h;
    for (auto at = now; at < end; at += 20min) {
        std::vector<PropertyChange> untold;
        for (const auto& row : rows)
            if (row.detected_at <= at && !dealt_with.contains(row.id)) untold.push_back(row);
        const auto count = untold.size();
        const auto settled = settle(std::move(untold), at);
        auto left = settled.waiting.size() + settled.passed.size();
        for (const auto& id : settled.passed) RC_ASSERT(dealt_with.insert(id).second);
        for (const auto& news : settled.news) {
            RC_ASSERT(news.moves.size() == 1u);
            const auto& move = news.moves.front();
            const auto from = std::stod(move.from);
            RC_ASSERT(std::abs(from - told) <= 0.001 * 12 * told);  // what was too little to tell
            RC_ASSERT(move.from != move.to);
            told = std::stod(move.to);
            for (const auto& id : news.changes) RC_ASSERT(dealt_with.insert(id).second);
            left += news.changes.size();
        }
        RC_ASSERT(left == count);
    }
    RC_ASSERT(dealt_with.size() == rows.size());
    const auto last = std::stod(*rows.back().new_value);
    RC_ASSERT(std::abs(told - last) <= 0.001 * 12 * last);
}

}  // namespace
}  // namespace dreams::jobs
