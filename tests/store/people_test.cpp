#include "store/people.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/database.h"

namespace dreams::store {
namespace {

using test::monday;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> names(const People& people) {
    std::vector<std::string> names;
    for (const auto& line : people.lines) names.push_back(line.name);
    return names;
}

People find(Db& db, const PeopleFilter& filter = {}) {
    Roster roster;
    return people(db, filter, roster);
}

Lead person(const std::string& name, const std::string& stage, std::int64_t heat) {
    Lead lead = test::lead(name, heat);
    lead.person.stage = stage;
    return lead;
}

void mark_deleted(Db& db, const Lead& who) {
    db.run("INSERT INTO dreams_fub_people (fub_id, deleted_at) VALUES (:fub_id, :at)",
           {{"fub_id", who.person.fub_id}, {"at", monday}});
}

Fault fault_of(Db& db, const PeopleFilter& filter) {
    try {
        find(db, filter);
    } catch (const Error& error) {
        return error.fault();
    }
    return Fault::internal;
}

TEST(People, AreSearchedByEveryWordInNameEmailOrPhone) {
    Db db = test::database();
    Lead renee = test::lead("Renée Müller"), ana = test::lead("Ana Smith");
    renee.person.email = "rm@lake.example";
    renee.person.phone = "+1 704 555 0199";
    db.add_all("leads", std::vector{renee, ana});

    EXPECT_THAT(names(find(db, {.search = "renee"})), ElementsAre("Renée Müller"));
    EXPECT_THAT(names(find(db, {.search = "MULLER  lake"})), ElementsAre("Renée Müller"));
    EXPECT_THAT(names(find(db, {.search = "smith lake"})), IsEmpty());
    EXPECT_THAT(names(find(db, {.search = "(704) 555-0199"})), ElementsAre("Renée Müller"));
    EXPECT_THAT(names(find(db, {.search = "0199"})), ElementsAre("Renée Müller"));
    EXPECT_THAT(names(find(db, {.search = "th"})), ElementsAre("Ana Smith"));
    EXPECT_EQ(find(db, {.search = "  "}).total, 2);
}

TEST(People, AreNotFoundByWordsOfTwoPeopleTogether) {
    Db db = test::database();
    test::add_lead(db, "Ana Smith");
    test::add_lead(db, "Bea Jones");
    EXPECT_THAT(names(find(db, {.search = "ana jones"})), IsEmpty());
    EXPECT_THAT(names(find(db, {.search = "%"})), IsEmpty());
    EXPECT_THAT(names(find(db, {.search = "_"})), IsEmpty());
}

TEST(People, AreFilteredByStageAndHeat) {
    Db db = test::database();
    db.add_all("leads", std::vector{person("Ana A", "Lead", 10), person("Bea B", "Lead", 60),
                                    person("Cleo C", "Hot Prospect", 90)});

    EXPECT_THAT(names(find(db, {.stage = "Lead"})), ElementsAre("Bea B", "Ana A"));
    EXPECT_THAT(names(find(db, {.min_heat = 60})), ElementsAre("Cleo C", "Bea B"));
    EXPECT_THAT(names(find(db, {.stage = "Lead", .min_heat = 60})), ElementsAre("Bea B"));
    EXPECT_THAT(names(find(db, {.stage = "lead"})), IsEmpty());
}

TEST(People, AreSortedByAnyColumnBothWays) {
    Db db = test::database();
    Lead ana = person("Ana Young", "Lead", 10), bea = person("bea Adams", "Buyer", 20);
    Lead nameless = person("X", "Zoo", 5);
    nameless.person.first_name = nameless.person.last_name = std::nullopt;
    ana.scores.value = 5, bea.scores.value = 9, nameless.scores.value = 7;
    ana.scores.relationship = 3, bea.scores.relationship = 1, nameless.scores.relationship = 2;
    ana.activity.last_activity_at = monday;
    bea.activity.last_activity_at = monday - std::chrono::days{3};
    db.add_all("leads", std::vector{ana, bea, nameless});

    const auto sorted = [&](PeopleOrder order, SortDirection direction) {
        return names(find(db, {.order = order, .direction = direction}));
    };
    using enum SortDirection;
    const std::string a = "Ana Young", b = "bea Adams", x = "x@example.com";
    EXPECT_THAT(sorted(PeopleOrder::name, ascending), ElementsAre(b, a, x));
    EXPECT_THAT(sorted(PeopleOrder::name, descending), ElementsAre(x, a, b));
    EXPECT_THAT(sorted(PeopleOrder::stage, ascending), ElementsAre(b, a, x));
    EXPECT_THAT(sorted(PeopleOrder::priority, descending), ElementsAre(b, a, x));
    EXPECT_THAT(sorted(PeopleOrder::heat, ascending), ElementsAre(x, a, b));
    EXPECT_THAT(sorted(PeopleOrder::value, descending), ElementsAre(b, x, a));
    EXPECT_THAT(sorted(PeopleOrder::relationship, descending), ElementsAre(a, x, b));
    EXPECT_THAT(sorted(PeopleOrder::last_activity, descending), ElementsAre(a, b, x));
    EXPECT_THAT(sorted(PeopleOrder::last_activity, ascending), ElementsAre(x, b, a));
}

TEST(People, ComeInPagesThatTogetherHaveEverybodyOnce) {
    Db db = test::database();
    std::vector<std::string> everyone;
    for (int i = 0; i < 25; ++i) {
        everyone.push_back("P" + std::to_string(i) + " Same");
        test::add_lead(db, everyone.back(), i % 3);
    }
    std::vector<std::string> seen;
    for (int page = 1; page <= 4; ++page) {
        const auto found = find(db, {.page = page, .page_size = 7});
        EXPECT_EQ(found.total, 25);
        EXPECT_EQ(found.pages, 4);
        for (const auto& name : names(found)) seen.push_back(name);
    }
    EXPECT_THAT(seen, testing::UnorderedElementsAreArray(everyone));
}

TEST(People, HaveNoPageBeyondTheLastAndNoneBelowTheFirst) {
    Db db = test::database();
    EXPECT_EQ(find(db).pages, 1);
    EXPECT_EQ(find(db).total, 0);
    EXPECT_EQ(fault_of(db, {.page = 2}), Fault::not_found);
    EXPECT_EQ(fault_of(db, {.page = 0}), Fault::invalid);
    EXPECT_EQ(fault_of(db, {.page_size = 0}), Fault::invalid);
    EXPECT_EQ(fault_of(db, {.page_size = 201}), Fault::invalid);
}

TEST(People, DeletedInFollowUpBossAreHiddenUnlessAskedFor) {
    Db db = test::database();
    mark_deleted(db, test::add_lead(db, "Gone"));
    test::add_lead(db, "Here");

    EXPECT_THAT(names(find(db)), ElementsAre("Here Test"));
    const auto both = find(db, {.deleted_too = true});
    EXPECT_THAT(names(both), UnorderedElementsAre("Here Test", "Gone Test"));
    EXPECT_EQ(std::ranges::count_if(both.lines, [](auto& l) { return l.deleted_at == monday; }), 1);
    EXPECT_THAT(both.stages, ElementsAre(StageCount{"Lead", 1}));
}

TEST(People, TellOfTheStagesAndHowManyAreInEach) {
    Db db = test::database();
    Lead none = person("Nora N", "", 1);
    none.person.stage = std::nullopt;
    db.add_all("leads", std::vector{person("Ana A", "Nurture", 1), person("Bea B", "Lead", 1),
                                    person("Cleo C", "Lead", 1), none});

    EXPECT_THAT(find(db, {.search = "bea"}).stages,
                ElementsAre(StageCount{"", 1}, StageCount{"Lead", 2}, StageCount{"Nurture", 1}));
}

TEST(People, AreThoseOfTheFileAsItIsNow) {
    const test::Folder folder;
    Db writer = test::database(folder);
    Db reader = open_file(folder.file("dreams.db"), Db::Mode::read_only);
    Roster roster;
    EXPECT_EQ(people(reader, {}, roster).total, 0);

    test::add_lead(writer, "Ana");
    EXPECT_EQ(people(reader, {}, roster).total, 1);
    writer.run("UPDATE leads SET first_name = 'Zora'");
    EXPECT_THAT(names(people(reader, {.search = "zora"}, roster)), ElementsAre("Zora Test"));
    writer.run("DELETE FROM leads");
    EXPECT_EQ(people(reader, {}, roster).total, 0);
}

class SharedRoster : public testing::Test {
protected:
    SharedRoster() { test::add_lead(writer, "Ana"); }
    Db reader() const { return open_file(folder.file("dreams.db"), Db::Mode::read_only); }
    /// A view of one moment, and who is seen in it.
    struct View {
        Db db;
        Roster roster;
        View(Db with, const std::shared_ptr<RosterShelf>& shelf)
            : db(std::move(with)), roster(shelf) {
            db.script("BEGIN");
        }
        std::vector<std::string> seen() { return names(people(db, {}, roster)); }
        const void* place() {
            roster.refresh(db);
            return roster.everyone().data();
        }
    };
    View view() const { return {reader(), shelf}; }

