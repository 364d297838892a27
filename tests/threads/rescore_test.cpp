#include "jobs/rescore.h"

#include <gmock/gmock.h>

#include "score/policy.h"
#include "support/office.h"

namespace dreams::jobs {
namespace {

using test::monday;

/// More people than one thread is given.
constexpr int many = 4'500;

/// The n-th of many who all did the same.
void add_person(Db& db, int n) {
    Lead lead = test::lead("Ana " + std::to_string(n), 0);
    lead.person.fub_id = FubId{std::to_string(1000 + n)};
    db.add("leads", lead);
    db.add("contact_events", test::event(lead, n));
}

TEST(Rescore, OfManyPeopleGivesTheSameAsOfOneAlone) {
    Db crowd = test::database(), alone = test::database();
    add_person(alone, 1);
    auto transaction = crowd.begin();
    for (int n = 1; n <= many; ++n) add_person(crowd, n);
    transaction.commit();
    Progress silent;
    const Zone zone("America/New_York");
    for (Db* db : {&crowd, &alone}) rescore(*db, score::house_policy(), monday, zone, {}, silent);
    const auto heats = crowd.list<double>("SELECT DISTINCT heat_score FROM leads");
    EXPECT_GT(heats.at(0), 0);
    EXPECT_EQ(heats, alone.list<double>("SELECT heat_score FROM leads"));
}

}  // namespace
}  // namespace dreams::jobs
