#include "cli/beside_timetable.h"

#include <unistd.h>

#include <condition_variable>
#include <mutex>

#include "cli/timetable.h"

namespace dreams::cli {

struct BesideTimetable::Shared {
    explicit Shared(const Context& context) : table(timetable_of(context)) { table.plan(); }

    void go_on(const std::stop_token& stop, jobs::Turn turn);

    jobs::Timetable table;
    std::mutex mutex;
    std::condition_variable ended;
    int at_work = 2;
};

void BesideTimetable::Shared::go_on(const std::stop_token& stop, jobs::Turn turn) {
    while (!stop.stop_requested()) try {
            table.go_on(stop, turn);
        } catch (const std::exception& error) {
            // The file is away for a while, or locked: a restore, a full disk. Once is enough.
            if (turn == jobs::Turn::in_order)
                print_error(std::string("the timetable waits: ") + error.what());
            for (int i = 0; i < 60 && !stop.stop_requested(); ++i)
                std::this_thread::sleep_for(std::chrono::seconds{1});
        }
    const std::lock_guard lock(mutex);
    --at_work;
    ended.notify_all();
}

BesideTimetable::BesideTimetable(const Context& context)
    : shared_(std::make_shared<Shared>(context)) {
    for (const auto turn : {jobs::Turn::in_order, jobs::Turn::beside})
        threads_.emplace_back(
            [shared = shared_, turn](const std::stop_token& stop) { shared->go_on(stop, turn); });
}

BesideTimetable::~BesideTimetable() {
    for (auto& thread : threads_) thread.request_stop();
    std::unique_lock lock(shared_->mutex);
    if (!shared_->ended.wait_for(lock, std::chrono::seconds{5},
                                 [&] { return shared_->at_work == 0; })) {
        print_error("a job was under way; it is done again when DREAMS runs next");
        flush_answer();
        ::_exit(exit_done);
    }
}

}  // namespace dreams::cli
