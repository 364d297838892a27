#include "sim/town/intent.h"

#include <algorithm>

#include "sim/town/random.h"

namespace dreams::sim {
namespace {

using namespace std::chrono;

Intent drawn(const Hazard& hazard, int dice, Intent now) {
    for (const auto& [chance, intent] :
         {std::pair{hazard.idle, Intent::idle}, std::pair{hazard.curious, Intent::curious},
          std::pair{hazard.shopping, Intent::shopping},
          std::pair{hazard.about_to_buy, Intent::about_to_buy},
          std::pair{hazard.bought, Intent::bought}}) {
        if (dice < chance) return intent;
        dice -= chance;
    }
    return now;
}

}  // namespace

std::string_view word(Intent intent) {
    switch (intent) {
        case Intent::idle:
            return "idle";
        case Intent::curious:
            return "curious";
        case Intent::shopping:
            return "shopping";
        case Intent::about_to_buy:
            return "about_to_buy";
        case Intent::bought:
            break;
    }
    return "bought";
}

Intent Truth::at(Instant when) const {
    const auto after = std::ranges::upper_bound(path, when, {}, &Step::since);
    return after == path.begin() ? Intent::idle : std::prev(after)->intent;
}

Hazard hazard(Intent from, bool window_shopper) {
    switch (from) {
        case Intent::idle:
            return {.idle = 0, .curious = 350, .shopping = 60, .about_to_buy = 0, .bought = 0};
        case Intent::curious:
            return {.idle = 2200, .curious = 0, .shopping = 1000, .about_to_buy = 0, .bought = 0};
        case Intent::shopping:
            if (window_shopper) return {.idle = 0, .curious = 400};
            return {.idle = 700, .curious = 700, .shopping = 0, .about_to_buy = 600, .bought = 0};
        case Intent::about_to_buy:
            return {.idle = 250, .curious = 0, .shopping = 350, .about_to_buy = 0, .bought = 1600};
        case Intent::bought:
            break;
    }
    return {};
}

Pace pace(Intent intent) {
    switch (intent) {
        case Intent::idle:
            return {.sessions = 3, .exchanges = 2};
        case Intent::curious:
            return {.sessions = 25, .exchanges = 8};
        case Intent::shopping:
            return {.sessions = 110, .exchanges = 40};
        case Intent::about_to_buy:
            return {.sessions = 260, .exchanges = 200};
        case Intent::bought:
            break;
    }
    return {.sessions = 6, .exchanges = 30};
}

Intent first_intent(std::uint64_t random) {
    const auto dice = random % 100;
    return dice < 20 ? Intent::idle : dice < 78 ? Intent::curious : Intent::shopping;
}

std::optional<Truth::Step> step_of_day(std::uint64_t seed, std::int64_t person, Instant day,
                                       Intent now, bool window_shopper) {
    Random random{seed, static_cast<std::uint64_t>(person),
                  static_cast<std::uint64_t>(day.time_since_epoch().count()), 1};
    const auto next =
        drawn(hazard(now, window_shopper), static_cast<int>(random.below(100'000)), now);
    if (next == now) return std::nullopt;
    return Truth::Step{day + seconds{static_cast<std::int64_t>(random.below(86'400))}, next};
}

void live_on(Truth& truth, std::uint64_t seed, Instant from, Instant to) {
    for (auto day = Instant{floor<days>(from)}; day <= to; day += days{1}) {
        const auto step =
            step_of_day(seed, truth.person, day, truth.path.back().intent, truth.window_shopper);
        if (!step || step->since <= from || step->since > to) continue;
        truth.path.push_back(*step);
        if (step->intent == Intent::bought) truth.bought_at = step->since;
    }
}

}  // namespace dreams::sim
