#include <rapidcheck.h>

#include "support.h"

namespace dreams::sim {
namespace {

using namespace test;
using std::chrono::days;
using std::chrono::seconds;

bool same(const Town& a, const Town& b) {
    const auto rows = [](const auto& x, const auto& y, auto same_row) {
        return std::ranges::equal(x.rows(), y.rows(), same_row);
    };
    return rows(a.people(), b.people(),
                [](const Contact& x, const Contact& y) {
                    return x.id == y.id && x.updated == y.updated && x.stage == y.stage;
                }) &&
           rows(a.events(), b.events(),
                [](const Event& x, const Event& y) {
                    return x.id == y.id && x.person == y.person && x.created == y.created &&
                           x.home == y.home && x.type == y.type;
                }) &&
           rows(a.calls(), b.calls(),
                [](const Call& x, const Call& y) {
                    return x.id == y.id && x.created == y.created && x.outcome == y.outcome;
                }) &&
           rows(a.texts(), b.texts(),
                [](const Text& x, const Text& y) {
                    return x.id == y.id && x.created == y.created && x.message == y.message;
                }) &&
           rows(a.emails(), b.emails(), [](const Email& x, const Email& y) {
               return x.id == y.id && x.created == y.created && x.date == y.date;
           });
}

TEST(Living, BringsEverythingThatThePastHad) {
    Town town(TownSize::of(2000), 5, as_of);
    const auto people = town.people().size(), events = town.events().size();
    const auto talks = town.calls().size() + town.texts().size();
    const auto steps = [&] {
        std::size_t sum = 0;
        for (const auto& truth : town.truths()) sum += truth.path.size();
        return sum;
    };
    const auto before = steps();
    town.advance(as_of + days{30});
    EXPECT_EQ(town.now(), as_of + days{30});
    EXPECT_GT(town.people().size(), people + 20);
    EXPECT_GT(town.events().size(), events + 500);
    EXPECT_GT(town.calls().size() + town.texts().size(), talks + 50);
    EXPECT_GT(steps(), before + 100);
}

TEST(Living, NothingHappensOutsideTheTimeThatPasses) {
    Town town(TownSize::of(1000), 5, as_of);
    const auto last = town.events().last_id();
    town.advance(as_of + days{3});
    for (const auto& event : town.events().rows())
        if (event.id > last) {
            EXPECT_GT(event.created, as_of);
            EXPECT_LE(event.created, as_of + days{3});
        }
}

TEST(Living, InOneStepOrInManyTheSameHappens) {
    EXPECT_TRUE(rc::check([] {
        const TownSize size{60, 700, 80};
        Town at_once(size, 5, as_of), in_steps(size, 5, as_of);
        const auto days_on = *rc::gen::inRange(1, 40);
        at_once.advance(as_of + days{days_on});
        for (auto now = as_of; now < as_of + days{days_on};) {
            now = std::min<Instant>(now + seconds{*rc::gen::inRange(1, 400'000)},
                                    as_of + days{days_on});
            in_steps.advance(now);
        }
        RC_ASSERT(same(at_once, in_steps));
    }));
}

TEST(Living, WaitingBringsNothing) {
    Town town(TownSize::of(1000), 5, as_of);
    town.advance(as_of + 5h);
    const auto events = town.events().size();
    town.wait_until(as_of + days{20});
    EXPECT_EQ(town.events().size(), events);
    EXPECT_EQ(town.now(), as_of + days{20});
    town.advance(as_of + days{21});
    for (const auto& event : town.events().rows())
        EXPECT_FALSE(event.created > as_of + 5h && event.created <= as_of + days{20});
    EXPECT_GT(town.events().size(), events);
}

TEST(Living, TimeDoesNotRunBackwards) {
    Town town({}, 5, as_of);
    town.advance(as_of - days{1});
    EXPECT_EQ(town.now(), as_of);
}

TEST(Living, TheDeletedDoNothingMore) {
    Town town({20, 2000, 100}, 5, as_of);
    std::vector<std::int64_t> people;
    for (const auto& person : town.people().rows()) people.push_back(person.id);
    for (const auto id : people) town.remove_person(id);
    const auto last = town.events().last_id();
    town.advance(as_of + days{10});
    for (const auto& event : town.events().rows())
        EXPECT_TRUE(event.id <= last || event.person > people.back());
}

}  // namespace
}  // namespace dreams::sim
