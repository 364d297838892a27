// A lease is renewed beside the work, which writes to the same file.

#include <gtest/gtest.h>

#include "store/lease.h"
#include "store/lease_renewal.h"
#include "support/database.h"

namespace dreams::store {
namespace {

using namespace std::chrono_literals;
using test::monday;

TEST(ALease, IsRenewedBesideTheWorkAndDisturbsItNot) {
    const test::Folder folder;
    Db db = test::database(folder);
    const Lease lease(db, "backup", monday);
    const auto holder = db.value<std::string>("SELECT holder FROM dreams_leases");
    const LeaseRenewal renewal(db.path(), "backup", holder, monday + 1h, 1ms);
    const auto alive_at = [&] { return db.value<Instant>("SELECT alive_at FROM dreams_leases"); };
    int commits = 0;
    while (commits < 100 || alive_at() < monday + 1h) {
        auto transaction = db.begin();
        db.run("INSERT INTO leads (id) VALUES (:id)", {{"id", std::to_string(++commits)}});
        std::this_thread::sleep_for(100us);
        transaction.commit();
        std::this_thread::sleep_for(100us);
    }
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM leads"), commits);
}

TEST(ALease, ThatAnotherHasTakenOverIsNotRenewed) {
    const test::Folder folder;
    Db db = test::database(folder);
    const Lease lease(db, "backup", monday);
    const LeaseRenewal renewal(db.path(), "backup", "another holder", monday + 1h, 1ms);
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(db.value<Instant>("SELECT alive_at FROM dreams_leases"), monday);
}

}  // namespace
}  // namespace dreams::store
