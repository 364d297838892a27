// Files come in through the page: shown first, imported when a person says so, taken back whole.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "web/form.h"

namespace dreams::web {
namespace {

using test::Form;
using test::WebSite;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

const std::string redfin =
    "SALE TYPE,ADDRESS,CITY,STATE OR PROVINCE,ZIP OR POSTAL CODE,PRICE,BEDS,STATUS,"
    "URL (SEE https://www.redfin.com/x FOR INFO ON PRICING),SOURCE,MLS#\n";

std::string line(int home, int price) {
    const auto id = std::to_string(home);
    return "MLS Listing," + id + " Elm Rd,Sylva,NC,28779," + std::to_string(price) +
           ",3,Active,https://www.redfin.com/home/" + id + ",CANOPYMLS,41000" + id + "\n";
}

/// A cell of numbers as the tables have it, for a regex.
std::string cell(int number) {
    return "<td class=\"number\" data-label=\"[A-Za-z]+\">" + std::to_string(number) + "</td>";
}

/// Lines, new, changed, same, refused, notices: as they stand beside each other.
std::string cells(std::initializer_list<int> numbers) {
    std::string all;
    for (const int number : numbers) all += "\\s*" + cell(number);
    return all;
}

class ImportPages : public testing::Test {
protected:
    http::Response upload(const std::string& content, const std::string& name = "homes.csv") {
        return upload(Form().file(name, content));
    }
    /// The preview that the browser is led to.
    http::Response upload(const Form& form) {
        const auto sent = form.sent_to(site, "/imports");
        EXPECT_EQ(sent.status, 303) << sent.body;
        action = http::header(sent.headers, "Location").value_or("");
        EXPECT_THAT(action, testing::StartsWith("/imports/uploads/"));
        return site.get(action);
    }
    http::Response import(Form form = {}) {
        return form.field("do", "import").sent_to(site, action);
    }
    /// What the browser shows after a form was sent.
    http::Response followed(const http::Response& sent) {
        EXPECT_EQ(sent.status, 303) << sent.body;
        auto shown = sent;
        while (shown.status == 303)
            shown = site.get(http::header(shown.headers, "Location").value_or(""));
        return shown;
    }
    http::Response shown_again(const Form& form) { return followed(form.sent_to(site, action)); }
    void expect_numbers(const std::string& page, std::initializer_list<int> numbers) {
        EXPECT_TRUE(std::regex_search(page, std::regex(cells(numbers)))) << page;
    }
    std::int64_t count(const std::string& table) {
        return site.db.value<std::int64_t>("SELECT count(*) FROM " + table);
    }

