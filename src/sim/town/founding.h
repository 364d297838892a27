#pragma once

#include <cstdint>
#include <vector>

#include "sim/town/exchanges.h"
#include "sim/town/habits.h"
#include "sim/town/town.h"

namespace dreams::sim {

/// Makes a new town's past, from before its first person to its `now`.
///
/// Sizes are met exactly: each person's hidden intents give a weight to each stretch of their
/// time; sessions and exchanges are laid over the sum of all weights at random, one to each equal
/// part of it; then single sessions are made a little longer or shorter until the counts fit.
class Founding {
public:
    explicit Founding(Town& town) : town_(town) {}
    void found();

private:
    /// A session or an exchange that has a place in someone's life but no content yet.
    struct Anchor {
        std::uint32_t person;  ///< index into people
        Intent intent;
        std::uint16_t rows;
        Instant start;
    };
    enum class What { sessions, exchanges };

    void settle();
    void people();
    void events();
    void communications();
    void machines(Chatter& chatter) const;
    void strangers(Chatter& chatter) const;
    void notes();
    void stages();
    std::vector<Anchor> anchors(What what, std::int64_t wanted, std::uint64_t& pace) const;
    std::uint64_t weight(What what, const Habits& habits, std::size_t person,
                         std::size_t step) const;
    Instant end_of(std::size_t person, std::size_t step) const;
    void keep(Chatter&& chatter);
    static void fit(std::vector<Anchor>& anchors, std::int64_t wanted);

    Town& town_;
};

/// The user who deals with a person; the owner where nobody is assigned.
const User& agent_of(const Town& town, const Contact& contact);

}  // namespace dreams::sim
