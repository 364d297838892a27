#include "store/directory.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>

namespace dreams::store {
namespace {

const Directory people(std::vector<std::string>{"1001", "ab-12", "007", "", "1001", "7"},
                       std::identity{});

TEST(Directory, FindsNumbersAndOtherTexts) {
    EXPECT_EQ(people.find("1001"), 0u);  // the first of two
    EXPECT_EQ(people.find("ab-12"), 1u);
    EXPECT_EQ(people.find(1001), 0u);
}

TEST(Directory, TellsAnIdFromTheSameNumberWrittenInAnotherWay) {
    EXPECT_EQ(people.find("007"), 2u);
    EXPECT_EQ(people.find("7"), 5u);
    EXPECT_EQ(people.find("07"), std::nullopt);
}

TEST(Directory, KnowsNobodyByAnEmptyOrAStrangeId) {
    for (const char* id : {"", "0", "1002", "+1001", "1001 ", "99999999999999999999"})
        EXPECT_EQ(people.find(id), std::nullopt) << id;
}

TEST(Directory, OfNobodyFindsNobody) {
    const Directory empty(std::vector<std::string>{}, std::identity{});
    EXPECT_EQ(empty.find("1"), std::nullopt);
    EXPECT_EQ(empty.find(""), std::nullopt);
}

TEST(Directory, IsAMapOfWhateverIdsThereAre) {
    EXPECT_TRUE(rc::check([] {
        // Few digits and letters, so that ids often come twice and often are numbers.
        const auto ids = *rc::gen::container<std::vector<std::string>>(
            rc::gen::container<std::string>(rc::gen::element('0', '1', '9', 'x')));
        std::map<std::string, std::size_t> expected;
        for (std::size_t at = 0; at < ids.size(); ++at)
            if (!ids[at].empty()) expected.emplace(ids[at], at);
        const Directory directory(ids, std::identity{});
        for (const auto& id : ids) {
            const auto found = directory.find(id);
            RC_ASSERT(found.has_value() == !id.empty());
            if (found) RC_ASSERT(*found == expected.at(id));
        }
    }));
}

}  // namespace
}  // namespace dreams::store
