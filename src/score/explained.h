#pragma once

#include <string_view>

#include "score/scores.h"

namespace dreams::score {

/// Adds a contribution, unless it is worth nothing.
void contribute(Explained& score, std::string_view name, double points);

/// Sums the contributions to `raw`, holds it within 0–100 (what that takes or gives is a
/// contribution, `clamp`), and rounds it half away from zero to `value`.
void settle(Explained& score);

}  // namespace dreams::score
