// A home that an MLS has withdrawn is nowhere to be read, whatever is asked for.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/contact_homes.h"
#include "store/doubtful_homes.h"
#include "store/homes.h"
#include "web/routes.h"
#include "web/web_site.h"

namespace dreams::web {
namespace {

using test::WebSite;
using testing::HasSubstr;

/// A file in which everything that can refer to a home refers to one that may not be shown.
struct WithHiddenHome : WebSite {
    WithHiddenHome() : ana(test::add_lead(db, "Ana", 90)) {
        db.run(R"sql(
            INSERT INTO properties (id, address, city, status, price, mls_number, source,
                                    latitude, longitude, created_at, updated_at)
            VALUES ('home_gone', '77 Withdrawn Way', 'Hiddenville', 'active', 300000, '4177777',
                    'reso', 35.3, -83.2, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'),
                   ('home_seen', '12 Elm St', 'Sylva', 'active', 300000, '4100001', 'redfin',
                    35.4, -83.1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'))sql");
        db.run(R"sql(
            INSERT INTO dreams_hidden_homes (property_id, why, since)
            VALUES ('home_gone', 'the MLS withdrew it', '2026-01-19T15:00:00Z'))sql");
        for (const auto* home : {"home_gone", "home_seen"}) {
            store::keep_contact_home(db, ana.id, PropertyId{home}, {}, test::monday);
            db.run(R"sql(
                INSERT INTO property_changes (id, property_id, property_address, change_type,
                                              old_value, new_value, detected_at)
                SELECT 'chg_' || id, id, address, 'price', '310000', '300000',
                       '2026-01-19T00:00:00Z' FROM properties WHERE id = :home)sql",
                   {{"home", home}});
        }
        store::list_doubtful_homes(db, PropertyId{"home_gone"}, PropertyId{"home_seen"}, "one?",
                                   test::monday);
    }

    /// Every path of the pattern that means something in this file.
    std::vector<std::string> paths_of(std::string_view pattern) const {
        const auto at = pattern.find('{');
        if (at == std::string_view::npos) return {std::string(pattern)};
        const std::string before(pattern.substr(0, at));
        const std::string after(pattern.substr(pattern.find('}') + 1));
        std::vector<std::string> paths;
        for (const auto& segment : {std::string("home_gone"), std::string("home_seen"), ana.id.text,
                                    ana.person.fub_id->text, std::string("1")})
            for (const auto& path : paths_of(before + segment + after)) paths.push_back(path);
        return paths;
    }

    Lead ana;
};

TEST(HiddenHome, IsInNoAnswerToAnyGet) {
    WithHiddenHome site;
    int answered = 0, with_the_other = 0;
    for (const auto& route : routes()) {
        if (route.method != "GET") continue;
        for (const auto& path : site.paths_of(route.path))
            for (const auto* query : {"", "?view=photos", "?view=map", "?status=any&limit=1000",
                                      "?search=withdrawn", "?relationship=saved"})
                for (const auto* accept : {"text/html", "application/json"}) {
                    const auto answer = site.get(path + query, {{"Accept", accept}});
                    for (const auto* told : {"Withdrawn Way", "Hiddenville", "4177777"})
                        EXPECT_EQ(answer.body.find(told), std::string::npos)
                            << path << query << " tells " << told;
                    answered += answer.status == 200;
                    with_the_other += answer.body.find("12 Elm St") != std::string::npos;
                }
    }
    EXPECT_GT(answered, 100);
    EXPECT_GT(with_the_other, 20) << "homes that may be shown are";
}

TEST(HiddenHome, IsNotFoundByItsIdAndYetKnownToBeThere) {
    WithHiddenHome site;
    for (const auto* path :
         {"/api/v1/properties/home_gone", "/api/v1/properties/home_gone/contacts"}) {
        const auto answer = site.get(path);
        EXPECT_EQ(answer.status, 404) << path;
        EXPECT_THAT(answer.body, HasSubstr("may not be shown")) << path;
    }
    EXPECT_EQ(site.json("/api/v1/properties/check?mls=4177777").at("exists"), true);
    EXPECT_EQ(site.json("/api/v1/contacts/lead-ana/properties").at("count"), 1);
    EXPECT_EQ(site.json("/api/v1/properties").at("count"), 1);
}

}  // namespace
}  // namespace dreams::web
