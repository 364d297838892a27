// Files come in once, in the order in which they were made, and can be taken out again.

#include "jobs/import.h"

#include <gmock/gmock.h>

#include <signal.h>

#include <filesystem>
#include <map>
#include <set>
#include <thread>

#include "jobs/import_day.h"
#include "store/lease.h"
#include "support/apart.h"
#include "support/database.h"

namespace dreams::jobs {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using test::monday;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string header =
    "SALE TYPE,SOLD DATE,PROPERTY TYPE,ADDRESS,CITY,STATE OR PROVINCE,ZIP OR POSTAL CODE,PRICE,"
    "BEDS,BATHS,LOCATION,SQUARE FEET,STATUS,URL (SEE https://www.redfin.com/x FOR INFO ON PRICING),"
    "SOURCE,MLS#\n";

std::string line(int home, int price, const std::string& status = "Active", int mls = 0) {
    const auto id = std::to_string(home);
    return "MLS Listing,,Single Family Residential," + id + " Elm Rd,Sylva,NC,28779," +
           std::to_string(price) + ",3,2.0,,1500," + status + ",https://www.redfin.com/home/" + id +
           ",CANOPYMLS," + std::to_string(mls ? mls : 4'100'000 + home) + "\n";
}

class Import : public testing::Test {
protected:
    FileReport text(const std::string& rows, const std::string& name = "redfin.csv",
                    ImportOptions options = {}) {
        return table(header + rows, name, options);
    }
    FileReport table(const std::string& whole, const std::string& name = "a.csv",
                     const ImportOptions& options = {}) {
        return import_texts(db, {{name, whole}}, options, zone, now, silent).files.at(0);
    }
    std::int64_t count(const std::string& table) {
        return db.value<std::int64_t>("SELECT count(*) FROM " + table);
    }
    std::string price(int home) {
        return db.value<std::string>("SELECT price FROM properties WHERE redfin_id = :id",
                                     {{"id", std::to_string(home)}});
    }

    static void expect_sum(const store::Import& n) {
        EXPECT_EQ(n.rows, n.created + n.updated + n.unchanged + n.refused + n.notices);
    }