    const test::Folder folder;
    Db writer = test::database(folder);
    std::shared_ptr<RosterShelf> shelf = std::make_shared<RosterShelf>();
};

TEST_F(SharedRoster, IsReadOnceForAllWhoSeeTheSameMoment) {
    auto one = view(), two = view();
    EXPECT_EQ(one.place(), two.place());
    one.roster.put_back();
    EXPECT_THAT(one.roster.everyone(), IsEmpty());
    EXPECT_EQ(one.place(), two.place());
}

TEST_F(SharedRoster, ShowsEachTheMomentThatItSees) {
    auto early = view();
    EXPECT_THAT(early.seen(), ElementsAre("Ana Test"));
    test::add_lead(writer, "Bea");
    auto late = view();
    EXPECT_THAT(late.seen(), ElementsAre("Ana Test", "Bea Test"));
    EXPECT_THAT(early.seen(), ElementsAre("Ana Test")) << "its moment has not passed";
    writer.run("DELETE FROM leads WHERE first_name = 'Bea'");
    auto last = view();
    EXPECT_THAT(last.seen(), ElementsAre("Ana Test"));
    EXPECT_NE(last.place(), early.place()) << "alike, but not the same moment";
    EXPECT_THAT(late.seen(), ElementsAre("Ana Test", "Bea Test"));
}

TEST_F(SharedRoster, KnowsMomentsApartWhateverBecomesOfTheWal) {
    for (int round = 0; round < 3; ++round) {
        const auto only = "Bea" + std::to_string(round);
        writer.run("DELETE FROM leads");
        test::add_lead(writer, only);
        writer.query("PRAGMA wal_checkpoint(TRUNCATE)").step();
        EXPECT_THAT(view().seen(), ElementsAre(only + " Test"));
    }
}

TEST(People, AreThoseOfTheFileAlsoForTheConnectionThatChangesIt) {
    Db db = test::database();
    Roster roster;
    test::add_lead(db, "Ana");
    EXPECT_EQ(people(db, {}, roster).total, 1);
    test::add_lead(db, "Bea");
    EXPECT_EQ(people(db, {}, roster).total, 2);
}

TEST(People, WithLineBreaksInTheirNamesAreStillOnePerson) {
    Db db = test::database();
    Lead odd = test::lead("Odd");
    odd.person.last_name = "Line\nBreak";
    db.add("leads", odd);
    test::add_lead(db, "Break Up");

    EXPECT_EQ(find(db, {.search = "odd break"}).total, 1);
    EXPECT_EQ(find(db, {.search = "break"}).total, 2);
}

}  // namespace
}  // namespace dreams::store