    WebSite site;
    std::string action;
};

TEST_F(ImportPages, ShowALargeFileWhileOthersWrite) {
    auto lines = redfin;
    for (int home = 1; home <= 5200; ++home) lines += line(home, 100'000 + home);
    const auto writing = site.db.begin();
    EXPECT_THAT(upload(lines).body, HasSubstr("5,200"));
}

TEST_F(ImportPages, SayWhatToDoWhileThereAreNone) {
    EXPECT_THAT(site.body("/imports"),
                AllOf(HasSubstr("No file was imported yet"), HasSubstr("Download All"),
                      HasSubstr("type=\"file\""), HasSubstr("multipart/form-data")));
}

TEST_F(ImportPages, ShowWhatAFileWouldDoAndChangeNothing) {
    const auto before = test::dump(site.db);
    const auto page =
        upload(redfin + line(1, 450'000) + line(2, 1) + line(1, 450'000) +
               "MLS Listing,,Sylva,NC,28779,7,,,,,\n" + "Over 500 results. Try zooming in.\n");
    EXPECT_EQ(page.status, 200);
    expect_numbers(page.body, {5, 2, 0, 1, 1, 1, 0, 0, 0});
    EXPECT_THAT(page.body, AllOf(HasSubstr("Nothing is imported yet"), HasSubstr("1 Elm Rd"),
                                 HasSubstr("$450,000"), HasSubstr("Over 500 results"),
                                 HasSubstr("line 5 refused"), HasSubstr("row-created")));
    EXPECT_EQ(test::dump(site.db), before);
}

TEST_F(ImportPages, ImportWhatWasShownAndSayWhatItCameTo) {
    upload(redfin + line(1, 450'000) + line(2, 200'000));
    const auto done = import();
    EXPECT_EQ(done.status, 303);
    EXPECT_EQ(http::header(done.headers, "Location"), "/imports/1");
    const auto page = site.body("/imports/1");
    EXPECT_THAT(page, AllOf(HasSubstr("homes.csv"), HasSubstr("outcome-done"),
                            HasSubstr("<dt>New homes</dt><dd>2</dd>"), HasSubstr("Undo import 1")));
    EXPECT_EQ(count("properties"), 2);
    expect_numbers(site.body("/imports"), {2, 2, 0, 0, 0, 0, 0, 0, 0});
    EXPECT_THAT(page, AllOf(HasSubstr(">1 Elm Rd</a>"), HasSubstr("row-created\">new"),
                            HasSubstr("$450,000")));
}

TEST_F(ImportPages, OfTheSameFileAgainChangeNothing) {
    const auto file = redfin + line(1, 450'000);
    upload(file);
    import();
    const auto before = test::dump(site.db);
    const auto page = upload(file);
    expect_numbers(page.body, {1, 0, 0, 1, 0, 0});
    EXPECT_THAT(page.body, HasSubstr("import 1 brought the same already"));
    EXPECT_EQ(http::header(import().headers, "Location"), "/imports/1");
    EXPECT_EQ(test::dump(site.db), before);
}

TEST_F(ImportPages, TakeAWholeImportBack) {
    upload(redfin + line(1, 450'000) + line(2, 200'000), "redfin_2026-01-10.csv");
    import();
    upload(redfin + line(1, 440'000), "redfin_2026-01-12.csv");
    import();
    const auto undone = site.ask("POST", "/imports/2/undo");
    EXPECT_THAT(undone.body, AllOf(HasSubstr("Import 2 is undone"), HasSubstr("1 home: again")));
    EXPECT_EQ(site.db.value<int>("SELECT price FROM properties WHERE redfin_id = '1'"), 450'000);
    EXPECT_THAT(site.ask("POST", "/imports/1/undo").body, HasSubstr("2 homes that only this file"));
    EXPECT_EQ(count("properties"), 0);
    EXPECT_THAT(site.body("/imports"), AllOf(HasSubstr("outcome-undone"), Not(HasSubstr("/undo"))));
    EXPECT_EQ(site.ask("POST", "/imports/1/undo").status, 409);
    EXPECT_EQ(site.ask("POST", "/imports/9/undo").status, 404);
    EXPECT_EQ(site.ask("POST", "/imports/x/undo").status, 404);
}

TEST_F(ImportPages, AskWhatColumnsMeanWhenTheyCannotTell) {
    const std::string file = "where,asking\n\"1 Elm Rd, Sylva, NC 28779\",5\n";
    const auto page = upload(file);
    EXPECT_THAT(page.body, AllOf(HasSubstr("no column tells which home"), HasSubstr("open"),
                                 HasSubstr("name=\"column-0-0\""), HasSubstr("1 Elm Rd, Sylva"),
                                 HasSubstr("Show again with these settings"),
                                 Not(HasSubstr("value=\"import\""))));
    EXPECT_THAT(followed(import()).body, HasSubstr("no column tells which home"));
    const auto said =
        shown_again(Form().field("column-0-0", "address").field("column-0-1", "price"));
    EXPECT_THAT(said.body, HasSubstr("value=\"import\""));
    expect_numbers(said.body, {1, 1, 0, 0, 0, 0});
    EXPECT_EQ(count("properties"), 0);
    import(Form().field("column-0-0", "address").field("column-0-1", "price"));
    EXPECT_EQ(site.db.value<int>("SELECT price FROM properties"), 5);
    expect_numbers(upload("where,asking\n\"2 Elm Rd, Sylva, NC 28779\",6\n").body, {1, 1, 0, 0});
}

TEST_F(ImportPages, KeepEachFileToItsOwnColumnsAndTheOldestFirst) {
    const auto page = upload(Form()
                                 .file("b_2026-01-12.csv", redfin + line(1, 440'000))
                                 .file("a_2026-01-10.csv", redfin + line(1, 450'000))
                                 .file("c.csv", "where,asking\n\"1 Oak St, Sylva, NC 28779\",7\n"))
                          .body;
    EXPECT_LT(page.find("a_2026-01-10.csv"), page.find("b_2026-01-12.csv"));
    EXPECT_THAT(page, AllOf(HasSubstr("2 files"), HasSubstr("name=\"column-2-0\"")));
    expect_numbers(page, {2, 1, 1, 0, 0, 0, 1});
    for (const auto& done : {followed(import()), site.get(action)})
        EXPECT_THAT(done.body, AllOf(HasSubstr("Imported, but not every file"),
                                     HasSubstr("c.csv: no column tells")));
    EXPECT_EQ(site.db.value<int>("SELECT price FROM properties"), 440'000);
    EXPECT_EQ(count("dreams_imports"), 2);
}

TEST_F(ImportPages, LetAPersonSayTheDayAndWhatToDoWithKnownHomes) {
    upload(redfin + line(1, 450'000));
    import(Form().field("day", "2026-01-15"));
    EXPECT_EQ(site.db.value<std::string>("SELECT observed_at FROM dreams_imports"),
              "2026-01-16T04:59:59Z");
    upload(redfin + line(1, 430'000));
    const auto page = shown_again(Form().field("known", "skip"));
    expect_numbers(page.body, {1, 0, 0, 1});
    EXPECT_THAT(page.body, HasSubstr("value=\"skip\" selected"));
    for (const auto* day : {"2099-01-01", "yesterday", "2026-02-30"})
        EXPECT_EQ(import(Form().field("day", day)).status, 400) << day;
    EXPECT_EQ(import(Form().field("known", "trust")).status, 400);
    EXPECT_EQ(count("dreams_imports"), 1);
}

TEST_F(ImportPages, SayInASentenceWhyAFileCannotBeRead) {
    using Case = std::pair<std::string, std::string>;
    for (const auto& [content, why] :
         {Case{"", "it is empty"},
          Case{std::string("PK\3\4\0", 5), "a picture or a file of another program"},
          Case{"First Name,Last Name\nAda,Sample\n", "a list of people"},
          Case{"<!doctype html><p>hello", "the page shows no home"}}) {
        const auto page = upload(content);
        EXPECT_EQ(page.status, 200);
        EXPECT_THAT(page.body, AllOf(HasSubstr(why), Not(HasSubstr("value=\"import\""))));
        if (!content.starts_with("First"))
            EXPECT_THAT(page.body, AllOf(HasSubstr("Choose another file"),
                                         Not(HasSubstr("Show again with these settings"))));
    }
    EXPECT_EQ(count("dreams_imports"), 0);
}

TEST_F(ImportPages, RefuseAFormThatIsNone) {
    EXPECT_EQ(Form().sent_to(site, "/imports").status, 400) << "no file";
    EXPECT_EQ(Form().file("", "").sent_to(site, "/imports").status, 400) << "none was chosen";
    const auto whole = Form().file("a.csv", redfin + line(1, 5)).body();
    const http::Headers type{{"Content-Type", "multipart/form-data; boundary=xYzZy"}};
    for (std::size_t length = 0; length < whole.size() - 4; ++length)
        EXPECT_EQ(site.ask("POST", "/imports", type, whole.substr(0, length)).status, 400);
    for (const auto* wrong : {"text/csv", "multipart/form-data", "multipart/form-data; boundary=",
                              "multipart/form-data; boundary=other"})
        EXPECT_EQ(site.ask("POST", "/imports", {{"Content-Type", wrong}}, whole).status, 400);
    EXPECT_EQ(count("dreams_imports"), 0);
}

TEST_F(ImportPages, TakeNothingFromAPageOfAnotherSite) {
    for (const auto& foreign : {http::Headers{{"Origin", "https://evil.example"}},
                                http::Headers{{"Sec-Fetch-Site", "cross-site"}}}) {
        EXPECT_EQ(Form().file("a.csv", redfin).sent_to(site, "/imports", foreign).status, 403);
        EXPECT_EQ(site.ask("POST", "/imports/1/undo", foreign).status, 403);
        EXPECT_EQ(site.ask("POST", "/doubtful/join?kept=a&gone=b", foreign).status, 403);
    }
    EXPECT_EQ(site.get("/imports/uploads/x").status, 404);
}

TEST_F(ImportPages, ForgetFilesThatNobodyImportsAfterAnHour) {
    upload(redfin + line(1, 5));
    site.clock.sleep(61min);
    const auto late = import();
    EXPECT_EQ(late.status, 404);
    EXPECT_THAT(late.body, HasSubstr("Choose them again"));
    EXPECT_EQ(site.get(action).status, 404);
}

TEST_F(ImportPages, HaveAddressesThatAreLoadedAgainWithoutHarm) {
    upload(redfin + line(1, 450'000));
    shown_again(Form().field("known", "skip").field("day", "2026-01-15"));
    const auto before = test::dump(site.db);
    EXPECT_THAT(site.get(action).body,
                AllOf(HasSubstr("value=\"skip\" selected"), HasSubstr("value=\"2026-01-15\"")));
    EXPECT_EQ(test::dump(site.db), before);
    import();
    const auto after = test::dump(site.db);
    for (const auto& again : {site.get(action), import()})
        EXPECT_THAT(followed(again).body, HasSubstr("import 1, redfin"))
            << "back, or pressed twice";
    EXPECT_EQ(test::dump(site.db), after);
}

TEST_F(ImportPages, SayWhatSeveralFilesCameTo) {
    const Form three = Form()
                           .file("a_2026-01-10.csv", redfin + line(1, 450'000) + line(2, 7))
                           .file("b_2026-01-12.csv", redfin + line(1, 440'000))
                           .file("c_2026-01-13.csv", redfin + line(3, 440'000));
    upload(three);
    const auto done = import();
    EXPECT_EQ(http::header(done.headers, "Location"), "/imports?done=1%2C2%2C3");
    EXPECT_THAT(site.body("/imports?done=1,2,3"),
                HasSubstr("3 files imported: 3 homes new, 1 changed, 0 the same."));
    upload(three);
    EXPECT_THAT(followed(import()).body,
                HasSubstr("3 files were imported before and changed nothing."));
    EXPECT_EQ(site.get("/imports?done=x").status, 400);
    EXPECT_EQ(site.get("/imports?done=9").status, 404);
    EXPECT_THAT(site.body("/imports"), Not(HasSubstr("files imported")));
}

TEST_F(ImportPages, OfferToUndoAReadingWithOtherColumns) {
    const std::string file = "Street Address;Where;Asking\n1 Elm Rd;Sylva;100000\n";
    upload(file);
    import();
    const auto same = upload(file).body;
    EXPECT_THAT(same, AllOf(HasSubstr("import 1 brought the same already"),
                            Not(HasSubstr("Undo import 1"))));
    const auto otherwise = [] {
        return Form()
            .field("column-0-0", "address")
            .field("column-0-1", "city")
            .field("column-0-2", "price");
    };
    const auto page = shown_again(otherwise()).body;
    expect_numbers(page, {1, 1, 0, 0, 0, 0});
    EXPECT_THAT(page, HasSubstr("name=\"undo\" value=\"1\""));
    const auto undone = shown_again(otherwise().field("undo", "1")).body;
    EXPECT_THAT(undone, AllOf(HasSubstr("Nothing is imported yet"), Not(HasSubstr("Undo import"))));
    EXPECT_EQ(count("properties"), 0);
    import(otherwise());
    EXPECT_EQ(site.db.value<std::string>("SELECT city || ' ' || price FROM properties"),
              "Sylva 100000");
}

TEST_F(ImportPages, AskForTheDayOfAFileWhoseNameHasNone) {
    EXPECT_THAT(upload(redfin + line(1, 5), "homes.csv").body,
                AllOf(HasSubstr("No day in the name of homes.csv"), HasSubstr(">1 line<")));
    EXPECT_THAT(shown_again(Form().field("day", "2026-01-15")).body,
                Not(HasSubstr("No day in the name")));
    std::string seven = redfin;
    for (int i = 1; i < 8; ++i) seven += line(i, 5);
    const auto month = upload(seven, "redfin_2024-09_sylva.csv").body;
    EXPECT_THAT(month,
                AllOf(HasSubstr("as of September 30, 2024, 11:59 pm"),
                      HasSubstr("The first 5 of 7 lines"), Not(HasSubstr("No day in the name"))));
}

TEST_F(ImportPages, SayBeforeAndAfterThatADownloadWasProbablyCutOff) {
    std::string rows = redfin;
    for (int i = 1; i <= 350; ++i) rows += line(i, 100'000 + i);
    const auto* missing = "homes.csv: homes may be missing.";
    EXPECT_THAT(upload(rows).body, AllOf(HasSubstr(missing), HasSubstr("exactly 350 homes")));
    EXPECT_THAT(followed(import()).body, HasSubstr(missing));
    EXPECT_THAT(site.body("/imports/1"), HasSubstr(missing));
    EXPECT_THAT(site.body("/imports"), Not(HasSubstr(missing)));
}

TEST_F(ImportPages, OfTooManyBytesSayHowManyThereMayBeAndLeadBack) {
    const auto before_body = site.dashboard.before_body();
    const auto asked = [&](const std::string& path, std::uint64_t bytes,
                           const std::string& accept = "text/html") {
        http::Request head;
        head.method = "POST";
        head.path = path;
        head.peer = "127.0.0.1";
        head.headers = {{"Host", "localhost:8484"}, {"Accept", accept}};
        return before_body(head, bytes);
    };
    EXPECT_FALSE(asked("/imports", 32u << 20));
    EXPECT_FALSE(asked("/api/v1/properties", 8u << 20));
    const auto page = asked("/imports", (32u << 20) + 1);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->status, 413);
    EXPECT_THAT(page->body,
                AllOf(HasSubstr("The files are larger than 32 MB together; choose fewer."),
                      HasSubstr("href=\"/imports\">Back to the imports")));
    EXPECT_TRUE(http::header(page->headers, "Content-Security-Policy"));
    const auto program = asked("/api/v1/properties", (8u << 20) + 1, "application/json");
    ASSERT_TRUE(program);
    EXPECT_EQ(json::parse(program->body).at("error").at("code").as_string(), "TOO_LARGE");
}

TEST_F(ImportPages, ShowWhatAFileNamesAsText) {
    const auto page = upload(redfin + "MLS Listing,<b>1 Elm</b> & Co,Sylva,NC,28779,5,,,,X,77\n",
                             "<i>a\\\"b.csv");
    EXPECT_THAT(page.body, AllOf(HasSubstr("&lt;b&gt;1 Elm&lt;/b&gt; &amp; Co"),
                                 HasSubstr("&lt;i&gt;a&quot;b.csv"), Not(HasSubstr("<b>1 Elm")),
                                 Not(HasSubstr("<i>a"))));
}

TEST_F(ImportPages, ShowWhatASavedPageSaysAndHowSureThatIs) {
    const auto page =
        upload(test::read_file(DREAMS_ROOT "/tests/fixtures/pages/structured.html"), "home.html");
    expect_numbers(page.body, {1, 1, 0, 0, 0, 0});
    EXPECT_THAT(page.body, AllOf(HasSubstr("structured data"), HasSubstr("95%")));
    EXPECT_EQ(import().status, 303);
    EXPECT_EQ(count("properties"), 1);
}

TEST_F(ImportPages, GoOnWithOlderImportsAndAreThereAsJson) {
    for (int i = 1; i <= 51; ++i) {
        upload(redfin + line(i, 5));
        import();
    }
    const auto first = site.json("/api/v1/imports");
    EXPECT_EQ(first.at("imports").as_array().size(), 50U);
    EXPECT_EQ(first.at("next").as_int64(), 2);
    EXPECT_EQ(site.json("/api/v1/imports?before=2").at("imports").as_array().size(), 1U);
    EXPECT_THAT(site.body("/imports"), HasSubstr("/imports?before=2"));
    EXPECT_EQ(site.json("/api/v1/imports/7").at("import").at("created").as_int64(), 1);
    EXPECT_EQ(site.get("/api/v1/imports/52").status, 404);
}

}  // namespace
}  // namespace dreams::web
