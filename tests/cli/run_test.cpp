// `dreams run`: the timetable by itself, and one job of it for a cron.

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "base/http.h"
#include "base/serve.h"
#include "cli/account.h"
#include "cli/notify_socket.h"
#include "cli/program.h"
#include "store/lease.h"
#include "store/timetable.h"
#include "store/whole_file.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class Run : public testing::Test {
protected:
    Run() {
        EXPECT_EQ(program.run({"init"}).status, 0);
        program.variables["NOTIFY_SOCKET"] = notified;
    }
    std::string file() const { return program.folder.file("dreams.db"); }
    Db open() { return store::open_file(file()); }
    void expect_ready() { EXPECT_EQ(socket.heard(60), "READY=1"); }
    /// Asks for a job, and waits a minute for its end.
    TimedJob asked_for(const std::string& name) {
        Db db = open();
        store::ask_for_job(db, name, system_clock()->now());
        for (int i = 0; i < 600; ++i) {
            const auto job = store::timed_job(db, name).value();
            if (job.outcome && job.ended_at) return job;
            std::this_thread::sleep_for(100ms);
        }
        throw std::runtime_error("nobody did the job " + name);
    }
    void give_to_nobody() {
        if (::geteuid() != 0) return;
        for (const auto& each : fs::recursive_directory_iterator(program.folder.path()))
            ASSERT_EQ(::chown(each.path().c_str(), 65534, 65534), 0);
        ASSERT_EQ(::chown(program.folder.path().c_str(), 65534, 65534), 0);
    }

    test::Program program;
    const std::string notified = program.folder.file("notify");
    test::NotifySocket socket{notified};
};

TEST_F(Run, DoesWhatIsAskedForAndLeavesTheFileAtRest) {
    for (const int signal : {SIGTERM, SIGINT}) {
        auto running = program.start({"run"});
        expect_ready();
        EXPECT_EQ(asked_for("score").outcome, JobEnd::done);
        {
            Db db = open();
            EXPECT_TRUE(store::anybody_at_work(db, store::Held::by_the_living));
        }
        running.signal(signal);
        const auto ran = running.ended();
        EXPECT_EQ(ran.status, 0);
        EXPECT_THAT(ran.err, HasSubstr("Ctrl-C ends it"));
        EXPECT_EQ(socket.heard(), "STOPPING=1");
        EXPECT_FALSE(fs::exists(file() + "-wal"));
        Db db = open();
        EXPECT_FALSE(store::anybody_at_work(db, store::Held::by_anybody));
    }
}

TEST_F(Run, TellsTheServiceManagerThatItLives) {
    auto running = program.start({"run"}, {{"WATCHDOG_USEC", "200000"}});
    expect_ready();
    EXPECT_EQ(socket.heard(60), "WATCHDOG=1");
    EXPECT_EQ(socket.heard(60), "WATCHDOG=1");
}

TEST_F(Run, AServerIsReadyWhenItsPortIsOpen) {
    const http::Server other({}, [](const http::Request&) { return http::Response{}; });
    const auto refused =
        program.run({"serve", "--listen", "127.0.0.1:" + std::to_string(other.port())});
    EXPECT_EQ(refused.status, 1);
    EXPECT_EQ(socket.heard(), "nothing");
    auto running = program.start({"serve", "--listen", "127.0.0.1:0", "--json"});
    expect_ready();
    const auto url = test::text(json::parse(running.first_line()).at("url"));
    EXPECT_EQ(http::network()({.url = url + "/health"}).status, 200);
}