    Db db = test::database();
    Zone zone{"America/New_York"};
    Instant now = monday;
    Progress silent;
};

TEST_F(Import, CountsEveryLineOnce) {
    const auto report =
        text(line(1, 100'000) + line(2, 200'000) + line(1, 100'000) +
             "Over 500 results. Try zooming in or modifying your search options.\n" +
             "MLS Listing,,Other,,Sylva,NC,28779,1,,,,,,,,\n");
    EXPECT_EQ(report.counts.rows, 5);
    EXPECT_EQ(report.counts.created, 2);
    EXPECT_EQ(report.counts.unchanged, 1);
    EXPECT_EQ(report.counts.refused, 1);
    EXPECT_THAT(report.notices, ElementsAre(HasSubstr("Over 500 results")));
    EXPECT_THAT(report.refused[0].why, HasSubstr("no address"));
    expect_sum(report.counts);
    EXPECT_EQ(count("properties"), 2);
    const auto rows = store::import_rows(db, report.counts.id);
    EXPECT_THAT(rows, SizeIs(5));
    EXPECT_EQ(rows[3].outcome, store::RowOutcome::notice);
}

TEST_F(Import, OfTheSameFileAgainChangesNothing) {
    text(line(1, 100'000));
    text(line(1, 90'000), "redfin2.csv");
    const auto before = test::dump(db);
    const auto again = text(line(1, 100'000));
    EXPECT_EQ(again.counts.unchanged, 1);
    EXPECT_THAT(again.imported_before, testing::Optional(1));
    EXPECT_EQ(test::dump(db), before);
    EXPECT_EQ(price(1), "90000");
    EXPECT_EQ(text(line(1, 100'000), "redfin.csv", {.again = true}).counts.price_changes, 1);
}

TEST_F(Import, OfALaterDayThatSaysTheSameAgainIsNews) {
    now = monday + hours{24 * 90};
    const auto status = [&] { return db.value<std::string>("SELECT status FROM properties"); };
    text(line(1, 500'000), "w_2026-01-10.csv");
    text(line(1, 480'000, "Pending"), "w_2026-02-10.csv");
    const auto back = text(line(1, 500'000), "w_2026-03-10.csv");
    EXPECT_EQ(back.imported_before, std::nullopt);
    EXPECT_EQ(back.counts.updated, 1);
    EXPECT_EQ(status(), "active");
    EXPECT_THAT(text(line(1, 500'000), "w_2026-01-10.csv").imported_before, testing::Optional(3));
    text(line(1, 480'000, "Pending"), "w_2026-03-11.csv");
    EXPECT_THAT(text(line(1, 500'000), "again.csv").imported_before, testing::Optional(3))
        << "nobody said that it is of a later day";
    EXPECT_EQ(status(), "pending");
}

TEST_F(Import, OfAnOldFileSaysHowOldItIs) {
    const auto old = text(line(1, 500'000), "w_2023-11-12.csv", {.preview = true});
    ASSERT_THAT(old.remarks, SizeIs(1));
    EXPECT_EQ(old.remarks[0],
              "this file is of Sunday, November 12, 2023, 2 years ago: its homes count as of that "
              "day, and are suggested to nobody until something newer is told");
    EXPECT_THAT(text(line(1, 500'000), "w_2026-01-10.csv").remarks, IsEmpty());
    EXPECT_THAT(text(line(2, 500'000)).remarks, IsEmpty()) << "it counts as of now";
}

TEST_F(Import, PreviewsWithoutATrace) {
    const auto before = test::dump(db);
    const auto report = text(line(1, 100'000) + line(2, 1), "redfin.csv", {.preview = true});
    EXPECT_EQ(report.counts.created, 2);
    EXPECT_EQ(report.counts.id, 0);
    EXPECT_EQ(test::dump(db), before);
}

TEST_F(Import, TellsPriceChangesFromRelistings) {
    text(line(1, 100'000) + line(2, 200'000) + line(3, 300'000));
    const auto report = text(
        line(1, 95'000) + line(2, 190'000, "Active", 77) + line(3, 290'000, "Sold"), "later.csv");
    EXPECT_EQ(report.counts.price_changes, 2);
    EXPECT_EQ(report.counts.relistings, 1);
    EXPECT_EQ(report.counts.status_changes, 1);
    EXPECT_THAT(db.list<std::string>("SELECT change_type FROM property_changes ORDER BY 1"),
                ElementsAre("price", "relisted", "status"));
}

TEST_F(Import, MakesNoPriceMoveOfAHomeThatStandsInAFileTwice) {
    const auto report = text(line(1, 100'000) + line(1, 120'000));
    EXPECT_EQ(report.counts.price_changes, 0);
    EXPECT_EQ(price(1), "100000");
    EXPECT_THAT(report.remarks, ElementsAre("1 homes stand in the file more than once"));
}

TEST_F(Import, TakesTheDayFromTheNameOfTheFile) {
    text(line(1, 100'000), "redfin_2026-01-10.csv");
    const auto older = text(line(1, 130'000), "redfin_2026-01-05.csv");
    EXPECT_EQ(price(1), "100000");
    EXPECT_EQ(older.counts.price_changes, 0);
    EXPECT_THAT(older.remarks, ElementsAre(HasSubstr("older than what is known")));
}

TEST_F(Import, LeavesKnownHomesAloneWhenAsked) {
    text(line(1, 100'000));
    const auto report =
        text(line(1, 90'000) + line(2, 1'000), "more.csv", {.known = store::KnownHomes::skip});
    EXPECT_EQ(report.counts.unchanged, 1);
    EXPECT_EQ(report.counts.created, 1);
    EXPECT_EQ(price(1), "100000");
}

TEST_F(Import, OfAnOldSaleDoesNotSellAHomeThatIsForSale) {
    text(line(1, 100'000));
    table("address,city,zip,sale date,price\n1 Elm Rd,Sylva,28779,05/21/2008,59222\n", "sales.csv",
          {});
    EXPECT_EQ(count("properties"), 1);
    EXPECT_EQ(db.value<std::string>("SELECT status FROM properties"), "active");
    EXPECT_EQ(price(1), "100000");
}

TEST_F(Import, OfTheSameFileWithOtherColumnsIsAnotherReading) {
    const std::string file = "Street Address;Where;Asking\n1 Elm Rd;Sylva;100000\n";
    ImportOptions otherwise;
    otherwise.mapping = {{"Where", "city"}, {"Asking", "price"}};
    EXPECT_EQ(table(file).counts.created, 1);
    now += hours{1};
    const auto again = table(file, "a.csv", otherwise);
    EXPECT_EQ(again.imported_before, std::nullopt);
    EXPECT_THAT(again.read_otherwise, testing::Optional(1));
    EXPECT_THAT(again.remarks, testing::Contains(HasSubstr("import 1 read this file with other")));
    EXPECT_EQ(count("properties"), 2) << "without a town, nobody knows whether it is the same home";
    undo_import(db, again.counts.id, now);
    undo_import(db, 1, now);
    const auto anew = table(file, "a.csv", otherwise);
    EXPECT_EQ(anew.read_otherwise, std::nullopt) << "it is undone";
    EXPECT_EQ(anew.counts.created, 1);
    EXPECT_EQ(count("properties"), 1);
    EXPECT_EQ(db.value<std::string>("SELECT city || ' ' || price FROM properties"), "Sylva 100000");
    EXPECT_THAT(table(file).imported_before, testing::Optional(anew.counts.id))
        << "the columns are remembered, so it is the same reading";
}

TEST_F(Import, TellsOfItsHomesThoseWhosePriceMovedFirst) {
    text(line(1, 100'000) + line(2, 200'000) + line(3, 300'000) + line(4, 4));
    const auto report = text(line(5, 500'000) + line(1, 100'000) + line(2, 190'000) +
                                 line(3, 300'000, "Sold") + line(5, 510'000),
                             "later.csv");
    const auto homes = store::imported_homes(db, report.counts.id, 10);
    std::vector<std::string> told;
    for (const auto& home : homes)
        told.push_back(*home.address + " " + std::string(word(home.outcome)) + " " +
                       home.price_before.value_or("-") + " " + home.status_before.value_or("-"));
    EXPECT_THAT(told, ElementsAre("2 Elm Rd updated 200000 -", "3 Elm Rd updated - active",
                                  "5 Elm Rd created - -"));
    EXPECT_THAT(store::imported_homes(db, report.counts.id, 1), SizeIs(1));
}

TEST_F(Import, RemembersWhatColumnsMean) {
    const std::string head = "where,town,what for\n";
    const sources::ListingMapping mapping{
        {"where", "address"}, {"town", "city"}, {"what for", "price"}};
    table(head + "1 Elm Rd,Sylva,100\n", "a.csv", {.mapping = mapping});
    const auto next = table(head + "2 Elm Rd,Sylva,200\n", "b.csv", {});
    EXPECT_EQ(next.counts.created, 1);
    EXPECT_EQ(next.mapping, mapping);
}

TEST_F(Import, ShowsTheColumnsOfATableThatTellsOfNoHomeByItself) {
    const auto report = table(
        "where,price\n,\n\"1 Elm Rd, the white one with the big porch by the creek, 28779\",7\n",
        "a.csv", {.mapping = {{"price", ""}}});
    EXPECT_THAT(report.error, HasSubstr("no column tells"));
    EXPECT_THAT(report.mapping,
                ElementsAre(testing::Pair("where", ""), testing::Pair("price", "")));
    EXPECT_THAT(report.examples,
                ElementsAre("1 Elm Rd, the white one with the big porch by the creek, …", "7"));
}

TEST_F(Import, RemarksUponWhatItDidNotReadLineByLine) {
    const auto report = table(
        "address,city,zip,price,beds,year built,status\n"
        "1 Elm Rd,Sylva,28779,450.000,2.5,3,weird thing\n"
        "2 Elm Rd,Sylva,28779,\"$450,000 - $500,000\",3,1990,Active\n");
    EXPECT_EQ(report.counts.created, 2);
    EXPECT_THAT(report.remarks,
                ElementsAre(HasSubstr("line 2: price '450.000' was not understood"),
                            HasSubstr("line 2: beds '2.5' was not understood"),
                            HasSubstr("line 2: status 'weird thing' is not known"),
                            HasSubstr("line 2: year_built was left out: 3 is no year"),
                            HasSubstr("line 3: price '$450,000 - $500,000' was not understood")));
    EXPECT_EQ(count("properties WHERE price IS NULL"), 2);
}

TEST_F(Import, SaysHowManyRemarksItDoesNotTell) {
    std::string rows = "address,city,zip,price\n";
    for (int i = 1; i <= 130; ++i) rows += std::to_string(i) + " Elm Rd,Sylva,28779,call us\n";
    const auto report = table(rows + "1 Elm Rd,Sylva,28779,1\n");
    EXPECT_THAT(report.remarks, SizeIs(102));
    EXPECT_THAT(report.remarks[100], testing::StartsWith("30 more remarks"));
    EXPECT_THAT(report.remarks[101], HasSubstr("stand in the file more than once"));
}

TEST_F(Import, SaysThatADownloadIsIncomplete) {
    const auto homes = [&](int count) {
        std::string rows;
        for (int i = 1; i <= count; ++i) rows += line(i, 100'000);
        return rows;
    };
    EXPECT_THAT(text(homes(350)).remarks,
                ElementsAre(HasSubstr("probably cut off: it has exactly 350")));
    EXPECT_THAT(text(homes(349)).remarks, IsEmpty());
    EXPECT_THAT(
        text(homes(2) + "Over 500 results. Try zooming in or modifying your search options.\n")
            .remarks,
        ElementsAre(HasSubstr("the download is incomplete")));
}

TEST_F(Import, RefusesALineInWhichTheFileBreaksOff) {
    const std::string head = "address,city,zip,price\n1 Elm Rd,Sylva,28779,450000\n";
    const auto report = table(head + "2 Elm Rd,Sylva,287");
    EXPECT_EQ(report.counts.created, 1);
    ASSERT_THAT(report.refused, SizeIs(1));
    EXPECT_THAT(report.refused[0].why, HasSubstr("breaks off"));
    EXPECT_EQ(table(head + "2 Elm Rd,Sylva,28779,9", "b.csv").counts.created, 1)
        << "a last line needs no end";
    EXPECT_EQ(table(head + "3 Elm Rd,Sylva\n", "c.csv").counts.created, 1)
        << "a short line is a whole one";
}

TEST_F(Import, ReadsUtf16AsASpreadsheetSavesIt) {
    const std::string plain = "address\tcity\tprice\n1 Elm Rd\tSylva\t450000\n";
    std::string wide = "\xFF\xFE";
    for (const char c : plain) wide += {c, '\0'};
    EXPECT_EQ(table(wide).counts.created, 1);
    EXPECT_EQ(db.value<std::string>("SELECT address FROM properties"), "1 Elm Rd");
}

TEST_F(Import, AsksForNoColumnsOfAListOfPeople) {
    const auto report = table("First Name,Last Name\nAda,Sample\n");
    EXPECT_THAT(report.error, HasSubstr("a list of people"));
    EXPECT_THAT(report.mapping, IsEmpty());
}

TEST_F(Import, RefusesAPageOfNoHomeAndASpreadsheetInOneSentence) {
    EXPECT_THAT(
        table("\xEF\xBB\xBF \n<!doctype html><p>x", "a.htm", {}).error,
        AllOf(testing::StartsWith("a.htm: the page shows no home"), HasSubstr("save the CSV")));
    EXPECT_THAT(table(std::string("PK\3\4\0", 5), "a.xlsx", {}).error,
                HasSubstr("a picture or a file of another program"));
    EXPECT_EQ(count("dreams_imports"), 0);
}

TEST_F(Import, IsTakenBackWithWhatFollowedFromIt) {
    const Lead ana = test::add_lead(db, "Ana");
    auto event = test::event(ana, 1);
    event.property_mls = "4100001";
    event.property_address = "1 Elm Rd, Sylva, NC 28779";
    db.add("contact_events", event);
    const auto id = text(line(1, 100'000)).counts.id;
    EXPECT_EQ(count("contact_properties"), 1) << "the import finds who looks at its homes";
    EXPECT_EQ(undo_import(db, id, now).removed, 1);
    EXPECT_EQ(count("contact_properties"), 0);
    EXPECT_EQ(count("properties"), 0);
}

TEST_F(Import, TellsWhyAFileCannotBeReadAndReadsTheOthers) {
    const test::Folder folder;
    test::write_file(folder.file("good.csv"), header + line(1, 100'000));
    test::write_file(folder.file("bad.csv"), "a,b\n1,2\n");
    const auto report =
        import_files(db, {folder.file("bad.csv"), folder.file("none.csv"), folder.file("good.csv")},
                     {}, zone, now, silent);
    EXPECT_THAT(report.files[0].error, HasSubstr("no column tells"));
    EXPECT_THAT(report.files[1].error, testing::Eq("none.csv: there is no such file"));
    EXPECT_EQ(report.files[2].counts.created, 1);
    EXPECT_EQ(count("dreams_imports"), 1);
}

TEST_F(Import, IsToldAsJson) {
    ImportReport report;
    report.files.push_back(text(line(1, 100'000)));
    const auto json = json::written(report);
    for (const auto* part :
         {R"("file":"redfin.csv")", R"("format":"redfin")", R"("rows":1)", R"("created":1)",
          R"("updated":0)", R"("unchanged":0)", R"("refused":0)", R"("notices":[])"})
        EXPECT_THAT(json, HasSubstr(part));
}

TEST(ObservedInName, IsTheDayOrTheMomentThatRedfinWrites) {
    const Zone zone("America/New_York");
    const auto at = [&](const std::string& name) {
        const auto found = observed_in_name(name, zone, monday);
        return found ? to_text(*found) : "none";
    };
    EXPECT_EQ(at("redfin_2025-09-12-14-05-33.csv"), "2025-09-12T18:05:33Z");
    EXPECT_EQ(at("sold__2025-06-07_sold.csv"), "2025-06-08T03:59:59Z");
    EXPECT_EQ(at("redfin_2026-01-19.csv"), to_text(monday)) << "today is not over yet";
    for (const auto* name : {"redfin.csv", "x2027-01-01.csv", "12025-02-20.csv", "2027-01.csv",
                             "1200_12_elm.csv", "2024-123.csv", "2025-13.csv"})
        EXPECT_EQ(at(name), "none") << name;
}

TEST(ObservedInName, OfAMonthAloneIsItsLastDay) {
    const Zone zone("America/New_York");
    const auto at = [&](const std::string& name) {
        return to_text(observed_in_name(name, zone, monday).value_or(Instant{}));
    };
    EXPECT_EQ(at("redfin_2024-09_sylva.csv"), "2024-10-01T03:59:59Z");
    EXPECT_EQ(at("2024_12.csv"), "2025-01-01T04:59:59Z");
    EXPECT_EQ(at("2025-02-30.csv"), "2025-03-01T04:59:59Z") << "no day, but a month";
    EXPECT_EQ(at("redfin_2026-01.csv"), to_text(monday)) << "this month is not over yet";
    EXPECT_EQ(at("2024-08_of_2025-09-12.csv"), "2025-09-13T03:59:59Z") << "a day says more";
}

// ---- saved pages

const std::string page_head =
    "<title>12 Elm Rd, Sylva, NC 28779 | MLS #4100012</title>"
    "<meta name=description content='3 beds, 2 baths, 1,500 sqft for $450,000'>";

class ImportOfAPage : public Import {
protected:
    FileReport page(const std::string& html, const ImportOptions& options = {}) {
        return table(html, "home.html", options);
    }
    Listing home() { return db.value<Property>("SELECT * FROM properties").listing; }
};

TEST_F(ImportOfAPage, KeepsWhatIsSureAndFillsGapsWithTheRest) {
    const auto report = page(page_head + "<p>Status: Active</p>");
    EXPECT_EQ(report.counts.created, 1);
    EXPECT_EQ(report.counts.format, "page");
    EXPECT_FALSE(report.page.empty());
    expect_sum(report.counts);
    EXPECT_EQ(home().address, "12 Elm Rd");
    EXPECT_EQ(home().mls_number, "4100012");
    EXPECT_EQ(home().status, "active");
    EXPECT_EQ(home().sqft, 1500);
}

TEST_F(ImportOfAPage, WhatIsUnsureReplacesNothing) {
    page(page_head + "<p>Square Feet: 1,600</p><p>Price: $455,000</p>");
    now += hours{1};
    const auto report = page(page_head + "<p>Price: $460,000</p>");
    EXPECT_EQ(report.counts.updated, 1);
    EXPECT_EQ(home().sqft, 1600) << "a description's 1,500 are no better";
    EXPECT_EQ(home().price, 460'000);
}

TEST_F(ImportOfAPage, AGuessedNumberFillsNoOtherHomesGaps) {
    text(line(12, 100'000));
    page(
        "<title>99 Oak Rd, Sylva, NC 28779</title><p>You saw MLS # 4100012 (Canopy MLS) last</p>"
        "<p>Year Built: 1990</p>");
    EXPECT_EQ(count("properties"), 2);
    EXPECT_EQ(count("properties WHERE redfin_id = '12' AND year_built = 1990"), 0);
}

TEST_F(ImportOfAPage, ASecondTimeChangesNothingAndAnUndoTakesItBack) {
    const auto first = page(page_head);
    const auto again = page(page_head);
    EXPECT_EQ(again.imported_before, first.counts.id);
    EXPECT_EQ(again.counts.unchanged, 1);
    expect_sum(again.counts);
    auto transaction = db.begin();
    EXPECT_EQ(store::undo_import(db, first.counts.id, now).removed, 1);
    transaction.commit();
    EXPECT_EQ(count("properties"), 0);
}

TEST_F(ImportOfAPage, AKnownHomeCanBeLeftAsItIs) {
    page(page_head + "<p>Price: $455,000</p>");
    const auto report = page(page_head + "<p>Price: $1,000</p><p>Year Built: 1990</p>",
                             {.known = store::KnownHomes::skip});
    EXPECT_EQ(report.counts.unchanged, 1);
    EXPECT_EQ(home().price, 455'000);
    EXPECT_EQ(home().year_built, std::nullopt);
}

TEST_F(ImportOfAPage, OfNoHomeSaysWhy) {
    EXPECT_THAT(page("<h1>About us</h1>").error, HasSubstr("home.html: the page shows no home"));
    EXPECT_THAT(page("<title>Just a moment...</title>").error, HasSubstr("captcha"));
    const auto unsure = page("<p>You saw MLS # 4100012 last week</p>");
    EXPECT_EQ(unsure.counts.refused, 1);
    EXPECT_EQ(count("properties"), 0);
}

// ---- While others use the file

std::string many_lines(int count) {
    std::string lines = header;
    for (int i = 1; i <= count; ++i) lines += line(i, 100'000 + i);
    return lines;
}

TEST(ImportUnderWay, IsUndoneByNobodyUntilItHasEnded) {
    const test::Folder folder;
    Db db = test::database(folder);
    const auto lines = many_lines(2500);
    const auto import_apart = [&] {
        return test::Apart([&]() -> std::string {
            Db theirs = store::open_file(folder.file("dreams.db"));
            Progress silent;
            const auto report = import_texts(theirs, {{"redfin.csv", lines}}, {},
                                             Zone("America/New_York"), monday, silent);
            return report.files.at(0).error;
        });
    };
    auto other = import_apart();
    while (store::imports(db, 1).empty()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    try {
        undo_import(db, 1, monday);
        ADD_FAILURE() << "undone";
    } catch (const store::LeaseHeld& held) {
        EXPECT_THAT(held.what(), AllOf(HasSubstr("import 1 (redfin.csv) is under way (process "),
                                       HasSubstr("wait until it has ended")));
    }
    auto same = import_apart();
    EXPECT_THAT(same.ended().said, HasSubstr("redfin.csv: another run of 'import of "));
    EXPECT_EQ(other.ended().said, "");
    EXPECT_EQ(undo_import(db, 1, monday).removed, 2500);
}

TEST(ImportUnderWay, OfAProgramThatDiedIsUndone) {
    const test::Folder folder;
    Db db = test::database(folder);
    test::apart([&]() -> std::string {
        Db theirs = store::open_file(folder.file("dreams.db"));
        struct Dies : Progress {
            void done(std::int64_t so_far) override {
                if (so_far > 2000) ::raise(SIGKILL);
            }
        } dies;
        import_texts(theirs, {{"redfin.csv", many_lines(2500)}}, {}, Zone("America/New_York"),
                     monday, dies);
        return "";
    });
    EXPECT_EQ(undo_import(db, 1, monday).removed, 2000);
}

TEST_F(Import, EndsWithASentenceWhenAnotherFileTakesThePlaceOfTheDatabase) {
    // As a restore between two of its commits: the file knows another import by the number.
    db.script(R"sql(
        CREATE TRIGGER restored AFTER UPDATE OF rows_read ON dreams_imports
        BEGIN UPDATE dreams_imports SET fingerprint = 'another' WHERE id = new.id; END)sql");
    const auto report = table(many_lines(5000), "redfin.csv");
    EXPECT_THAT(report.error, AllOf(HasSubstr("redfin.csv: another file took the place"),
                                    HasSubstr("first 2000 rows; import it again")));
    EXPECT_EQ(count("properties"), 2000);
    EXPECT_EQ(count("dreams_leases"), 0);
}

TEST(ImportPreview, OfALargeFileKeepsNobodyWaiting) {
    const test::Folder folder;
    Db db = test::database(folder);
    const auto first = many_lines(10), all = many_lines(3800);
    Progress silent;
    const Zone zone("America/New_York");
    import_texts(db, {{"redfin.csv", first}}, {}, zone, monday, silent);
    const auto writing = db.begin();
    db.run("UPDATE properties SET notes = 'not yet'");
    Db reading = store::open_file(folder.file("dreams.db"), Db::Mode::read_only);
    const auto report =
        import_texts(reading, {{"later.csv", all}}, {.preview = true}, zone, monday, silent);
    EXPECT_EQ(report.files.at(0).error, "");
    EXPECT_EQ(report.files.at(0).counts.created, 3790);
    EXPECT_EQ(report.files.at(0).counts.unchanged, 10);
    EXPECT_EQ(reading.value<int>("SELECT count(*) FROM properties"), 10);
    for (const auto& each : fs::directory_iterator(folder.path()))
        EXPECT_THAT(each.path().filename().string(), testing::Not(HasSubstr("preview")));
}

TEST(ImportedFiles, AreNeverTheDatabaseItself) {
    const test::Folder folder;
    Db db = test::database(folder);
    fs::create_hard_link(folder.file("dreams.db"), folder.file("linked.csv"));
    Progress silent;
    const auto report = import_files(db,
                                     {folder.file("dreams.db"), folder.file("dreams.db-wal"),
                                      folder.file("dreams.db-shm"), folder.file("linked.csv")},
                                     {}, Zone("America/New_York"), monday, silent);
    for (const auto& file : report.files)
        EXPECT_THAT(file.error, HasSubstr("the file of DREAMS itself")) << file.file;
}

}  // namespace
}  // namespace dreams::jobs
