#include <rapidcheck.h>

#include <numeric>

#include "support.h"

// fub-api §17 C: lists and cursors.

namespace dreams::sim {
namespace {

using namespace test;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

template <class Row>
std::vector<std::int64_t> all_ids(const Table<Row>& table) {
    std::vector<std::int64_t> ids;
    for (const auto& row : table.rows())
        if (!row.gone) ids.insert(ids.begin(), row.id);
    return ids;
}

TEST(FubC9, ALimitIsTenByDefaultAndAHundredAtMost) {
    Office office({.people = 150, .events = 300, .communications = 60});
    EXPECT_THAT(ids(office.page("/people"), "people"), SizeIs(10));
    EXPECT_THAT(ids(office.page("/people", {{"limit", "500"}}), "people"), SizeIs(100));
    EXPECT_THAT(ids(office.page("/people", {{"limit", "7"}}), "people"), SizeIs(7));
    const auto metadata = *json::member(office.page("/people"), "_metadata");
    EXPECT_EQ(json::integer(metadata, "limit"), 10);
    EXPECT_EQ(json::integer(metadata, "offset"), 0);
    EXPECT_EQ(json::text(metadata, "collection"), "people");
}

TEST(FubC9, AnOffsetFrom2000OnIsRefusedBeforeAnyWork) {
    Office office;
    for (const auto* path : {"/people", "/events", "/calls", "/textMessages", "/users"}) {
        const auto response = office.get(path, {{"offset", "2000"}});
        EXPECT_EQ(response.status, 400) << path;
        EXPECT_EQ(error_of(response), "Deep pagination disabled, use 'nextLink' url");
    }
    EXPECT_EQ(office.get("/people", {{"offset", "1999"}}).status, 200);
    const auto second =
        ids(office.page("/people", {{"offset", "10"}, {"includeTrash", "true"}}), "people");
    EXPECT_EQ(second.front(), all_ids(office.town.people())[10]);
}

TEST(FubC10, NewestFirstAndTheCursorHoldsAnId) {
    Office office({.people = 25, .events = 300, .communications = 60});
    const auto page = office.page("/people", {{"includeTrash", "true"}});
    const auto first = ids(page, "people");
    EXPECT_EQ(first.front(), office.town.people().last_id());
    EXPECT_TRUE(std::ranges::is_sorted(first, std::greater{}));
    office.town.add_person({.name = "Zed"});
    const auto all = walk(office, "/people", "people", {{"includeTrash", "true"}});
    EXPECT_EQ(all, all_ids(office.town.people()));
}

TEST(FubC10, TheCursorIsBase64OfJson) {
    Office office({0, 0, 0});
    for (int i = 0; i < 3; ++i) office.town.add_person({.name = "P"});
    const auto middle = office.town.people()[1].id;
    const auto page = office.page("/people", {{"limit", "2"}});
    EXPECT_EQ(middle, 1002);
    EXPECT_EQ(next_of(page), "eyJzaW5jZUlkIjoxMDAyfQ");  // {"sinceId":1002}
}

TEST(FubC10, InsertionsAndDeletionsDisturbNoWalk) {
    EXPECT_TRUE(rc::check([] {
        Office office({.people = 60, .events = 40, .communications = 10}, {},
                      *rc::gen::inRange<std::uint64_t>(1, 50));
        const auto before = all_ids(office.town.people());
        std::set<std::int64_t> deleted;
        const auto limit = std::to_string(*rc::gen::inRange(1, 30));
        const auto seen =
            walk(office, "/people", "people",
                 {{"limit", limit}, {"includeTrash", "true"}, {"includeUnclaimed", "true"}}, [&] {
                     for (int i = *rc::gen::inRange(0, 3); i > 0; --i)
                         office.town.add_person({.name = "New"});
                     if (*rc::gen::arbitrary<bool>()) {
                         const auto victim = *rc::gen::elementOf(before);
                         if (deleted.insert(victim).second) office.town.remove_person(victim);
                     }
                 });
        RC_ASSERT(std::ranges::is_sorted(seen, std::greater{}));
        RC_ASSERT(std::set(seen.begin(), seen.end()).size() == seen.size());
        for (const auto id : before)
            RC_ASSERT(std::ranges::count(seen, id) == 1 || deleted.contains(id));
        for (const auto id : seen) RC_ASSERT(id <= before.front());
    }));
}

TEST(FubC10, AFilteredWalkIsUndisturbedToo) {
    EXPECT_TRUE(rc::check([] {
        Office office({.people = 20, .events = 400, .communications = 10}, {}, 3);
        std::set<std::int64_t> wanted, deleted;
        for (const auto& event : office.town.events().rows())
            if (event.type == viewed_property) wanted.insert(event.id);
        const auto seen =
            walk(office, "/events", "events", {{"limit", "37"}, {"type", "Viewed Property"}}, [&] {
                office.town.add_event(office.town.people()[0].id, "Viewed Property", 1);
                const auto victim = *rc::gen::elementOf(std::vector(wanted.begin(), wanted.end()));
                if (deleted.insert(victim).second) office.town.remove_event(victim);
            });
        RC_ASSERT(std::set(seen.begin(), seen.end()).size() == seen.size());
        for (const auto id : wanted)
            RC_ASSERT(std::ranges::count(seen, id) == 1 || deleted.contains(id));
        for (const auto id : seen) RC_ASSERT(wanted.contains(id));
    }));
}

TEST(FubC10, AWalkGoesOnBehindADeletedRow) {
    Office office;
    const auto page = office.page("/people", {{"limit", "3"}, {"includeTrash", "true"}});
    const auto last = ids(page, "people").back();
    office.town.remove_person(last);
    const auto next =
        office.page("/people", {{"limit", "3"}, {"includeTrash", "true"}, {"next", next_of(page)}});
    EXPECT_EQ(ids(next, "people").front(), all_ids(office.town.people())[2]);
}

TEST(FubC10, ByRisingIdToo) {
    Office office;
    auto expected = all_ids(office.town.people());
    std::ranges::reverse(expected);
    EXPECT_EQ(walk(office, "/people", "people", {{"sort", "id"}, {"includeTrash", "true"}}),
              expected);
}

TEST(FubC11, OtherOrdersHaveOffsetsForCursors) {
    Office office;
    const auto page = office.page("/people", {{"sort", "-updated"}, {"limit", "5"}});
    EXPECT_EQ(next_of(page), "eyJvZmZzZXQiOjV9");  // {"offset":5}
    const auto smart = office.page("/people", {{"smartListId", "130"}, {"limit", "5"}});
    EXPECT_EQ(next_of(smart), "eyJvZmZzZXQiOjV9");
    EXPECT_LT(total_of(smart), total_of(page));
    const auto all = walk(office, "/people", "people", {{"sort", "-updated"}});
    for (std::size_t i = 1; i < all.size(); ++i)
        EXPECT_GE(office.town.people().find(all[i - 1])->updated,
                  office.town.people().find(all[i])->updated);
}

TEST(FubC11, AnEditBetweenPagesMakesRowsComeTwice) {
    Office office({0, 0, 0});
    for (int i = 0; i < 20; ++i)
        office.town.add_person({.created = as_of, .updated = as_of + std::chrono::seconds{i}});
    const Parameters query{{"sort", "-updated"}, {"limit", "10"}};
    const auto first = office.page("/people", query);
    office.town.wait_until(as_of + 1h);
    office.town.edit_person(office.town.people()[0].id, [](Contact&) {});
    auto again = query;
    again.emplace_back("next", next_of(first));
    EXPECT_EQ(ids(office.page("/people", again), "people").front(), ids(first, "people").back());
}

TEST(FubC11, EqualsComeInAnyOrder) {
    Office office({0, 0, 0});
    for (int i = 0; i < 20; ++i) office.town.add_person({.created = as_of});
    const Parameters query{{"sort", "created"}, {"limit", "20"}};
    EXPECT_NE(ids(office.page("/people", query), "people"),
              ids(office.page("/people", query), "people"));
}

TEST(FubC11, DeepOffsetCursorsEndWhereSwitchedSo) {
    Office office;
    const Parameters deep{{"sort", "name"}, {"next", "eyJvZmZzZXQiOjIwMDB9"}};  // {"offset":2000}
    EXPECT_THAT(ids(office.page("/people", deep), "people"), IsEmpty());
    office.account.options().deep_cursor_refused = true;
    EXPECT_EQ(office.get("/people", deep).status, 400);
}

TEST(FubC12, TheLastPageSaysSoInThreeWays) {
    Office office({0, 0, 0});
    for (int i = 0; i < 4; ++i) office.town.add_person({.name = "P"});
    const Parameters two{{"limit", "2"}};
    const auto last = [&] { return office.page("/people", {{"limit", "2"}, {"offset", "2"}}); };
    auto metadata = *json::object(last(), "_metadata");
    EXPECT_TRUE(metadata.at("next").is_null());
    EXPECT_TRUE(metadata.at("nextLink").is_null());

    office.account.options().last_page = LastPage::absent;
    metadata = *json::object(last(), "_metadata");
    EXPECT_FALSE(metadata.contains("next"));
    EXPECT_FALSE(metadata.contains("nextLink"));

    office.account.options().last_page = LastPage::one_empty;
    const auto full = last();
    ASSERT_NE(next_of(full), "");
    const auto empty = office.page("/people", {{"limit", "2"}, {"next", next_of(full)}});
    EXPECT_THAT(ids(empty, "people"), IsEmpty());
    EXPECT_EQ(next_of(empty), "");
}

TEST(FubC13, TotalsAreNumbersButForCustomFields) {
    Office office;
    const auto total = [&](const std::string& path) {
        return json::object(office.page(path), "_metadata")->at("total");
    };
    EXPECT_TRUE(total("/people").is_int64());
    EXPECT_EQ(total("/customFields"), "4");
    office.account.options().totals_as_text = true;
    EXPECT_TRUE(total("/people").is_string());
    office.account.options().totals_as_text = office.account.options().total_as_text = false;
    EXPECT_TRUE(total("/customFields").is_int64());
}

TEST(FubC13, ATotalMayChangeBetweenPages) {
    Office office;
    const auto before = total_of(office.page("/events"));
    office.town.add_event(office.town.people()[0].id, "Visited Website");
    EXPECT_EQ(total_of(office.page("/events")), before + 1);
}

TEST(FubC14, UnknownParametersFilterNothing) {
    Office office;
    const auto everything = total_of(office.page("/calls"));
    ASSERT_GT(everything, 5);
    EXPECT_EQ(total_of(office.page("/calls", {{"userId", "23"}})), everything);
    EXPECT_EQ(total_of(office.page("/calls", {{"isIncoming", "true"}})), everything);
    EXPECT_EQ(total_of(office.page("/people", {{"personId", "1001"}, {"includeTrash", "1"}})), 40);
    const auto person = std::to_string(office.town.texts()[0].person);
    EXPECT_EQ(total_of(office.page("/textMessages", {{"personId", person}})),
              total_of(office.page("/textMessages",
                                   {{"personId", person}, {"createdAfter", "2031-01-01"}})));
}

TEST(FubC14, KnownOnesFilter) {
    Office office;
    const auto total = [&](const std::string& path, const Parameters& query) {
        return total_of(office.page(path, query));
    };
    const auto& events = office.town.events();
    const auto middle = events[events.rows().size() / 2].id;
    const auto count = [&](auto test) { return std::ranges::count_if(events.rows(), test); };
    EXPECT_EQ(total("/events", {{"idGreaterThan", std::to_string(middle)}}),
              count([&](const Event& e) { return e.id > middle; }));
    EXPECT_EQ(total("/events", {{"idLessThan", std::to_string(middle)}}),
              count([&](const Event& e) { return e.id < middle; }));
    EXPECT_EQ(total("/events", {{"createdAfter", to_text(events[10].created)}}),
              count([&](const Event& e) { return e.created >= events[10].created; }));
    EXPECT_EQ(total("/events", {{"type", "Registration,Viewed Page"}}), count([](const Event& e) {
                  return e.type == registration || e.type == viewed_page;
              }));
    EXPECT_EQ(total("/events", {{"hasProperty", "true"}}),
              count([](const Event& e) { return e.home >= 0; }));
    EXPECT_EQ(total("/people", {{"assignedUserId", "23"}, {"includeTrash", "true"}}),
              std::ranges::count_if(office.town.people().rows(),
                                    [](const Contact& c) { return c.user == 23; }));
}

TEST(FubC15, GarbageInNextIsRefusedOrTheFirstPage) {
    Office office;
    for (const auto* next : {"garbage!", "Zm9v", "e30", "eyJvZmZzZXQiOi01fQ"})
        EXPECT_EQ(office.get("/people", {{"next", next}}).status, 400) << next;
    office.account.options().bad_next_is_first_page = true;
    EXPECT_EQ(ids(office.page("/people", {{"next", "garbage!"}}), "people"),
              ids(office.page("/people"), "people"));
}

TEST(FubC16, CollectionKeysAreNotThePath) {
    Office office;
    const auto person = std::to_string(office.town.people()[0].id);
    for (const auto& [path, key] : std::vector<std::pair<std::string, std::string>>{
             {"/people", "people"},
             {"/events", "events"},
             {"/calls", "calls"},
             {"/notes", "notes"},
             {"/users", "users"},
             {"/stages", "stages"},
             {"/customFields", "customfields"},
             {"/smartLists", "smartlists"},
             {"/pipelines", "pipelines"},
             {"/ponds", "ponds"},
             {"/teams", "teams"},
             {"/groups", "groups"},
             {"/timeframes", "timeframes"},
             {"/tags", "tags"},
             {"/deals", "deals"},
             {"/tasks", "tasks"},
             {"/appointments", "appointments"},
             {"/appointmentTypes", "appointmenttypes"},
             {"/appointmentOutcomes", "appointmentoutcomes"},
             {"/dealCustomFields", "dealCustomfields"},
             {"/textMessageTemplates", "textmessagetemplates"},
             {"/peopleRelationships", "peoplerelationships"},
             {"/actionPlans", "actionPlans"},
             {"/automationsPeople", "automationsPeople"},
             {"/emCampaigns", "emCampaigns"},
             {"/webhooks", "webhooks"}}) {
        const auto page = office.page(path);
        EXPECT_TRUE(json::array(page, key)) << path;
        EXPECT_EQ(json::text(*json::member(page, "_metadata"), "collection"), key);
    }
    EXPECT_TRUE(json::array(office.page("/textMessages", {{"personId", person}}), "textmessages"));
    EXPECT_TRUE(json::array(office.page("/emails", {{"personId", person}}), "emails"));
}

TEST(FubC16, TextsAndMailsAreNotListedWithoutAScope) {
    Office office;
    EXPECT_EQ(office.get("/textMessages").status, 400);
    const auto refused = office.get("/emails", {{"limit", "100"}});
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(error_of(refused),
              "id list, inboxThreadId, personId or personId and threadId arguments must be "
              "specified for GET /v1/emails.");
    EXPECT_EQ(office.get("/emails", {{"threadId", "5"}}).status, 400) << "a thread needs a person";
    office.account.options().emails = false;
    EXPECT_EQ(office.get("/emails", {{"personId", "1001"}}).status, 403);
}

TEST(FubC16, AnIdListHonoursTheLimit) {
    Office office({.people = 40, .events = 300, .communications = 60});
    std::string list;
    for (std::size_t i = 0; i < 15; ++i) list += std::to_string(office.town.texts()[i].id) + ",";
    EXPECT_THAT(ids(office.page("/textMessages", {{"id", list}}), "textmessages"), SizeIs(10));
    EXPECT_THAT(ids(office.page("/textMessages", {{"id", list}, {"limit", "100"}}), "textmessages"),
                SizeIs(15));
    EXPECT_EQ(
        ids(office.page("/emails", {{"id", std::to_string(office.town.emails()[2].id)}}), "emails"),
        std::vector{office.town.emails()[2].id});
}

TEST(FubC16, TextsOfALineAreWhatItReceivedAndWhatItSent) {
    Office office({.people = 100, .events = 100, .communications = 300});
    const auto line = office.town.users()[2].phone;
    const auto in = office.page("/textMessages", {{"toNumber", line}, {"limit", "100"}});
    ASSERT_GT(total_of(in), 0);
    for (const auto& row : *json::array(in, "textmessages"))
        EXPECT_EQ(json::truth(row, "isIncoming"), true);
    std::int64_t sum = 0;
    for (const auto& user : office.town.users())
        if (!user.phone.empty())
            for (const auto* end : {"toNumber", "fromNumber"})
                sum += total_of(office.page("/textMessages", {{end, user.phone}}));
    EXPECT_EQ(sum, office.town.texts().size()) << "each text is on one line, one way";
}

TEST(FubC17, IdsOnlyIsEverythingAtOnce) {
    Office office({.people = 150, .events = 300, .communications = 60});
    const Parameters query{{"idsOnly", "true"}, {"limit", "5"}, {"includeTrash", "true"}};
    const auto answer = office.page("/people", query);
    EXPECT_EQ(json::array(answer, "ids")->size(), 150u);
    EXPECT_FALSE(json::member(answer, "_metadata"));
    office.account.options().ids_only = false;
    EXPECT_THAT(ids(office.page("/people", query), "people"), SizeIs(5));
}

TEST(FubLists, AWalkThroughEverythingTakesOneRequestAHundred) {
    Office office({.people = 230, .events = 700, .communications = 60});
    office.account.forget_log();
    const auto people =
        walk(office, "/people", "people", {{"limit", "100"}, {"includeTrash", "1"}});
    const auto events = walk(office, "/events", "events", {{"limit", "100"}});
    EXPECT_EQ(people, all_ids(office.town.people()));
    EXPECT_EQ(events, all_ids(office.town.events()));
    const auto asked = office.account.requests();
    EXPECT_EQ(asked.at("people"), 3);
    EXPECT_EQ(asked.at("events"), (office.town.events().size() + 99) / 100);
    EXPECT_EQ(office.account.requests_in_all(), asked.at("people") + asked.at("events"));
    EXPECT_EQ(office.account.log().front().query.front().second, "100");
}

}  // namespace
}  // namespace dreams::sim