TEST_F(Run, OnceDoesOneJobAndSaysHowItEnded) {
    const auto done = program.run({"run", "--once", "score"});
    EXPECT_EQ(done.status, 0);
    EXPECT_THAT(done.out, StartsWith("score: 0 people scored"));
    EXPECT_EQ(program.run({"--quiet", "run", "--once", "score"}).out, "");
    const auto told = program.run({"--json", "run", "--once", "score"});
    EXPECT_EQ(told.json().at("job"), "score");
    EXPECT_EQ(told.json().at("outcome"), "done");
    EXPECT_THAT(test::text(told.json().at("sentence")), HasSubstr("0 people scored"));
    {
        Db db = open();
        EXPECT_EQ(store::timed_jobs(db).size(), 1u) << "it planned no other";
    }
    const auto unknown = program.run({"run", "--once", "tea"});
    EXPECT_EQ(unknown.status, 1);
    EXPECT_THAT(unknown.err, HasSubstr("there is no job 'tea'; there are fub, "));
    const auto failed = program.run({"--json", "run", "--once", "fub"});
    EXPECT_EQ(failed.status, 1) << "there is no key for it";
    EXPECT_EQ(failed.json().at("outcome"), "failed");
    EXPECT_EQ("dreams: " + test::text(failed.json().at("sentence")) + "\n", failed.err);
}

TEST_F(Run, OnceSaysThatSomeRecordsWereRefused) {
    test::Account account;
    account.town.add_event(0, "Viewed Property", 2);
    program.variables.merge(account.variables());  // an event of nobody
    const auto partial = program.run({"--json", "run", "--once", "fub"});
    EXPECT_EQ(partial.status, 3) << partial.err;
    EXPECT_EQ(partial.json().at("outcome"), "partial");
}

TEST_F(Run, OfTwoProgramsOneDoesAJob) {
    Db db = open();
    {
        const store::Lease lease(db, store::lease_of_job("score"), system_clock()->now());
        const auto other = program.run({"run", "--once", "score"});
        EXPECT_EQ(other.status, 4);
        EXPECT_THAT(other.err, HasSubstr("'job score' is under way"));
    }
    {
        const store::Lease lease(db, "backup", system_clock()->now());
        const auto other = program.run({"--json", "run", "--once", "backup"});
        EXPECT_EQ(other.status, 4) << "somebody takes one by `dreams backup`";
        EXPECT_EQ(other.json().at("outcome"), "busy");
    }
    auto one = program.start({"run"}), two = program.start({"run"});
    for (int each = 0; each < 2; ++each)
        ASSERT_EQ(socket.heard(60), "READY=1") << one.said() << two.said();
    const auto before = asked_for("score").started_at;
    one.signal(SIGTERM);
    two.signal(SIGTERM);
    for (auto* each : {&one, &two}) {
        const auto ran = each->ended();
        EXPECT_EQ(ran.status, 0) << ran.err;
    }
    EXPECT_EQ(store::timed_job(db, "score")->started_at, before) << "one of them did it";
}

TEST_F(Run, GoesOnAfterAJobThatThePlaceOfBackupsRefuses) {
    const auto backups = program.folder.path() / "backups";
    fs::create_directory(backups);
    program.as_nobody = true;
    give_to_nobody();
    fs::permissions(backups, fs::perms::none);
    auto running = program.start({"run"});
    expect_ready();
    const auto job = asked_for("backup");
    EXPECT_EQ(job.outcome, JobEnd::failed);
    EXPECT_THAT(job.sentence.value(),
                AllOf(HasSubstr("backups cannot be read"), Not(HasSubstr("something went wrong"))));
    EXPECT_EQ(asked_for("score").outcome, JobEnd::done);
    running.signal(SIGTERM);
    EXPECT_EQ(running.ended().status, 0);
    const auto once = program.run({"run", "--once", "backup"});
    EXPECT_EQ(once.status, 1);
    EXPECT_THAT(once.err, HasSubstr("backups cannot be read"));
}

TEST_F(Run, WaitsWhileAnotherWriterHasTheFile) {
    auto running = program.start({"run"});
    expect_ready();
    {
        Db db = open();
        store::ask_for_job(db, "score", system_clock()->now());
        auto transaction = db.begin();
        db.run("UPDATE leads SET notes = NULL");
        for (int i = 0; i < 600 && running.said().find("waits") == std::string::npos; ++i)
            std::this_thread::sleep_for(100ms);
    }
    running.signal(SIGTERM);
    const auto ran = running.ended();
    EXPECT_EQ(ran.status, 0);
    EXPECT_THAT(ran.err, HasSubstr("the timetable waits: "));
}

}  // namespace
}  // namespace dreams::cli
