#include "sources/ask_budget.h"

#include <algorithm>

#include "base/text.h"

namespace dreams::sources {
namespace {

using namespace std::chrono_literals;

constexpr auto patience = 60s;
constexpr auto remembered = 24h;
constexpr auto left_alone = 1h;

std::string in_words(std::chrono::seconds window) {
    return window == 1h ? "an hour" : std::to_string(window / 1h) + " hours";
}

std::string used_up(const std::string& who, const AskLimit& limit) {
    return who + " allows " + text::grouped(limit.requests) + " requests in " +
           in_words(limit.window) +
           (limit.bytes > 0 ? " and " + text::grouped(limit.bytes / 1'000'000) + " MB" : "") +
           ", and they are used up";
}

}  // namespace

AskBudget::AskBudget(std::string who, std::vector<AskLimit> limits, AskedBefore before,
                     Clock& clock, Waits waits)
    : who_(std::move(who)),
      limits_(std::move(limits)),
      minutes_(before.minutes.begin(), before.minutes.end()),
      add_(std::move(before.add)),
      closed_until_(before.closed_until),
      closed_why_(std::move(before.closed_why)),
      close_(std::move(before.close)),
      clock_(clock),
      waits_(std::move(waits)),
      began_(clock.now()),
      began_ticks_(clock.ticks()) {
    // Another run may have asked in this very second: the limits by the second start anew then.
    if (!minutes_.empty() && began_ - minutes_.back().minute < 1min) clock_.sleep(1s);
}

/// Goes on while we wait, even where the wall stands still.
Instant AskBudget::now() const {
    return began_ + std::chrono::floor<std::chrono::seconds>(clock_.ticks() - began_ticks_);
}

/// A minute counts until its last second has left the window.
std::chrono::seconds AskBudget::until_room(const AskLimit& limit) const {
    const auto leaves = [&](const AskedMinute& asked) {
        return asked.minute + 1min + limit.window;
    };
    std::int64_t requests = 0, bytes = 0;
    for (const auto& asked : minutes_) {
        if (leaves(asked) <= now()) continue;
        requests += asked.requests;
        bytes += asked.bytes;
    }
    const auto is_full = [&] {
        return requests >= limit.requests || (limit.bytes > 0 && bytes >= limit.bytes);
    };
    std::chrono::seconds wait{0};
    for (const auto& asked : minutes_) {
        if (!is_full()) break;
        if (leaves(asked) <= now()) continue;
        requests -= asked.requests;
        bytes -= asked.bytes;
        wait = leaves(asked) - now();
    }
    return wait;
}

Error AskBudget::closed() const {
    return {Fault::unavailable, who_ + " turned us away" +
                                    (closed_why_.empty() ? "" : " (" + closed_why_ + ")") +
                                    " and is left alone until " + dreams::to_text(*closed_until_)};
}

void AskBudget::turned_away(const std::string& why) {
    closed_until_ = now() + left_alone;
    closed_why_ = why;
    close_(*closed_until_, why);
    throw closed();
}

void AskBudget::wait_for_room() {
    if (closed_until_ && *closed_until_ > now()) throw closed();
    for (const auto& limit : limits_)
        while (true) {
            const auto wait = until_room(limit);
            if (wait == 0s) break;
            if (wait > patience)
                throw Error(Fault::unavailable, used_up(who_, limit) + "; go on after " +
                                                    dreams::to_text(now() + wait));
            if (waits_) waits_(wait, used_up(who_, limit));
            clock_.sleep(wait);
        }
}

void AskBudget::add(std::int64_t requests, std::int64_t bytes) {
    const AskedMinute asked{std::chrono::floor<std::chrono::minutes>(now()), requests, bytes};
    while (!minutes_.empty() && minutes_.front().minute + remembered + 1min <= now())
        minutes_.pop_front();
    if (minutes_.empty() || minutes_.back().minute < asked.minute) {
        minutes_.push_back(asked);
    } else {
        minutes_.back().requests += requests;
        minutes_.back().bytes += bytes;
    }
    add_(asked);
}

void AskBudget::sent() {
    add(1, 0);
}

void AskBudget::received(std::int64_t bytes) {
    add(0, bytes);
}

}  // namespace dreams::sources
