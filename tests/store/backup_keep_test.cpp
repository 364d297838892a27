// Which backups are kept: a rule of days, weeks and months, told by instants or by names.

#include "store/backup_keep.h"

#include <gmock/gmock.h>

#include <rapidcheck.h>

#include "support/database.h"

namespace dreams::store {
namespace {

using namespace std::chrono_literals;
using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(BackupKeep, KeepsTheNewestOfEachDayWeekAndMonth) {
    const Zone zone("America/New_York");
    std::vector<Instant> hourly;
    for (int hour = 0; hour < 24 * 400; hour += 6) hourly.push_back(monday + hour * 1h);
    const auto kept = to_keep(hourly, zone, {});
    // Two more of the last day; February 16 to 22; the Sundays February 14, 7 and January 31; the
    // ends of ten more months.
    EXPECT_EQ(kept.size(), 2u + 7 + 3 + 10);
    EXPECT_EQ(kept.front(), hourly.back());
    EXPECT_THAT(to_keep({}, zone, {}), IsEmpty());
    EXPECT_THAT(to_keep({monday}, zone, {.recent = 0, .daily = 0, .weekly = 0, .monthly = 0}),
                ElementsAre(monday));
}

TEST(BackupKeep, KeepsAllOfTheLastDayUpToANumber) {
    const Zone zone("America/New_York");
    const KeepRule rule{.recent = 3, .daily = 0, .weekly = 0, .monthly = 0};
    const auto at = [](auto ago) { return monday - ago; };
    EXPECT_THAT(to_keep({at(0h), at(23h + 59min), at(24h)}, zone, rule),
                ElementsAre(at(0h), at(23h + 59min)));
    EXPECT_THAT(to_keep({at(0h), at(1h), at(2h), at(3h)}, zone, rule),
                ElementsAre(at(0h), at(1h), at(2h)));
}

TEST(BackupKeep, IsToldByTheNamesWhereNothingElseIsKnown) {
    const Zone zone("America/New_York");
    const Whose ours{"prd", "1a2b3c4d5e6f"}, others{"prd", "ffffffff0000"};
    const auto name = [&](int day) { return backup_stem(ours, monday + day * 24h) + ".zst"; };
    const auto theirs = backup_stem(others, monday - 9 * 24h) + ".zst";
    const auto nobodys = backup_stem({"prd", ""}, monday - 9 * 24h) + ".zst";
    const std::vector<std::string> names{name(0),
                                         name(0) + ".json",
                                         name(1),
                                         name(1) + ".json",
                                         name(2),
                                         name(2) + ".json",
                                         name(3),  // unproved, a day ago
                                         name(4) + ".partial-0a1b2c",
                                         name(4) + ".json.partial-0a1b2c",  // perhaps just now
                                         theirs,
                                         theirs + ".json",
                                         nobodys,
                                         nobodys + ".json",
                                         "dreams-dev-20260101T160000Z-1a2b3c4d.db.zst",
                                         "dreams-prd-notes.txt",
                                         "mine.zst"};
    const KeepRule rule{.recent = 1, .daily = 2, .weekly = 0, .monthly = 0};
    EXPECT_THAT(to_remove(names, ours, zone, rule, monday + 4 * 24h),
                ElementsAre(name(3), name(0) + ".json", name(0)));
    EXPECT_THAT(to_remove(names, {"prd", ""}, zone, rule, monday + 4 * 24h), IsEmpty());
    EXPECT_THAT(to_remove({}, ours, zone, {}, monday), IsEmpty());
}

TEST(BackupKeep, IsForEachCopyAndForTheNamesOfOlderPrograms) {
    const Zone zone("America/New_York");
    const Whose lineage{"prd", "1a2b3c4d5e6f"}, ours{"prd", "1a2b3c4d5e6f", "5e6f7a8b0000"},
        others{"prd", "1a2b3c4d5e6f", "ffffffff0000"};
    EXPECT_EQ(backup_stem(ours, monday), "dreams-prd-20260119T160000Z-1a2b3c4d-5e6f7a8b.db");
    std::vector<std::string> names;
    for (const auto& [whose, day] : {std::pair{lineage, 0}, {others, 1}, {ours, 2}, {ours, 3}}) {
        names.push_back(backup_stem(whose, monday + day * 24h) + ".zst");
        names.push_back(names.back() + ".json");
    }
    const KeepRule rule{.recent = 1, .daily = 0, .weekly = 0, .monthly = 0};
    EXPECT_THAT(to_remove(names, ours, zone, rule, monday + 3 * 24h),
                ElementsAre(names[1], names[0], names[5], names[4]));
    EXPECT_TRUE(is_left_of(names[6], ours, monday + 3 * 24h)) << "nobody else is at it";
    EXPECT_FALSE(is_left_of(names[2], ours, monday + 9 * 24h));
    EXPECT_FALSE(is_left_of(names[0], ours, monday + 23h)) << "perhaps another is at it";
    EXPECT_TRUE(is_left_of(names[0], ours, monday + 24h));
}

TEST(BackupKeep, PruningDailyKeepsWhatPruningOnceWould) {
    const Zone zone("America/New_York");
    EXPECT_TRUE(rc::check([&](const std::vector<std::uint16_t>& hours) {
        std::vector<Instant> all, kept;
        auto sorted = hours;
        std::ranges::sort(sorted);
        for (const auto hour : sorted) {
            all.push_back(monday + hour * 1h);
            kept.push_back(all.back());
            kept = to_keep(kept, zone, {});
        }
        // Nothing that is wanted in the end was thrown away on the way.
        std::ranges::sort(all);
        all.erase(std::unique(all.begin(), all.end()), all.end());
        const auto wanted = to_keep(all, zone, {.daily = 7, .weekly = 1, .monthly = 1});
        for (const auto each : wanted) RC_ASSERT(std::ranges::find(kept, each) != kept.end());
        RC_ASSERT(kept.size() <= 24u + 24u);
    }));
}

}  // namespace
}  // namespace dreams::store
