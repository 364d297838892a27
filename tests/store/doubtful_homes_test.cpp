// Pairs that may be one home: a person joins them or keeps them apart, and can take it back.

#include "store/doubtful_homes.h"

#include <gmock/gmock.h>

#include "base/text.h"
#include "homes.h"
#include "model/match.h"

namespace dreams::store {
namespace {

using test::keep;
using test::monday;
using test::sighting;
using testing::IsEmpty;
using testing::SizeIs;

class Pairs : public testing::Test {
protected:
    Pairs() {
        auto more = sighting("2", "12 Elm Rd");
        more.listing.year_built = 1988;
        more.listing.price = 455'000;
        more.features.latitude = 35.373333333333331;
        more.features.longitude = -83.226666666666659;
        second = keep(db, more).id;
        db.run("UPDATE properties SET notes = 'steep drive' WHERE id = :id", {{"id", second}});
    }

    /// The file but for what a join and its undoing leave behind, and stamps.
    std::string rows() {
        std::string whole = test::dump(db), kept;
        for (std::size_t at = 0; at < whole.size();) {
            auto next = whole.find("\n== ", at);
            next = next == std::string::npos ? whole.size() : next + 1;
            const auto table = whole.substr(at, next - at);
            if (!table.starts_with("== dreams_") && !table.starts_with("== sqlite_")) kept += table;
            at = next;
        }
        return kept;
    }

    Db db = test::database();
    PropertyId first = keep(db, sighting("1", "12 Elm Rd", "4100001")).id;
    PropertyId second;
};

TEST_F(Pairs, AreListedOnceAndNotAgainWhenDecided) {
    const auto pairs = doubtful_homes(db, 10);
    ASSERT_THAT(pairs, SizeIs(1));
    EXPECT_EQ(pairs[0].first_address, "12 Elm Rd");
    keep_apart(db, first, second, "Joseph", monday);
    keep(db, sighting("2", "12 Elm Rd"));
    EXPECT_THAT(doubtful_homes(db, 10), IsEmpty());
    EXPECT_EQ(test::homes_in(db), 2);
}

TEST_F(Pairs, BecomeOneHomeThatKnowsWhatBothKnew) {
    join_homes(db, first, second, "Joseph", monday);
    EXPECT_EQ(test::homes_in(db), 1);
    EXPECT_THAT(doubtful_homes(db, 10), IsEmpty());
    const auto home = *property(db, first);
    EXPECT_EQ(home.listing.price, 450'000);
    EXPECT_EQ(home.listing.year_built, 1988);
    EXPECT_EQ(home.workflow.notes, "steep drive");
    EXPECT_EQ(keep(db, sighting("2", "")).id, first) << "found by either id";
}

TEST_F(Pairs, TakeAlongWhoLooksAtThemAndWhatChanged) {
    const Lead ana = test::add_lead(db, "Ana"), ben = test::add_lead(db, "Ben");
    db.run(R"sql(
        INSERT INTO contact_properties (id, contact_id, property_id, relationship, notes) VALUES
          ('a1', :ana, :first, 'viewed', NULL), ('a2', :ana, :second, 'saved', 'wants the porch'),
          ('b2', :ben, :second, 'viewed', NULL))sql",
           {{"ana", ana.id}, {"ben", ben.id}, {"first", first}, {"second", second}});
    db.run(R"sql(INSERT INTO packages (id, lead_id, property_ids)
                 VALUES ('p', :ana, '["' || :id || '"]'))sql",
           {{"ana", ana.id}, {"id", second}});
    const auto before = rows();

    const auto join = join_homes(db, first, second, "Joseph", monday);
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM contact_properties WHERE property_id = :id",
                            {{"id", first}}),
              2);
    EXPECT_EQ(db.value<std::string>("SELECT notes FROM contact_properties WHERE id = 'a1'"),
              "wants the porch");
    EXPECT_EQ(db.value<std::string>("SELECT relationship FROM contact_properties WHERE id = 'a1'"),
              "saved");
    EXPECT_EQ(db.value<std::string>("SELECT property_ids FROM packages"),
              "[\"" + first.text + "\"]");

    undo_join(db, join, monday);
    EXPECT_EQ(rows(), before);
    EXPECT_THAT(doubtful_homes(db, 10), SizeIs(1)) << "the pair is to be decided again";
    EXPECT_EQ(keep(db, sighting("2", "12 Elm Rd")).id, second);
}

