#include "support.h"

namespace dreams::sim {
namespace {

using namespace test;

TEST(LowerBound, OfAnEmptyAccountIsOneRequestAList) {
    Office office({0, 0, 0});
    const auto bound = office.account.lower_bound_full_sync();
    EXPECT_EQ(bound.people, 1);
    EXPECT_EQ(bound.calls, 1);
    EXPECT_EQ(bound.events, 1);
    EXPECT_EQ(bound.texts, 0) << "nobody has a lastText, so nobody need be asked";
    EXPECT_EQ(bound.emails, 0);
    EXPECT_EQ(bound.config, 2);
    EXPECT_EQ(bound.total(), 5);
}

TEST(LowerBound, CountsPagesAndTakesTheCheaperWayToTexts) {
    Office office({0, 0, 0});
    const auto& line = office.town.users().front().phone;
    std::vector<std::int64_t> people;
    for (int i = 0; i < 101; ++i) people.push_back(office.town.add_person({.name = "P"}));
    const auto text = [&](std::int64_t person) {
        office.town.add_text({.person = person, .incoming = true, .from = "1", .to = line});
    };
    text(people[0]);
    text(people[1]);
    EXPECT_EQ(office.account.lower_bound_full_sync().texts, 2) << "two people";
    for (const auto person : people) text(person);
    std::int64_t lines = 0;
    for (const auto& user : office.town.users()) lines += !user.phone.empty() && !user.deleted;
    EXPECT_EQ(office.account.lower_bound_full_sync().texts, 2 * lines + 1)
        << "both ways of each line, and a second page of one";
    for (int i = 0; i < 101; ++i)
        office.town.add_email({.people = {{people[0], true}}, .incoming = true});
    office.town.add_email({.people = {{people[1], false}}, .action_plan = 21});
    office.town.add_email({.people = {{people[2], false}}});
    const auto bound = office.account.lower_bound_full_sync();
    EXPECT_EQ(bound.people, 2);
    EXPECT_EQ(bound.emails, 3) << "two pages and one; who only has drip mail has no lastEmail";
}

TEST(LowerBound, IsWhatAPerfectClientNeeds) {
    Office office({.people = 120, .events = 900, .communications = 90});
    office.account.forget_log();
    const Parameters hundred{{"limit", "100"}};
    std::vector<std::int64_t> mailed;
    auto everyone = hundred;
    everyone.insert(everyone.end(), {{"fields", "allFields"}, {"includeTrash", "true"}});
    std::size_t texts = 0, emails = 0;
    for (std::string next;;) {
        auto query = everyone;
        if (!next.empty()) query.emplace_back("next", next);
        const auto page = office.page("/people", query);
        for (const auto& row : page.at("people").as_array())
            if (json::text(row, "lastEmail")) mailed.push_back(*json::integer(row, "id"));
        next = next_of(page);
        if (next.empty()) break;
    }
    EXPECT_EQ(walk(office, "/events", "events", hundred).size(),
              static_cast<std::size_t>(office.town.events().size()));
    EXPECT_EQ(walk(office, "/calls", "calls", hundred).size(),
              static_cast<std::size_t>(office.town.calls().size()));
    for (const auto& user : office.town.users())
        if (!user.phone.empty() && !user.deleted)
            for (const auto* end : {"toNumber", "fromNumber"})
                texts += walk(office, "/textMessages", "textmessages",
                              {{"limit", "100"}, {end, user.phone}})
                             .size();
    for (const auto person : mailed)
        emails += walk(office, "/emails", "emails",
                       {{"limit", "100"}, {"personId", std::to_string(person)}})
                      .size();
    office.page("/users", hundred);
    office.page("/stages", hundred);
    EXPECT_EQ(texts, static_cast<std::size_t>(office.town.texts().size()));
    EXPECT_GT(emails, 0u);
    EXPECT_EQ(office.account.requests_in_all(), office.account.lower_bound_full_sync().total());
}

}  // namespace
}  // namespace dreams::sim
