#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"

namespace dreams {

/// How many days a home has been on the market on `today`: counted from `list_date` while its
/// status says that it is there, since what a source said is stale the next day; else `stored`,
/// what a source said last. None: nobody knows.
std::optional<std::int64_t> days_on_market(const std::optional<std::string>& status,
                                           const std::optional<std::string>& list_date,
                                           std::optional<std::int64_t> stored, Date today);

/// The same put into a record that has those three.
template <class Home>
void count_days_on_market(Home& home, Date today) {
    home.days_on_market = days_on_market(home.status, home.list_date, home.days_on_market, today);
}

}  // namespace dreams
