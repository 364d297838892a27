#pragma once

#include <optional>
#include <string>

#include "base/time.h"

namespace dreams::delivery {

/// The hours of each day in which no phone should ring, as the office's clock shows them.
class QuietHours {
public:
    QuietHours() = default;  ///< there are none

    /// Reads `21-7`: from 21:00 up to 7:00, over midnight if need be. Empty: there are none. None:
    /// it is no such text; two equal hours would be the whole day, or nothing, and are none either.
    static std::optional<QuietHours> from(const std::string& text);

    bool hold(Instant now, const Zone& zone) const;  ///< whether it is quiet now

private:
    int from_ = 0, until_ = 0;  ///< equal: there are none
};

}  // namespace dreams::delivery
