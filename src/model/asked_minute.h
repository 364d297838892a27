#pragma once

#include <cstdint>

#include "base/record.h"
#include "base/time.h"

namespace dreams {

/// What was asked of a service in one minute.
struct AskedMinute {
    Instant minute;  ///< its beginning
    std::int64_t requests = 0;
    std::int64_t bytes = 0;  ///< received, after inflating

    static constexpr auto columns() {
        return Columns{Column{"minute", &AskedMinute::minute},
                       Column{"requests", &AskedMinute::requests},
                       Column{"bytes", &AskedMinute::bytes}};
    }
};

}  // namespace dreams
