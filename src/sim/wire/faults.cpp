#include "sim/wire/faults.h"

namespace dreams::sim {

std::optional<WireFault> Faults::of(const std::string& endpoint, int n) const {
    if (const auto once = once_.find({endpoint, n}); once != once_.end()) return once->second;
    if (const auto ever = ever_.find(endpoint); ever != ever_.end() && n >= ever->second.first)
        return ever->second.second;
    return std::nullopt;
}

}  // namespace dreams::sim
