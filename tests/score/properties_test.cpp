#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <algorithm>
#include <random>

#include "people.h"
#include "score/heat.h"
#include "score/tally.h"

namespace dreams::score::test {
namespace {

/// Any history: acts of every kind, from two years back to ten days ahead of `noon`.
History any_person() {
    History someone;
    someone.lead = LeadId{"1"};
    someone.stage = *rc::gen::element<std::string>("Lead", "hot prospect", "Trash", "", "Cold",
                                                   "No such stage");
    const int count = *rc::gen::inRange(0, 60);
    for (int i = 0; i < count; ++i) {
        Trace trace;
        trace.act = static_cast<Act>(*rc::gen::inRange(0, static_cast<int>(PerAct<int>::size)));
        // Coarse steps, so that things happen at the same instant and to the same home.
        const int reach = *rc::gen::element(3, 40, 730);
        trace.at = noon - std::chrono::hours{6 * *rc::gen::inRange(-40, reach * 4)};
        trace.price = *rc::gen::element(0, 1'500, 180'000, 450'000, 455'000, 2'400'000);
        trace.home = static_cast<std::uint64_t>(*rc::gen::inRange(0, 6));
        trace.seconds = static_cast<std::uint32_t>(*rc::gen::inRange(0, 400)) & 0xff'ffff;
        someone.traces.push_back(trace);
    }
    return someone;
}

Judgement judged(const History& someone, const Policy& policy, Instant as_of = noon) {
    return judge(someone, policy, as_of, {.highest_average_price = 800'000});
}

bool same(const Explained& a, const Explained& b) {
    return a.value == b.value && a.raw == b.raw &&
           std::equal(a.contributions.begin(), a.contributions.end(), b.contributions.begin(),
                      b.contributions.end(), [](const Contribution& x, const Contribution& y) {
                          return x.name == y.name && x.points == y.points;
                      });
}

/// Whether two judgements agree in every bit of every number and every letter of the reason.
bool same(const Judgement& a, const Judgement& b) {
    return same(a.heat, b.heat) && same(a.value, b.value) && same(a.relationship, b.relationship) &&
           same(a.priority, b.priority) && same_columns(a.scores, b.scores) &&
           same_columns(a.activity, b.activity) && same_columns(a.intent, b.intent) &&
           a.reason == b.reason && a.unknown_stage == b.unknown_stage;
}

/// rc::check, failing the surrounding test when it finds a counterexample.
template <class F>
void holds(const char* what, F&& property) {
    EXPECT_TRUE(rc::check(what, std::forward<F>(property)));
}

const Policy& any_policy() {
    return **rc::gen::element(&house_policy(), &january_policy());
}

TEST(EveryScore, IsTheSumOfItsContributionsAndLiesBetween0And100) {
    holds("sums", [] {
        const Judgement all = judged(any_person(), any_policy());
        for (const Explained* score : {&all.heat, &all.value, &all.relationship, &all.priority}) {
            RC_ASSERT(std::abs(sum(*score) - score->raw) < 1e-9);
            RC_ASSERT(score->raw >= 0 && score->raw <= 100);
            RC_ASSERT(score->value == std::llround(score->raw));
        }
    });
}

TEST(EveryScore, IsTheSameInWhateverOrderTheTracesCome) {
    holds("shuffle", [] {
        const History someone = any_person();
        History shuffled = someone;
        std::mt19937 random(*rc::gen::arbitrary<unsigned>());
        std::shuffle(shuffled.traces.begin(), shuffled.traces.end(), random);
        const Policy& policy = any_policy();
        RC_ASSERT(same(judged(someone, policy), judged(shuffled, policy)));
    });
}

TEST(EveryScore, KnowsNothingOfTheFuture) {
    holds("future", [] {
        const History someone = any_person();
        History past = someone;
        std::erase_if(past.traces, [](const Trace& trace) { return trace.at > noon; });
        const Policy& policy = any_policy();
        RC_ASSERT(same(judged(someone, policy), judged(past, policy)));
    });
}

TEST(EveryScore, IsTheSameBriefAndInFull) {
    holds("detail", [] {
        const History someone = any_person();
        const Judgement brief = house(someone), full = house(someone, Detail::full);
        RC_ASSERT(same(brief, full));
        for (const Explained* score : {&full.heat, &full.value, &full.relationship, &full.priority})
            for (const Contribution& each : score->contributions) {
                RC_ASSERT(!each.why.empty());
                for (const std::uint32_t place : each.traces)
                    RC_ASSERT(place < someone.traces.size() && someone.traces[place].at <= noon);
            }
    });
}

TEST(HouseScores, TakeNoNoticeOfOtherPeople) {
    holds("population", [] {
        const History someone = any_person();
        RC_ASSERT(same(judge(someone, house_policy(), noon, {.highest_average_price = 1}),
                       judge(someone, house_policy(), noon, {.highest_average_price = 9e6})));
    });
}

TEST(HouseScores, FlagExactlyTheStagesTheyDoNotKnow) {
    holds("stages", [] {
        const History someone = any_person();
        RC_ASSERT(house(someone).unknown_stage == (someone.stage == "No such stage"));
    });
}

TEST(HouseHeat, NeverFallsForAnythingMoreThatAPersonDoes) {
    holds("monotone", [] {
        History someone = any_person();
        const double before = house(someone).heat.raw;
        const Act act = *rc::gen::element(Act::property_favorite, Act::property_view, Act::text_in,
                                          Act::inquiry);
        someone.traces.push_back(did(act, *rc::gen::inRange(0, 100)));
        RC_ASSERT(house(someone).heat.raw >= before - 1e-9);
    });
}

TEST(HouseHeat, NeverRisesWithSilence) {
    holds("silence", [] {
        History someone = any_person();
        std::erase_if(someone.traces, [](const Trace& trace) { return trace.at > noon; });
        const double now = house(someone).heat.raw;
        const Instant later = noon + std::chrono::hours{*rc::gen::inRange(0, 2'000)};
        RC_ASSERT(house(someone, Detail::brief, later).heat.raw <= now + 1e-9);
    });
}

TEST(HouseHeat, OfAnyEarlierDayIsWhatJudgingThenWouldHaveSaid) {
    holds("days", [] {
        const History someone = any_person();
        const Tally tally(someone, house_policy(), noon);
        const auto days = daily_energies(tally, house_policy().heat);
        for (int day = 0; day < trend_days; ++day) {
            const double then =
                house(someone, Detail::brief, noon - std::chrono::days{day}).heat.raw;
            RC_ASSERT(
                std::abs(shown(days[static_cast<std::size_t>(day)], house_policy().heat).heat() -
                         then) < 1e-6);
        }
    });
}

}  // namespace
}  // namespace dreams::score::test
