// How the values of an older file are read: every way they were written, and what is left alone.

#include "store/migrate_values.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <map>
#include <set>

#include "base/json.h"
#include "january.h"

namespace dreams::store {
namespace {

/// What a value becomes: its new text, `NULL`, `=` for as it was, `?` for not understood.
std::string becomes(const Reading& reading) {
    switch (reading.verdict) {
        case Verdict::fine:
            return "=";
        case Verdict::unreadable:
            return "?";
        default:
            return reading.text.value_or("NULL");
    }
}

std::string instant(std::string_view value) {
    return becomes(read_instant(value, test::new_york()));
}
std::string date(std::string_view value) {
    return becomes(read_date(value));
}
std::string list(std::string_view value) {
    return becomes(read_list(value));
}
std::string whole(std::string_view value) {
    return becomes(read_whole(value));
}
std::string real(std::string_view value) {
    return becomes(read_real(value));
}

TEST(Instants, OfAllFourFormatsAreInUtc) {
    EXPECT_EQ(instant("2026-01-19 16:00:00"), "2026-01-19T16:00:00Z");
    EXPECT_EQ(instant("2026-01-19T11:00:00.123456"), "2026-01-19T16:00:00Z");
    EXPECT_EQ(instant("2026-07-19T11:00:00.123456"), "2026-07-19T15:00:00Z");
    EXPECT_EQ(instant("2026-01-19T16:00:00Z"), "=");
    EXPECT_EQ(instant("2026-01-19T16:00:00+00:00"), "2026-01-19T16:00:00Z");
}

TEST(Instants, OfOtherWaysToWriteThemAreReadToo) {
    EXPECT_EQ(instant("2026-01-19T11:00:00"), "2026-01-19T16:00:00Z");
    EXPECT_EQ(instant("2026-01-19 11:00:00.5"), "2026-01-19T16:00:00Z") << "Python's str()";
    EXPECT_EQ(instant("2026-01-19T11:00:00-05:00"), "2026-01-19T16:00:00Z");
    EXPECT_EQ(instant("2026-01-19T16:00:00.987Z"), "2026-01-19T16:00:00Z");
    EXPECT_EQ(instant(" 2026-01-19T16:00:00Z "), "2026-01-19T16:00:00Z");
    EXPECT_EQ(instant("2026-01-19"), "2026-01-19T05:00:00Z");
    EXPECT_EQ(instant("1969-12-31T23:59:59Z"), "=");
    EXPECT_EQ(instant("2038-01-19 03:14:08"), "2038-01-19T03:14:08Z");
}

TEST(Instants, OfHoursThatTheClockSkippedOrHadTwiceAreStillOneInstant) {
    EXPECT_EQ(instant("2026-03-08T02:30:00"), "2026-03-08T07:00:00Z");
    EXPECT_EQ(instant("2026-11-01T01:30:00"), "2026-11-01T05:30:00Z");
}

TEST(Instants, ThatAreNoneAreNotMadeUp) {
    for (const auto* text : {"soon", "2026", "19.01.2026", "2026-02-30T10:00:00Z", "1768838400",
                             "2026-01-19T25:00:00", "2026-01-19T16:00", "16:00:00"})
        EXPECT_EQ(instant(text), "?") << text;
    EXPECT_EQ(instant(""), "NULL");
    EXPECT_EQ(instant("  "), "NULL");
}

TEST(Instants, OnceReadAreReadTheSameAgain) {
    const bool holds = rc::check("an instant that was put right needs no putting right", [] {
        const auto seconds = *rc::gen::inRange<std::int64_t>(0, 4'000'000'000);
        std::string text = to_text(Instant{std::chrono::seconds{seconds}});
        const auto form = *rc::gen::inRange(0, 4);
        if (form == 0) text = text.substr(0, 10) + " " + text.substr(11, 8);
        if (form == 1) text = text.substr(0, 19) + ".000001";
        if (form == 2) text = text.substr(0, 19) + "+00:00";
        const auto once = read_instant(text, test::new_york());
        const auto written = once.text.value_or(text);
        RC_ASSERT(written.size() == 20u);
        RC_ASSERT(instant(written) == "=");
        if (form != 1) RC_ASSERT(instant_from(written)->time_since_epoch().count() == seconds);
    });
    EXPECT_TRUE(holds);
}

TEST(Dates, OfAllFourWaysAreOne) {
    for (const auto* text : {"2026/01/09", "01/09/2026", "1/9/2026", "01-09-2026", "1-9-2026",
                             "2026-1-9", " 2026-01-09", "2026-01-09T00:00:00", "1/9/2026 0:00"})
        EXPECT_EQ(date(text), "2026-01-09") << text;
    EXPECT_EQ(date("2026-01-09"), "=");
}

TEST(Dates, WithATimeOfDayKeepTheDateAndAreListed) {
    const auto reading = read_date("2026-01-09 14:30:00");
    EXPECT_EQ(reading.verdict, Verdict::doubtful);
    EXPECT_EQ(reading.text, "2026-01-09");
    EXPECT_FALSE(reading.why.empty());
}

TEST(Dates, ThatAreNoneStay) {
    for (const auto* text : {"Friday", "1/9/26", "13/25/2026", "2026-02-30", "2026-01", "1/9",
                             "9 Jan 2026", "1/9-2026", "2026-01-09x", "00/00/0000"})
        EXPECT_EQ(date(text), "?") << text;
    EXPECT_EQ(date(""), "NULL");
}

TEST(Lists, ThatAreJsonStayToTheLetter) {
    for (const auto* text : {"[]", "[\"a\"]", "[ 1, {\"b\": [2]} ]", "{\"a\": 1}"})
        EXPECT_EQ(list(text), "=") << text;
}

TEST(Lists, OfCommasBecomeArrays) {
    EXPECT_EQ(list("Buyer, Relocation"), R"(["Buyer","Relocation"])");
    EXPECT_EQ(list("Buyer"), R"(["Buyer"])");
    EXPECT_EQ(list("a,, b ,"), R"(["a","b"])");
    EXPECT_EQ(list("say \"hi\", O'Brien"), R"(["say \"hi\"","O'Brien"])");
    EXPECT_EQ(list("12345"), R"(["12345"])") << "an id, though it is JSON already";
    EXPECT_EQ(list("\"x, y\""), R"(["x","y"])");
    EXPECT_EQ(list("true"), R"(["true"])");
}

TEST(Lists, OfPythonBecomeArrays) {
    EXPECT_EQ(list("['Asheville', \"O'Brien\"]"), R"(["Asheville","O'Brien"])");
    const auto nested = read_list("[{'a': 1}]");
    EXPECT_EQ(nested.verdict, Verdict::doubtful);
    EXPECT_EQ(nested.text, R"(["[{'a': 1}]"])");
}

TEST(Lists, OfWebAddressesKeepTheirCommas) {
    EXPECT_EQ(list("https://x.example/1,2.jpg, http://x.example/3.jpg"),
              R"(["https://x.example/1,2.jpg","http://x.example/3.jpg"])");
}

TEST(Lists, ThatSayNothingAreNull) {
    EXPECT_EQ(list(""), "NULL");
    EXPECT_EQ(list("null"), "NULL");
}

TEST(Lists, AreAlwaysJsonAfterwards) {
    const bool holds = rc::check("whatever the text, what comes out is JSON", [] {
        const auto text = *rc::gen::arbitrary<std::string>();
        for (const auto& reading : {read_list(text), read_document(text)}) {
            if (reading.verdict == Verdict::fine)
                json::parse(text);
            else if (reading.text)
                json::parse(*reading.text);
        }
    });
    EXPECT_TRUE(holds);
}

TEST(Documents, ThatAreTextBecomeAJsonString) {
    EXPECT_EQ(becomes(read_document("went \"well\", mostly")), R"("went \"well\", mostly")");
    EXPECT_EQ(becomes(read_document(R"({"a": 1})")), "=");
    EXPECT_EQ(becomes(read_document("12")), "=");
    EXPECT_EQ(becomes(read_document("")), "NULL");
}

TEST(Numbers, AreRoundedHalfAwayFromZero) {
    EXPECT_EQ(whole("47.3"), "47");
    EXPECT_EQ(whole("47.5"), "48");
    EXPECT_EQ(whole("-0.5"), "-1");
    EXPECT_EQ(whole("1e3"), "1000");
    EXPECT_EQ(whole("12"), "=");
    EXPECT_EQ(whole(""), "NULL");
}

TEST(Numbers, AsPeopleWriteMoneyAreRead) {
    EXPECT_EQ(whole("$450,000"), "450000");
    EXPECT_EQ(whole("1,250,000"), "1250000");
    EXPECT_EQ(whole("$1,250,000.75"), "1250001");
    EXPECT_EQ(whole("-$1,000"), "-1000");
    EXPECT_EQ(real("$2.5"), "2.5");
    EXPECT_EQ(real("1,000.5"), "1000.5");
}

TEST(Numbers, ThatAreNoneStay) {
    for (const auto* text : {"POA", "1,2", "12345,678", "450k", "1,234,56", "$", "1e300", "nan",
                             "inf", "1,23a,000", "--5", "3 beds"})
        EXPECT_EQ(whole(text), "?") << text;
    for (const auto* text : {"two and a half", "2,5", ".", "1.2.3"})
        EXPECT_EQ(real(text), "?") << text;
}

// ---- What a column means

TEST(Meanings, AreThoseOfTheDictionary) {
    std::map<Meaning, std::set<std::string_view>> found;
    for (const auto* table : dictionary_tables())
        for (const auto& column : table->columns) found[meaning_of(column)].insert(column.name);
    EXPECT_EQ(found[Meaning::date],
              (std::set<std::string_view>{"list_date", "next_action_date", "showing_date"}));
    EXPECT_EQ(found[Meaning::instant], (std::set<std::string_view>{"completed_at",
                                                                   "created_at",
                                                                   "detected_at",
                                                                   "first_viewed_at",
                                                                   "idx_validated_at",
                                                                   "imported_at",
                                                                   "last_activity_at",
                                                                   "last_monitored_at",
                                                                   "last_score_recorded_at",
                                                                   "last_synced_at",
                                                                   "last_updated",
                                                                   "last_viewed_at",
                                                                   "notion_synced_at",
                                                                   "occurred_at",
                                                                   "opened_at",
                                                                   "recorded_at",
                                                                   "requirements_updated_at",
                                                                   "response_at",
                                                                   "saved_at",
                                                                   "sent_at",
                                                                   "shared_at",
                                                                   "shown_at",
                                                                   "started_at",
                                                                   "suggested_at",
                                                                   "updated_at"}));
}

TEST(Meanings, OfEveryJsonColumnAreListsOrDocuments) {
    for (const auto* table : dictionary_tables())
        for (const auto& column : table->columns) {
            const bool json = column.description.find("JSON") != std::string_view::npos;
            const auto meaning = meaning_of(column);
            EXPECT_EQ(json, meaning == Meaning::list || meaning == Meaning::document)
                << column.name;
        }
}

TEST(NormaliseValues, KeepsWhatARequiredColumnCannotBeWithout) {
    Db db = test::database();
    db.run(
        "INSERT INTO property_changes (id, property_address, change_type, detected_at) "
        "VALUES ('c', '1 Elm', 'price', '')");
    MigrateReport report;
    Ledger ledger(db, test::monday, report);
    for (const auto* table : dictionary_tables())
        normalise_values(db, *table, test::new_york(), ledger);
    EXPECT_EQ(db.value<std::string>("SELECT detected_at FROM property_changes"), "");
    EXPECT_EQ(db.value<std::string>("SELECT why FROM dreams_unresolved"), "empty");
    ASSERT_EQ(report.unresolved.size(), 1u);
    EXPECT_EQ(report.unresolved[0].column, "detected_at");
}

TEST(NormaliseValues, GoesThroughMoreRowsThanItTakesAtOnce) {
    Db db = test::database();
    db.script(R"sql(
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
        INSERT INTO idx_property_cache (mls_number, last_updated)
        SELECT i, '2026-01-19 16:00:00' FROM n)sql");
    MigrateReport report;
    Ledger ledger(db, test::monday, report);
    for (const auto* table : dictionary_tables())
        normalise_values(db, *table, test::new_york(), ledger);
    EXPECT_EQ(db.value<std::int64_t>("SELECT count(*) FROM idx_property_cache "
                                     "WHERE last_updated = '2026-01-19T16:00:00Z'"),
              10000);
    ASSERT_EQ(report.changed.size(), 1u);
    EXPECT_EQ(report.changed[0].rows, 10000);
}

}  // namespace
}  // namespace dreams::store