TEST_F(Pairs, KeepWhatBecameOfSuggestions) {
    const Lead ana = test::add_lead(db, "Ana"), ben = test::add_lead(db, "Ben"),
               cat = test::add_lead(db, "Cat");
    const auto suggest = [&](const Lead& lead, const PropertyId& home, MatchDecision decision) {
        db.add("matches", Match{.id = match_id(lead.id, home),
                                .lead = lead.id,
                                .property = home,
                                .decision = std::move(decision)});
    };
    const auto later = monday + std::chrono::hours{24};
    suggest(ana, first, {.status = MatchStatus::suggested});
    suggest(ana, second,
            {.status = MatchStatus::rejected,
             .response_at = monday,
             .lead_feedback = "too steep",
             .agent_notes = "no drives"});
    suggest(ben, first, {.status = MatchStatus::accepted, .response_at = later});
    suggest(ben, second, {.status = MatchStatus::sent, .sent_at = monday, .agent_notes = "mailed"});
    suggest(cat, second, {.status = MatchStatus::sent, .sent_at = monday});
    const auto before = rows();

    const auto join = join_homes(db, first, second, "Joseph", monday);
    const auto became = [&](const Lead& lead) {
        return db
            .value<Match>("SELECT * FROM matches WHERE id = :id AND property_id = :first",
                          {{"id", match_id(lead.id, first)}, {"first", first}})
            .decision;
    };
    EXPECT_EQ(db.value<int>("SELECT count(*) FROM matches"), 3);
    EXPECT_EQ(became(ana).status, MatchStatus::rejected) << "she is not offered it again";
    EXPECT_EQ(became(ana).response_at, monday);
    EXPECT_EQ(became(ana).lead_feedback, "too steep");
    EXPECT_EQ(became(ana).agent_notes, "no drives");
    EXPECT_EQ(became(ben).status, MatchStatus::accepted) << "that came later";
    EXPECT_EQ(became(ben).sent_at, monday);
    EXPECT_EQ(became(ben).agent_notes, "mailed");
    EXPECT_EQ(became(cat).status, MatchStatus::sent) << "and its id is that of the home";

    undo_join(db, join, monday);
    EXPECT_EQ(rows(), before);
}

TEST_F(Pairs, KeepWhenAHomeWasSavedAndWithWhomItWasShared) {
    const Lead ana = test::add_lead(db, "Ana"), ben = test::add_lead(db, "Ben");
    db.run(R"sql(
        INSERT INTO contact_properties
               (id, contact_id, property_id, relationship, saved_at, shared_at, shared_with) VALUES
          ('a1', :ana, :first, 'viewed', NULL, '2026-01-02', '["mum"]'),
          ('a2', :ana, :second, 'saved', '2026-01-03', '2026-01-04', '["mum","dad"]'),
          ('b1', :ben, :first, 'saved', '2026-01-01', NULL, NULL),
          ('b2', :ben, :second, 'shared', '2026-01-05', '2026-01-06', '["Cat"]'))sql",
           {{"ana", ana.id}, {"ben", ben.id}, {"first", first}, {"second", second}});
    const auto before = rows();
    const auto join = join_homes(db, first, second, "Joseph", monday);
    EXPECT_THAT(db.list<std::string>("SELECT id || relationship || saved_at || shared_at ||"
                                     " shared_with FROM contact_properties ORDER BY id"),
                testing::ElementsAre(R"(a1saved2026-01-032026-01-04["mum","dad"])",
                                     R"(b1saved2026-01-012026-01-06["Cat"])"));
    undo_join(db, join, monday);
    EXPECT_EQ(rows(), before);
}

TEST_F(Pairs, StandOnceInAPackageThatHadBoth) {
    const Lead ana = test::add_lead(db, "Ana");
    db.run(R"sql(INSERT INTO packages (id, lead_id, property_ids)
                 VALUES ('p', :ana, '["' || :second || '", "home_x", "' || :first || '"]'))sql",
           {{"ana", ana.id}, {"first", first}, {"second", second}});
    const auto before = rows();
    const auto join = join_homes(db, first, second, "Joseph", monday);
    EXPECT_EQ(db.value<std::string>("SELECT property_ids FROM packages"),
              text::json_array({first.text, "home_x"}));
    undo_join(db, join, monday);
    EXPECT_EQ(rows(), before);
}

