#include "sim/town/habits.h"

#include "sim/town/words.h"

namespace dreams::sim {
namespace {

/// Sessions by local hour, in thousandths: quiet nights, a lunch break, evenings on the sofa.
constexpr std::array<int, 24> by_hour{4,  2,  1,  1,  2,  6,  18, 34, 46, 52, 54, 56,
                                      66, 56, 48, 46, 48, 54, 66, 84, 94, 86, 52, 24};
constexpr int all_hours = 1000;
constexpr int hours_behind_utc = 5;  ///< the mountains' winter time

/// Zeal: most people do little, a few do very much.
constexpr std::array<std::uint64_t, 10> zeals{4, 5, 6, 7, 8, 10, 12, 15, 22, 40};

}  // namespace

Habits habits_of(std::uint64_t seed, std::int64_t person) {
    Random random{seed, static_cast<std::uint64_t>(person), 2};
    Habits habits;
    habits.zeal = random.of(zeals);
    habits.window_shopper = random.chance(60);
    if (habits.window_shopper) habits.zeal += 20;
    habits.place = static_cast<int>(random.below(words::places.size()));
    habits.centre_permille = random.between(60, 940);
    habits.evening = random.between(-2, 2);
    habits.shortlist = random.next();
    return habits;
}

int second_of_day(const Habits& habits, Random& random) {
    int dice = static_cast<int>(random.below(all_hours));
    int hour = 0;
    while (hour < 23 && dice >= by_hour[static_cast<std::size_t>(hour)])
        dice -= by_hour[static_cast<std::size_t>(hour++)];
    hour = (hour + habits.evening + hours_behind_utc + 24) % 24;
    return hour * 3600 + static_cast<int>(random.below(3600));
}

}  // namespace dreams::sim
