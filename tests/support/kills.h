#pragma once

// When to kill a program, or to let its disk be full: how often, and at moments that are spread
// over the whole of its work.

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "support/apart.h"

namespace dreams::test {

/// How often: TEST_KILLS, or so few that all tests together stay quick.
inline int times(int otherwise = 10) {
    const char* asked = std::getenv("TEST_KILLS");
    return asked ? std::max(1, std::atoi(asked)) : otherwise;
}

/// Whether a run may take hours: `scripts/test --long`.
inline bool thoroughly() {
    return times(0) >= 200;
}

/// So many moments of a work that is `whole` long: one by chance in each of as many equal parts.
inline std::vector<long> spread(long whole, int moments) {
    static std::mt19937 random(20260119);
    std::vector<long> all;
    for (long i = 0; i < moments; ++i) {
        const long begin = whole * i / moments, end = whole * (i + 1) / moments;
        all.push_back(std::uniform_int_distribution<long>(begin, std::max(begin, end - 1))(random));
    }
    return all;
}

/// Counts the steps of the engine in this process, by hundreds, on all connections that are opened;
/// after so many the process is killed. For use apart.
class Steps {
public:
    static void live_for(long steps) {
        left_ = steps;
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(watch));
    }
    static long left() { return left_; }

private:
    static int ask(void*) {
        if (--left_ <= 0) ::kill(::getpid(), SIGKILL);
        return 0;
    }
    static int watch(sqlite3* db, const char**, const struct sqlite3_api_routines*) {
        sqlite3_progress_handler(db, 100, ask, nullptr);
        return SQLITE_OK;
    }
    inline static std::atomic<long> left_ = 0;  ///< a job may have threads
};

/// Does `what` in a process of its own that is killed after so many of the engine's steps.
inline Ended killed_after(long steps, const std::function<void()>& what) {
    return apart([&] {
        Steps::live_for(steps);
        what();
        return std::to_string(steps - Steps::left());
    });
}

/// How many of the engine's steps `what` takes when it is let alone.
inline long steps_of(const std::function<void()>& what) {
    return std::stol(killed_after(1'000'000'000, what).said);
}

}  // namespace dreams::test