TEST_F(Pairs, KeepWhoShowedThemAndWhen) {
    using std::chrono::hours;
    keep(db, sighting("2", "12 Elm Rd"), test::told("zillow", monday + hours{24}));
    const auto known = [&] {
        std::string text;
        for (const auto* table :
             {"dreams_homes", "dreams_property_sources", "dreams_property_keys"})
            for (const auto& row : db.list<std::string>(
                     "SELECT property_id || ' ' || " +
                     std::string(std::string_view(table) == "dreams_homes" ? "observed_at"
                                 : std::string_view(table) == "dreams_property_sources"
                                     ? "source || first_at || last_at"
                                     : "kind || key || coalesce(import_id, '')") +
                     " FROM " + table + " ORDER BY 1"))
                text += row + "\n";
        return text;
    };
    db.run("UPDATE dreams_property_keys SET import_id = 7 WHERE kind = 'redfin'");
    const auto before = known();
    const auto histories = [&](const PropertyId& home) {
        return db.value<std::string>(
            "SELECT price_history || status_history FROM properties WHERE id = :id",
            {{"id", home}});
    };
    const auto first_history = histories(first), second_history = histories(second);

    const auto join = join_homes(db, first, second, "Joseph", monday);
    const auto sources = sources_of(db, first);
    ASSERT_THAT(sources, SizeIs(2));
    EXPECT_EQ(sources[0].source, "zillow");
    EXPECT_EQ(db.value<Instant>("SELECT observed_at FROM dreams_homes"), monday + hours{24});
    EXPECT_THAT(histories(first), testing::HasSubstr("455000"));

    undo_join(db, join, monday);
    EXPECT_EQ(known(), before);
    EXPECT_EQ(histories(first), first_history);
    EXPECT_EQ(histories(second), second_history);
    auto older = sighting("2", "12 Elm Rd");
    older.listing.price = 460'000;
    older.listing.status = "Pending";
    keep(db, older, test::told("redfin", monday - hours{24}));
    EXPECT_EQ(property(db, second)->listing.status, "active") << "newer things are known";
}

TEST_F(Pairs, AreDecidedAnewWhenSomebodySaysSo) {
    keep_apart(db, first, second, "Joseph", monday);
    const auto apart = homes_apart(db, 10);
    ASSERT_THAT(apart, SizeIs(1));
    EXPECT_EQ(apart[0].by, "Joseph");
    EXPECT_THAT(doubtful_homes(db, 10), IsEmpty());
    decide_anew(db, second, first);
    EXPECT_THAT(homes_apart(db, 10), IsEmpty());
    EXPECT_THAT(doubtful_homes(db, 10), SizeIs(1));
    EXPECT_THROW(decide_anew(db, first, second), Error);
}

TEST_F(Pairs, LeadFromTheHomeThatWentToTheOneThatStayed) {
    const auto third = keep(db, sighting("3", "14 Elm Rd")).id;
    EXPECT_EQ(joined_into(db, first), std::nullopt);
    const auto join = join_homes(db, second, first, "Joseph", monday);
    EXPECT_EQ(joined_into(db, first), second);
    join_homes(db, third, second, "Joseph", monday);
    EXPECT_EQ(joined_into(db, first), third) << "by way of the second";
    db.run("UPDATE dreams_home_joins SET undone_at = '2026-01-19T16:00:00Z' WHERE id = :id",
           {{"id", join}});
    EXPECT_EQ(joined_into(db, first), std::nullopt);
    db.run("UPDATE dreams_home_joins SET undone_at = NULL, kept_id = gone_id");
    EXPECT_EQ(joined_into(db, first), std::nullopt) << "a circle ends";
}

TEST_F(Pairs, KeepWhatCameAfterTheJoinWhenItIsUndone) {
    const auto join = join_homes(db, first, second, "Joseph", monday);
    db.run("UPDATE properties SET year_built = 1990, notes = 'paved now'");
    undo_join(db, join, monday);
    EXPECT_EQ(property(db, first)->listing.year_built, 1990);
    EXPECT_EQ(property(db, first)->workflow.notes, "paved now");
    EXPECT_EQ(property(db, second)->listing.year_built, 1988);
}

