// `dreams match` by the real program: what it answers, and that a rehearsal changes nothing.

#include <gmock/gmock.h>

#include "cli/program.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A file with two people, of whom one looks at homes, and a home that fits her.
struct Office {
    Office() {
        program.variables = {{"DREAMS_NOW", "2026-01-19T16:00:00Z"}};
        if (const auto made = program.run({"init"}); made.status != 0)
            throw std::runtime_error(made.err);
        Db db = store::open_file(program.folder.file("dreams.db"));
        const Lead ana = test::add_lead(db, "Ana Lopez");
        test::add_lead(db, "Bo Frady");
        for (int i = 0; i < 4; ++i) {
            add_home(db, i, "sold");
            auto event = test::event(ana, i + 1, test::monday - std::chrono::days{i});
            event.property_mls = std::to_string(4'100'000 + i);
            event.property_address = std::nullopt;
            db.add("contact_events", event);
        }
        add_home(db, 9, "active");
    }
    static void add_home(Db& db, int number, const std::string& status) {
        db.run(R"sql(
            INSERT INTO properties (id, mls_number, address, city, county, price, beds, baths, sqft,
                                    acreage, property_type, status, latitude, longitude)
            VALUES (:id, :mls, '12 Elm St', 'Sylva', 'Jackson', 450000, 3, 2, 1800, 1,
                    'Single Family', :status, 35.37, -83.22))sql",
               {{"id", "home-" + std::to_string(number)},
                {"mls", std::to_string(4'100'000 + number)},
                {"status", status}});
    }
    std::int64_t matches() const {
        Db db = store::open_file(program.folder.file("dreams.db"), Db::Mode::read_only);
        return db.value<std::int64_t>("SELECT count(*) FROM matches");
    }

    test::Program program;
};

TEST(MatchCommand, TellsWhatFitsWhomAndKeepsItOnce) {
    Office office;
    const auto rehearsed = office.program.run({"match", "--dry-run"});
    EXPECT_EQ(rehearsed.status, 0) << rehearsed.err;
    EXPECT_THAT(rehearsed.out, HasSubstr("1 suggestion new"));
    EXPECT_THAT(rehearsed.out, HasSubstr("nothing was changed"));
    EXPECT_EQ(office.matches(), 0);

    const auto ran = office.program.run({"match", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    const auto document = ran.json();
    EXPECT_EQ(document.at("buyers"), 2);
    EXPECT_EQ(document.at("without"), 1);
    EXPECT_EQ(document.at("created"), 1);
    EXPECT_EQ(document.at("suggestions").at(0).at("id"), "match_lead-ana-lopez_home-9");
    EXPECT_EQ(document.at("suggestions").at(0).at("score_breakdown").at("known"), "looks");
    EXPECT_EQ(office.program.run({"match", "--json"}).json().at("unchanged"), 1);
    EXPECT_EQ(office.matches(), 1);
}

TEST(MatchCommand, OfOnePersonSaysWhyThereIsNothing) {
    Office office;
    const auto ran = office.program.run({"match", "Bo", "Frady"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("Nothing is known of what they want"));
    EXPECT_EQ(office.matches(), 0);
    const auto hers = office.program.run({"match", "ana@example.com"});
    EXPECT_THAT(hers.out, HasSubstr("12 Elm St"));
    EXPECT_THAT(hers.out, HasSubstr("within a mile of a home they looked at"));
}

TEST(MatchCommand, OfAHomeOrPersonThatIsNotThereFails) {
    Office office;
    const auto nowhere = office.program.run({"match", "--property", "nowhere"});
    EXPECT_EQ(nowhere.status, 1);
    EXPECT_THAT(nowhere.err, HasSubstr("there is no home nowhere"));
    EXPECT_EQ(office.program.run({"match", "Nobody"}).status, 1);
    EXPECT_EQ(office.program.run({"match", "--limit", "0"}).status, 2);
    const auto there = office.program.run({"match", "--property", "home-9", "--json"});
    EXPECT_EQ(there.json().at("created"), 1);
}

TEST(MatchCommand, IsAJobOfTheTimetable) {
    Office office;
    const auto ran = office.program.run({"run", "--once", "match"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(office.matches(), 1);
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("Ana")));  // counts, no names
}

}  // namespace
}  // namespace dreams::cli
