// The whole way: something happens at Follow Up Boss, and next morning a person stands higher on
// the call list. A real server plays the account, a real one answers GET /calls.

#include <gtest/gtest.h>

#include "base/json.h"
#include "base/serve.h"
#include "jobs/rescore.h"
#include "score/policy.h"
#include "support/office.h"
#include "web/dashboard.h"

namespace dreams {
namespace {

const Zone new_york("America/New_York");

/// The program as a user has it: a file, its sync, its dashboard.
struct Morning {
    Morning() : db(test::database(folder)) {}

    void sync_and_score() {
        jobs::Progress silent;
        auto settings = office.settings();
        settings.url = "http://127.0.0.1:" + std::to_string(fub.port()) + "/v1";
        const sources::Fub source(settings, http::network(), office.clock);
        const auto report = jobs::sync_fub(db, source, office.clock, {}, silent);
        ASSERT_EQ(report.outcome, Outcome::done) << report.error;
        jobs::rescore(db, score::house_policy(), office.clock.now(), new_york, report.sync_id,
                      silent);
    }

    /// Who stands where on `GET /calls`: FUB ids, best first.
    std::vector<std::string> calls() {
        const web::Dashboard dashboard(
            {.database = folder.file("dreams.db"), .zone = new_york, .clock = office.clock});
        const http::Server server({}, dashboard.handler());
        const auto answer = http::network()(
            {.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/calls?limit=200",
             .headers = {{"Accept", "application/json"}}});
        EXPECT_EQ(answer.status, 200) << answer.body;
        const auto body = json::parse(answer.body);
        std::vector<std::string> ids;
        const auto* list = body.is_array() ? &body.get_array() : json::array(body, "calls");
        for (const auto& entry : *list) ids.push_back(*json::text(entry, "fub_id"));
        return ids;
    }

    test::Folder folder;
    Db db;
    test::Office office;
    http::Server fub{{}, office.account.handler()};
};

std::size_t place(const std::vector<std::string>& list, std::int64_t person) {
    return static_cast<std::size_t>(std::ranges::find(list, std::to_string(person)) - list.begin());
}

TEST(Walk, AnEventAtFollowUpBossMovesAPersonUpTheCallList) {
    Morning morning;
    morning.sync_and_score();
    const auto before = morning.calls();
    ASSERT_GE(before.size(), 10u);
    const auto person = *text::integer(before[before.size() / 2]);

    morning.office.wait(std::chrono::hours(1));
    for (int home = 1; home <= 3; ++home)
        morning.office.town.add_event(person, "Saved Property", home);
    morning.office.town.add_event(person, "Property Inquiry", 1);
    morning.office.wait(std::chrono::hours(1));
    morning.sync_and_score();

    const auto after = morning.calls();
    EXPECT_LT(place(after, person), place(before, person));
    EXPECT_LT(place(after, person), after.size());
}

TEST(Walk, WhoIsTrashedAtFollowUpBossLeavesTheCallList) {
    Morning morning;
    morning.sync_and_score();
    const auto person = *text::integer(morning.calls().front());
    morning.office.wait(std::chrono::hours(1));
    morning.office.town.trash(person);
    morning.sync_and_score();
    const auto after = morning.calls();
    EXPECT_EQ(place(after, person), after.size());
}

}  // namespace
}  // namespace dreams
