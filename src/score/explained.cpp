#include "score/explained.h"

#include <algorithm>
#include <cmath>

namespace dreams::score {

void contribute(Explained& score, std::string_view name, double points) {
    if (points == 0) return;
    if (score.contributions.empty()) score.contributions.reserve(8);  // few scores have more
    Contribution& added = score.contributions.emplace_back();
    added.name = name;
    added.points = points;
}

void settle(Explained& score) {
    double sum = 0;
    for (const Contribution& each : score.contributions) sum += each.points;
    score.raw = std::clamp(sum, 0.0, 100.0);
    constexpr double dust = 1e-12;  // of adding doubles: no clamp that anybody should read about
    if (std::abs(score.raw - sum) > dust) contribute(score, "clamp", score.raw - sum);
    score.value = std::llround(score.raw);
}

}  // namespace dreams::score
