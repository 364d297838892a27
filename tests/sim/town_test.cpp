#include <map>
#include <numeric>

#include "support.h"

namespace dreams::sim {
namespace {

using namespace test;
using testing::AllOf;
using testing::Contains;
using testing::Ge;
using testing::Le;

std::int64_t of_the_four_in(const Town& town) {
    return std::ranges::count_if(town.events().rows(),
                                 [](const Event& event) { return of_the_four(event.type); });
}

std::int64_t by_hand_in(const Town& town) {
    const auto count = [](const auto& table, auto test) {
        return std::ranges::count_if(table.rows(), test);
    };
    return count(town.calls(), [](const Call& call) { return call.person != 0; }) +
           count(town.texts(), [](const Text& text) { return text.action_plan == 0; }) +
           count(town.emails(), [](const Email& email) { return !email.automated(); });
}

/// Everything that a town holds, as one number.
std::uint64_t print_of(const Town& town) {
    std::uint64_t print = 0;
    const auto number = [&](auto value) {
        print = mixed({print, static_cast<std::uint64_t>(value)});
    };
    const auto at = [&](Instant when) { number(when.time_since_epoch().count()); };
    const auto word = [&](const std::string& text) { number(text::hash(text)); };
    for (const auto& row : town.people().rows())
        number(row.id), at(row.created), at(row.updated), word(row.name.value_or("-")),
            number(row.stage), number(row.phones.size()), number(row.user.value_or(0));
    for (const auto& row : town.events().rows())
        number(row.id), number(row.person), at(row.created), at(row.occurred), number(row.home),
            number(row.type), number(row.price);
    for (const auto& row : town.calls().rows())
        number(row.id), number(row.person), at(row.created), number(row.seconds), word(row.outcome);
    for (const auto& row : town.texts().rows())
        number(row.id), number(row.person), at(row.created), word(row.message);
    for (const auto& row : town.emails().rows())
        number(row.id), number(row.people.front().person), at(row.created), at(row.date);
    for (const auto& truth : town.truths())
        for (const auto& step : truth.path) at(step.since), number(step.intent);
    return print;
}

TEST(Town, HasExactlyTheSizesOfTheDictionary) {
    const Town town({}, 1, as_of);
    EXPECT_EQ(town.people().size(), 430);
    EXPECT_EQ(of_the_four_in(town), 5446);
    EXPECT_EQ(by_hand_in(town), 274);
    EXPECT_GT(town.events().size(), 5446) << "other types come on top";
    EXPECT_GT(town.emails().size(), 274) << "automated mail comes on top";
}

TEST(Town, MeetsAnySizeExactly) {
    for (const auto& size : {TownSize{1, 0, 0}, TownSize{1, 7, 3}, TownSize{3, 2, 1},
                             TownSize{50, 5000, 1}, TownSize{200, 10, 900}}) {
        const Town town(size, 3, as_of);
        EXPECT_EQ(town.people().size(), size.people);
        EXPECT_EQ(of_the_four_in(town), size.events);
        EXPECT_EQ(by_hand_in(town), size.communications);
    }
}

TEST(Town, KeepsTheDefaultsProportionsAtOtherSizes) {
    const auto size = TownSize::of(43'000);
    EXPECT_EQ(size.events, 544'600);
    EXPECT_EQ(size.communications, 27'400);
}

TEST(Town, IsTheSameForTheSameSeed) {
    EXPECT_EQ(print_of(Town({}, 5, as_of)), print_of(Town({}, 5, as_of)));
    EXPECT_NE(print_of(Town({}, 5, as_of)), print_of(Town({}, 6, as_of)));
    EXPECT_NE(print_of(Town({}, 5, as_of)), print_of(Town({}, 5, as_of + 24h)));
}

TEST(Town, IsTheSameOnEveryMachine) {
    // A number held here on purpose: whoever changes what a seed means changes it knowingly.
    EXPECT_EQ(mixed({1, 2, 3}), 15205877802699428709u);
    Random random(42);
    EXPECT_EQ(random.next(), 0xbdd732262feb6e95u) << "SplitMix64's first output for seed 42";
    EXPECT_EQ(print_of(Town({20, 200, 20}, 5, as_of)), 18284746930237573363u);
}

TEST(Town, HoldsNothingFromTheFuture) {
    const Town town({}, 2, as_of);
    for (const auto& row : town.events().rows()) ASSERT_LE(row.created, as_of);
    for (const auto& row : town.calls().rows()) ASSERT_LE(row.updated, as_of);
    for (const auto& row : town.texts().rows()) ASSERT_LE(row.updated, as_of);
    for (const auto& row : town.emails().rows()) ASSERT_LE(row.created, as_of);
    for (const auto& row : town.people().rows()) ASSERT_LE(row.updated, as_of);
}

TEST(Town, NobodyActsBeforeTheyCame) {
    const Town town({}, 2, as_of);
    for (const auto& row : town.events().rows())
        ASSERT_GE(row.occurred, town.people().find(row.person)->created);
}

TEST(Town, IdsRiseWithTime) {
    const Town town({}, 4, as_of);
    for (std::size_t i = 1; i < town.events().rows().size(); ++i) {
        ASSERT_LT(town.events()[i - 1].id, town.events()[i].id);
        ASSERT_LE(town.events()[i - 1].created, town.events()[i].created);
    }
}

TEST(Town, HasTheNamesThatBreakPrograms) {
    const Town town({}, 9, as_of);
    std::vector<std::string> names;
    int nameless = 0;
    for (const auto& person : town.people().rows()) {
        nameless += person.name ? 0 : 1;
        names.push_back(person.name.value_or(""));
    }
    EXPECT_THAT(names, Contains("Siobhan O'Brien"));
    EXPECT_THAT(names, Contains("Mia 🌲🏡"));
    EXPECT_THAT(names, Contains("Madonna"));
    EXPECT_THAT(names, Contains("يوسف الأحمد"));
    EXPECT_THAT(names, Contains(testing::SizeIs(Ge(200u))));
    EXPECT_GE(nameless, 1);
}

TEST(Town, HasPeopleWhoCannotOrMustNotBeCalled) {
    const Town town({}, 9, as_of);
    int trashed = 0, no_phone = 0, no_email = 0, bad_phone = 0, do_not_call = 0, in_pond = 0;
    for (const auto& person : town.people().rows()) {
        trashed += person.stage == stage_id::trash;
        no_phone += person.phones.empty();
        no_email += person.emails.empty();
        bad_phone += !person.phones.empty() && (person.phones.front().status == "Bad" ||
                                                person.phones.front().status == "Invalid");
        do_not_call += std::ranges::count(person.tags, "DNC") +
                           std::ranges::count(person.tags, "Do Not Call") >
                       0;
        in_pond += person.pond.has_value();
    }
    for (const int count : {trashed, no_phone, no_email, bad_phone, do_not_call, in_pond})
        EXPECT_THAT(count, AllOf(Ge(1), Le(80)));
}

TEST(Town, HasAnOfficeWithEachRole) {
    const Town town({}, 9, as_of);
    int owners = 0;
    std::map<Role, int> roles;
    for (const auto& user : town.users()) {
        owners += user.owner;
        ++roles[user.role];
    }
    EXPECT_EQ(owners, 1);
    EXPECT_GE(roles[Role::agent], 5);
    EXPECT_GE(roles[Role::broker], 2);
    EXPECT_EQ(roles[Role::lender], 1);
}

TEST(Town, HomesAreWhereTheirTownIs) {
    const Town town({}, 9, as_of);
    EXPECT_GE(town.homes().size(), 800u);
    std::set<std::string> numbers;
    for (const auto& home : town.homes()) {
        EXPECT_EQ(home.state, "NC");
        EXPECT_THAT(home.lat_e6, AllOf(Ge(34'900'000), Le(35'700'000)));
        EXPECT_THAT(home.lng_e6, AllOf(Ge(-83'600'000), Le(-82'700'000)));
        EXPECT_GT(home.price, 50'000);
        EXPECT_LE(home.price, home.first_price);
        numbers.insert(home.mls);
    }
    EXPECT_EQ(numbers.size(), town.homes().size());
}

TEST(Town, AnEventBearsThePriceOfItsMoment) {
    const Town town({}, 9, as_of);
    for (const auto& event : town.events().rows())
        if (event.home >= 0) {
            const auto& home = town.homes()[static_cast<std::size_t>(event.home)];
            ASSERT_EQ(event.price, home.price_at(event.occurred));
        }
}

}  // namespace
}  // namespace dreams::sim
