#pragma once

#include <chrono>

namespace dreams::store {

/// How far two clocks may be apart: what is said to be of a moment further ahead than this was said
/// under a clock that was ahead, and tells nothing of when.
constexpr std::chrono::minutes clocks_differ{5};

}  // namespace dreams::store
