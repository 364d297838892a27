// kill -9 in the middle of a sync, a hundred times: each time the file is whole, and the next good
// run makes it what an undisturbed one would have made.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "support/office.h"

namespace dreams::jobs {
namespace {

using test::Office;

/// Begins a sync in a process of its own and kills it after `microseconds`. True: it was killed
/// before it was done.
bool sync_and_kill(Office& office, const std::string& file, unsigned microseconds) {
    const pid_t child = ::fork();
    if (child == 0) {
        Db db = store::open_file(file);
        office.sync(db);
        ::_exit(0);
    }
    ::usleep(microseconds);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

void expect_whole(Db db) {
    EXPECT_EQ(db.value<std::string>("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

TEST(Kill, AHundredTimesInASyncLeavesTheFileWholeAndTheNextRunMakesItGood) {
    const test::Folder folder;
    const std::string path = folder.file("dreams.db"), next = folder.file("next.db");
    Office office;
    Db expected = test::database();
    const auto start = std::chrono::steady_clock::now();
    ASSERT_EQ(office.sync(expected).outcome, Outcome::done);
    const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);

    std::mt19937 random(20260119);
    std::uniform_int_distribution<long> moment(0, whole.count());
    int begun = 0, killed = 0;
    for (bool anew = true; killed < 100; ++begun) {
        ASSERT_LT(begun, 500) << "too few were killed in time to mean anything";
        if (anew) {
            for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(path + end);
            store::init_file(path);
        }
        const bool hit = sync_and_kill(office, path, static_cast<unsigned>(moment(random)));
        killed += hit;
        // What has gone well is begun anew; of what was killed, two of three go on from there.
        anew = !hit || killed % 3 == 0;
        if (!hit) continue;
        expect_whole(store::open_file(path));
        std::filesystem::copy_file(path, next, std::filesystem::copy_options::overwrite_existing);
        Db db = store::open_file(next);
        ASSERT_EQ(office.sync(db).outcome, Outcome::done);
        ASSERT_EQ(test::difference(test::synced_rows(db), test::synced_rows(expected)), "");
        ASSERT_EQ(db.value<int>("SELECT count(*) FROM sync_log WHERE completed_at IS NULL"), 0);
    }
    std::cout << killed << " of " << begun << " runs were killed before they were done\n";
}

}  // namespace
}  // namespace dreams::jobs
