#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <optional>
#include <vector>

#include "base/time.h"
#include "model/history.h"
#include "score/homes.h"
#include "score/policy.h"

namespace dreams::score {

/// Energy in whole 2^-30ths of a point. Integers, so that a sum is the same in whatever order the
/// traces come: a billionth of a point is less than anything we show.
using Quanta = std::int64_t;
constexpr double one_quantum = 0x1p-30;

/// What is left of `worth` after `age_seconds`.
Quanta energy_left(const Worth& worth, std::int64_t age_seconds);

constexpr std::int64_t day_seconds = 86'400;
constexpr int trend_days = 7;  ///< as_of and the six days before it

/// All of one kind of act.
struct ActTally {
    std::int64_t count = 0;
    Instant last{};   ///< meaningless while count is 0
    Quanta left = 0;  ///< energy, of all of them
    /// The same by how many whole days ago it happened; the last slot holds all that is older.
    std::array<Quanta, trend_days> by_day{};

    double energy() const { return static_cast<double>(left) * one_quantum; }  ///< in points
};

/// A call, text or mail of either side, none that a machine sent.
struct Message {
    Instant at;
    Act act;
    std::uint32_t seconds;
    std::uint32_t trace;  ///< its place in History::traces
};

/// One pass over what a person did up to an instant: everything that the scores are made from.
/// Takes no memory of the heap for people with the usual number of traces.
class Tally {
    std::array<std::byte, 8192> room_;
    std::pmr::monotonic_buffer_resource pool_{room_.data(), room_.size()};

public:
    Tally(const History& history, const Policy& policy, Instant as_of);
    Tally(const Tally&) = delete;
    Tally& operator=(const Tally&) = delete;

    Instant as_of;
    PerAct<ActTally> acts;
    std::pmr::vector<Message> messages;  ///< by time
    Homes homes;

    std::int64_t priced_views = 0;
    std::int64_t view_price_sum = 0;  ///< US dollars

    std::int64_t own_acts_lately = 0;   ///< within IntentPolicy::burst_days
    std::int64_t own_acts_usually = 0;  ///< within the usual_days before those
    std::int64_t first_own_age = 0;     ///< seconds, of the oldest within both; 0: none
    std::int64_t favorites_lately = 0;
    std::int64_t shares_lately = 0;

    /// What each day's acts add to the deviation that chance alone gives a week's change of the
    /// energy, by the day they stem from. Days 128 apart share a slot: by then what is left of the
    /// older is too little to matter.
    std::array<Quanta, 128> chance{};

private:
    void add(const Trace& trace, std::uint32_t place, const Policy& policy);
    void add_own(const Trace& trace, const Worth& worth, std::int64_t age,
                 const IntentPolicy& intent);

    std::pmr::vector<Look> looks_;
    PerAct<double> chance_share_;  ///< by act, 0 until first asked for
};

/// Whether `act` is a call, text or mail between two people.
bool is_message(Act act);
/// Whether `act` is a message that the person sent, an unanswered ring of theirs included.
bool is_from_person(Act act);

}  // namespace dreams::score
