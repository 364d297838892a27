#pragma once

#include <optional>
#include <string>
#include <vector>

#include "score/match_parts.h"
#include "score/scores.h"

namespace dreams::score {

/// One home for one buyer.
struct Suggestion {
    std::uint32_t home = 0;  ///< index into Market::homes
    /// The points sum to `raw`, the total of 0–100: each is in whole tenths, as an agent reads it.
    Explained score;
    std::optional<double> stated, behavioral;  ///< 0–100 by that profile alone; none: it is silent
    double confidence = 0;   ///< 0–1: how much of the judgement rests on what is known
    std::string why;         ///< one sentence, from what weighs most
    bool different = false;  ///< in the list for being unlike the others
};

/// What there is to go by.
enum class Known : std::uint8_t { nothing, words, looks, both };

struct RuledOut {
    std::uint32_t phrase = 0;  ///< index into Market::phrases
    std::int64_t homes = 0;    ///< that have it
};

/// What fits one buyer.
struct Matching {
    Known known = Known::nothing;
    double homes = 0;                     ///< n: the homes they looked at lately
    std::vector<Suggestion> suggestions;  ///< best first; every fifth may be a different one
    std::string nothing;                  ///< why there is no suggestion; empty: there are some
    std::string disagreement;             ///< "says up to $400k, looks at $475k"; empty: none
    std::vector<RuledOut> ruled_out;
    std::int64_t too_dear = 0;  ///< homes beyond the hard stop
};

/// Holds buyers against one market. Pure: the same arguments give the same on any machine.
/// Refers to the market and the policy, which must outlive it; threads may share it.
class Matcher {
public:
    Matcher(const Market& market, const MatchPolicy& policy, Instant as_of);

    Matching match(const Buyer& buyer) const;

    /// One home for one buyer, whether or not it would be suggested.
    Suggestion judge(const Buyer& buyer, std::uint32_t home) const;

    /// Why the home is no suggestion for the buyer, whatever its points; empty: it may be one.
    std::string barred(const Buyer& buyer, std::uint32_t home) const;

private:
    struct Barriers;
    struct Candidate {
        double total;
        std::uint32_t home;
    };
    Taste taste_of(const Buyer& buyer) const;
    Barriers barriers_of(const Buyer& buyer, const Taste& taste) const;
    std::vector<Candidate> best(const Taste& taste, const Barriers& barriers,
                                Matching& matching) const;
    std::optional<double> total(const Taste& taste, std::uint32_t home, double bar) const;
    Suggestion suggestion(const Taste& taste, std::uint32_t home) const;
    std::vector<Suggestion> listed(std::vector<Suggestion> pool) const;
    double likeness(std::uint32_t a, std::uint32_t b) const;

    const Market& market_;
    const MatchPolicy& policy_;
    Instant as_of_;
    Usual usual_;
    std::vector<Measures> measures_;  ///< of each home
    std::vector<std::uint32_t> sample_;
    double fresh_mean_ = 0.5;
};

}  // namespace dreams::score
