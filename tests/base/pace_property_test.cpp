#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "base/pace.h"

namespace dreams::http {
namespace {

using namespace std::chrono_literals;
using Ticks = std::chrono::steady_clock::duration;

constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026}};

const Ask people{.url = "https://api.example.com/v1/people"};

Answer status(int status, Headers headers = {}) {
    return {.status = status, .headers = std::move(headers)};
}

/// A clock that several threads may sleep on.
class SharedClock : public Clock {
public:
    Instant now() const override {
        return monday + std::chrono::floor<std::chrono::seconds>(ticks());
    }
    Ticks ticks() const override { return Ticks(ticks_.load()); }
    void sleep(Ticks how_long) override {
        const auto awake = ticks_.load() + how_long.count();
        for (auto now = ticks_.load(); now < awake && !ticks_.compare_exchange_weak(now, awake);) {
        }
    }

private:
    std::atomic<Ticks::rep> ticks_{0};
};

/// A service with a true sliding log: counts a request when it arrives, a latency after it was
/// sent, and answers another latency later. Others may use its budget too.
class Strict {
public:
    Strict(int limit, std::chrono::seconds window) : limit_(limit), window_(window) {}

    Answer answer(const Ask& ask) {
        clock.sleep(latency());
        Answer answer = counted(ask);
        clock.sleep(latency());
        return answer;
    }
    void others(int requests) {
        const std::lock_guard lock(mutex_);
        log_.insert(log_.end(), static_cast<std::size_t>(requests), clock.ticks());
    }

    SharedClock clock;
    int refused = 0;
    std::vector<int> latencies{0};  ///< ms, in turn

private:
    Ticks latency() {
        const std::lock_guard lock(mutex_);
        return std::chrono::milliseconds(latencies[turn_++ % latencies.size()]);
    }
    Answer counted(const Ask&) {
        const std::lock_guard lock(mutex_);
        const auto now = clock.ticks();
        std::erase_if(log_, [&](Ticks at) { return at + window_ < now; });
        const bool full = std::cmp_greater_equal(log_.size(), limit_);
        if (full)
            ++refused;
        else
            log_.push_back(now);
        const auto remaining = std::max<std::int64_t>(0, limit_ - std::ssize(log_));
        return status(full ? 429 : 200, {{"X-RateLimit-Limit", std::to_string(limit_)},
                                         {"X-RateLimit-Remaining", std::to_string(remaining)},
                                         {"X-RateLimit-Window", std::to_string(window_.count())},
                                         {"X-RateLimit-Context", "global"},
                                         {"Retry-After", std::to_string(window_.count())}});
    }

    const int limit_;
    const std::chrono::seconds window_;
    std::mutex mutex_;
    std::vector<Ticks> log_;
    std::size_t turn_ = 0;
};

TEST(Pace, IsNeverRefusedForAnyLimitAndLatency) {
    EXPECT_TRUE(rc::check([] {
        const int limit = *rc::gen::inRange(1, 20);
        const int window = *rc::gen::inRange(1, 12);
        Strict service(limit, std::chrono::seconds(window));
        service.latencies = *rc::gen::nonEmpty(
            rc::gen::container<std::vector<int>>(rc::gen::element(0, 1, 7, 150, 900, 4000, 20000)));
        Pace pace([&](const Ask& ask) { return service.answer(ask); }, service.clock,
                  {{"global", {*rc::gen::inRange(1, limit + 1), 10s}}});
        for (const int idle : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1500))) {
            if (idle > 1000) service.clock.sleep(std::chrono::milliseconds(idle));
            RC_ASSERT(pace.ask("global", people).status == 200);
        }
        RC_ASSERT(service.refused == 0);
    }));
}

TEST(Pace, NeedsNoMoreTimeThanTheLimitAllowsAndTheAnswersTake) {
    EXPECT_TRUE(rc::check([] {
        const int limit = *rc::gen::inRange(1, 20), requests = *rc::gen::inRange(1, 100);
        const int latency = *rc::gen::inRange(0, 300);
        Strict service(limit, 10s);
        service.latencies = {latency};
        Pace pace([&](const Ask& ask) { return service.answer(ask); }, service.clock,
                  {{"global", {limit, 10s}}});
        for (int i = 0; i < requests; ++i) pace.ask("global", people);
        const auto windows = (requests - 1) / limit;
        RC_ASSERT(service.clock.ticks() <=
                  windows * (10s + 10ms) + requests * 2 * std::chrono::milliseconds(latency));
    }));
}

TEST(Pace, GetsThereAlthoughOthersEatTheBudget) {
    EXPECT_TRUE(rc::check([] {
        const int limit = *rc::gen::inRange(2, 20);
        Strict service(limit, 10s);
        service.latencies = {*rc::gen::inRange(0, 500)};
        Pace pace([&](const Ask& ask) { return service.answer(ask); }, service.clock,
                  {{"global", {limit, 10s}}});
        const auto eaten = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, limit));
        for (const int others : eaten) {
            service.others(others);
            RC_ASSERT(pace.ask("global", people).status == 200);
        }
        RC_ASSERT(std::cmp_less_equal(service.refused, 3 * eaten.size()));
    }));
}

TEST(Pace, IsSharedByThreads) {
    Strict service(10, 10s);
    service.latencies = {1, 250, 3, 900, 40};
    Pace pace([&](const Ask& ask) { return service.answer(ask); }, service.clock,
              {{"global", {10, 10s}}}, {.longest_in_all = std::chrono::hours(1)});
    std::vector<std::jthread> threads;
    std::atomic<int> answered = 0;
    for (int i = 0; i < 6; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 25; ++n)
                if (pace.ask("global", people).status == 200) ++answered;
        });
    threads.clear();
    EXPECT_EQ(answered, 150);
    EXPECT_EQ(pace.requests(), 150);
    EXPECT_EQ(service.refused, 0);
}

}  // namespace
}  // namespace dreams::http
