// What a sync may ask: the bounds, held against the simulator's own count.

#include <gtest/gtest.h>

#include <set>

#include "support/office.h"

namespace dreams::jobs {
namespace {

using test::Office;

std::string asked(const Office& office) {
    std::string text;
    for (const auto& [endpoint, requests] : office.account.requests())
        text += endpoint + " " + std::to_string(requests) + "\n";
    return text;
}

TEST(Requests, AFullSyncOfTheDefaultAccountCostsAtMostATenthMoreThanItMust) {
    Office office{sim::TownSize{}};
    Db db = test::database();
    ASSERT_EQ(office.sync(db).outcome, Outcome::done);
    const auto bound = office.account.lower_bound_full_sync().total();
    RecordProperty("requests", office.account.requests_in_all());
    RecordProperty("lower_bound", static_cast<int>(bound));
    EXPECT_LE(office.account.requests_in_all() * 10, bound * 11) << asked(office);
    std::cout << "full sync: " << office.account.requests_in_all() << " requests, lower bound "
              << bound << "\n";
}

TEST(Requests, AnIncrementalRunOnAQuietAccountCostsAtMostEight) {
    Office office{sim::TownSize{}};
    Db db = test::database();
    ASSERT_EQ(office.sync(db).outcome, Outcome::done);
    for (const auto after : {std::chrono::hours(1), std::chrono::hours(24)}) {
        office.wait(after);
        office.account.forget_log();
        ASSERT_EQ(office.sync(db).outcome, Outcome::done);
        EXPECT_LE(office.account.requests_in_all(), 8) << asked(office);
        std::cout << "quiet run: " << office.account.requests_in_all() << " requests\n";
    }
}

TEST(Requests, WithFivePercentActiveEachCostsAtMostOneMore) {
    Office office{sim::TownSize{}};
    Db db = test::database();
    ASSERT_EQ(office.sync(db).outcome, Outcome::done);
    office.wait(std::chrono::hours(24));
    std::set<std::int64_t> moved;
    const auto& people = office.town.people().rows();
    for (std::size_t i = 0; i < people.size(); i += 20) {
        const auto id = people[i].id;
        office.town.add_event(id, "Viewed Property", 1);
        if (i % 40 == 0) {  // some write twice, and by both ways
            for (int n = 0; n < 3; ++n)
                office.town.add_text({.person = id, .incoming = n % 2 == 0});
            office.town.add_email({.people = {{id, true}}, .incoming = true});
            office.town.add_email({.people = {{id, false}}, .incoming = false});
            moved.insert(id);
        }
    }
    office.account.forget_log();
    ASSERT_EQ(office.sync(db).outcome, Outcome::done);
    EXPECT_LE(office.account.requests_in_all(), 8 + static_cast<int>(moved.size()))
        << asked(office);
    std::cout << "5 % active: " << office.account.requests_in_all() << " requests, " << moved.size()
              << " people whose messages moved\n";
}

}  // namespace
}  // namespace dreams::jobs
