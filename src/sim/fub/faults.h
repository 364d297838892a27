#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "sim/fub/options.h"

namespace dreams::sim {

/// Which answers go wrong: by endpoint (the first part of the path: `events`, `textMessages`; `*`
/// is all of them together) and by number, counting from 1 the requests there that were let in
/// (not those refused with 401 or 429).
class Faults {
public:
    /// The n-th answer of `endpoint` goes wrong so.
    void at(std::string endpoint, int n, FubFault fault) {
        once_[{std::move(endpoint), n}] = fault;
    }
    /// The n-th and all after it.
    void from(std::string endpoint, int n, FubFault fault) {
        ever_[std::move(endpoint)] = {n, fault};
    }
    void clear() {
        once_.clear();
        ever_.clear();
    }

    std::optional<FubFault> of(const std::string& endpoint, int n) const;

    std::chrono::milliseconds stall{60'000};
    std::chrono::milliseconds drip{50};

private:
    std::map<std::pair<std::string, int>, FubFault> once_;
    std::map<std::string, std::pair<int, FubFault>, std::less<>> ever_;
};

}  // namespace dreams::sim