TEST_F(Pairs, GetNoStatusThatNobodySaidWhenTheJoinIsUndone) {
    db.run("UPDATE properties SET status = NULL WHERE id = :id", {{"id", second}});
    const auto before = rows();
    undo_join(db, join_homes(db, first, second, "Joseph", monday), monday);
    EXPECT_EQ(rows(), before);
}

TEST_F(Pairs, KeepTheWordsThatAgentsSaidOfEither) {
    db.run("UPDATE properties SET notes = 'new roof', added_for = 'Lena' WHERE id = :id",
           {{"id", first}});
    db.run("UPDATE properties SET added_for = 'Marco' WHERE id = :id", {{"id", second}});
    const auto before = rows();
    const auto join = join_homes(db, first, second, "Joseph", monday);
    EXPECT_EQ(property(db, first)->workflow.notes, "new roof\nsteep drive");
    EXPECT_EQ(property(db, first)->workflow.added_for, "Lena, Marco");
    undo_join(db, join, monday);
    EXPECT_EQ(rows(), before);
}

TEST_F(Pairs, GiveEachRowItsOwnIdBackWhenTheJoinIsUndone) {
    const auto join = join_homes(db, first, second, "Joseph", monday);
    EXPECT_EQ(keep(db, sighting("2", "12 Elm Rd")).id, first);
    EXPECT_EQ(property(db, first)->listing.redfin_id, "2");
    undo_join(db, join, monday);
    EXPECT_EQ(property(db, first)->listing.redfin_id, "1");
    EXPECT_EQ(property(db, second)->listing.redfin_id, "2");
    EXPECT_EQ(keep(db, sighting("1", "12 Elm Rd")).id, first);
    EXPECT_EQ(keep(db, sighting("2", "12 Elm Rd")).id, second);
}

TEST_F(Pairs, WaitWhileAnMlsHasWithdrawnOneOfThem) {
    db.run("UPDATE properties SET source = 'reso' WHERE id = :id", {{"id", second}});
    db.run("DELETE FROM dreams_property_sources WHERE property_id = :id", {{"id", second}});
    db.run("INSERT INTO dreams_hidden_homes (property_id, why, since) VALUES (:id, 'w', 's')",
           {{"id", second}});
    EXPECT_THAT(doubtful_homes(db, 10), IsEmpty());
    EXPECT_EQ(count_doubtful_homes(db), 0);
    db.run("DELETE FROM dreams_hidden_homes");
    EXPECT_EQ(count_doubtful_homes(db), 1);
}

TEST_F(Pairs, OfWhichAnMlsHasWithdrawnOneAreNotSaidToBeDecided) {
    const auto third = keep(db, sighting("3", "99 Oak Ln")).id;
    keep_apart(db, first, third, "Joseph", monday);
    join_homes(db, first, second, "Joseph", monday);
    EXPECT_THAT(homes_apart(db, 10), SizeIs(1));
    EXPECT_THAT(home_joins(db, 10), SizeIs(1));
    db.run("UPDATE properties SET source = 'reso' WHERE id = :id", {{"id", first}});
    db.run("DELETE FROM dreams_property_sources");
    db.run("INSERT INTO dreams_hidden_homes (property_id, why, since) VALUES (:id, 'w', 's')",
           {{"id", first}});
    EXPECT_THAT(homes_apart(db, 10), IsEmpty());
    EXPECT_THAT(home_joins(db, 10), IsEmpty());
}

TEST_F(Pairs, AreJoinedAndUndoneOnlyIfTheyAreThere) {
    const auto join = join_homes(db, first, second, "Joseph", monday);
    EXPECT_THROW(join_homes(db, first, second, "Joseph", monday), Error);
    EXPECT_THROW(join_homes(db, first, first, "Joseph", monday), Error);
    undo_join(db, join, monday);
    EXPECT_THROW(undo_join(db, join, monday), Error);
    EXPECT_THROW(undo_join(db, 99, monday), Error);
    EXPECT_EQ(home_joins(db, 10).front().undone_at, monday);
}

}  // namespace
}  // namespace dreams::store
