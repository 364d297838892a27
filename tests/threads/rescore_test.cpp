#include "jobs/rescore.h"

#include <gmock/gmock.h>

#include "score/policy.h"
#include "support/office.h"

namespace dreams::jobs {
namespace {

using test::monday;

/// More people than one thread is given.
constexpr int many = 4'500;

TEST(Rescore, OfManyPeopleGivesTheSameAsOfOneAlone) {
    Db crowd = test::database(), alone = test::database();
    const Lead ana = test::add_lead(alone, "Ana", 0);
    alone.add("contact_events", test::event(ana, 1));
    auto transaction = crowd.begin();
    for (int i = 0; i < many; ++i)
        crowd.add("contact_events", test::event(test::add_lead(crowd, "Ana", 0), i + 1));
    transaction.commit();
    Progress silent;
    const Zone zone("America/New_York");
    for (Db* db : {&crowd, &alone})
        rescore(*db, score::house_policy(), monday, zone, {}, silent);
    const auto heats = crowd.list<double>("SELECT DISTINCT heat_score FROM leads");
    EXPECT_GT(heats.at(0), 0);
    EXPECT_EQ(heats, alone.list<double>("SELECT heat_score FROM leads"));
}

}  // namespace
}  // namespace dreams::jobs
