#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <variant>

#include "sim/town/exchanges.h"
#include "sim/town/habits.h"
#include "sim/town/town.h"

namespace dreams::sim {

/// What the days that have begun still hold, by the moment at which it shows.
struct Town::Plans {
    struct Turn {  ///< a step of the hidden intent
        std::int64_t person;
        Truth::Step step;
    };
    struct Arrival {};
    using Happening = std::variant<Turn, Arrival, Event, Call, Text, Email>;

    std::multimap<Instant, Happening> coming;  ///< equal moments keep the order of planning
    std::optional<Instant> next_day;           ///< the first that is not planned; none: no day is
};

/// Lets a town live on. A day is planned as it begins, whole; what falls due is carried out in
/// the order of time. So one long step and many short ones come to the same.
class Daily {
public:
    explicit Daily(Town& town) : town_(town), plans_(*town.plans_) {}
    void live_until(Instant to);

private:
    void begin();
    void plan(Instant day);
    void plan(const Contact& contact, Instant day);
    void plan(Chatter&& chatter);
    void sessions(const Contact& contact, const Habits& habits, Intent intent, Instant day);
    void exchanges(const Contact& contact, Intent intent, Instant day);
    template <class Row>
    void plan(Instant when, Row&& row);
    void carry_out(Instant before);

    void happen(const Town::Plans::Turn& turn);
    void happen(Town::Plans::Arrival);
    void happen(const Event& event);
    void happen(const Call& call);
    void happen(const Text& text);
    void happen(const Email& email);
    bool here(std::int64_t person) const { return town_.people_.find(person) != nullptr; }

    Town& town_;
    Town::Plans& plans_;
};

}  // namespace dreams::sim
