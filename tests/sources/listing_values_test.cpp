#include "sources/listing_values.h"

#include <gtest/gtest.h>

namespace dreams::sources {
namespace {

TEST(Cells, AreReadAsTheSpreadsheetShowedThem) {
    EXPECT_EQ(shown_cell("=\"0041\""), "0041");
    EXPECT_EQ(shown_cell("'0042"), "0042");
    EXPECT_EQ(shown_cell("'=1+1"), "=1+1");
    for (const auto* same : {"0041", "'tis", "'", "=\"", "=SUM(A1)", ""})
        EXPECT_EQ(shown_cell(same), same);
}

TEST(Baths, AreOneNumberOrCountedApart) {
    EXPECT_EQ(baths_in("2.5"), 2.5);
    for (const auto* same :
         {"2 full / 1 half", "2 Full, 1 Partial", "2F 1H", "2 full baths 1 half"})
        EXPECT_EQ(baths_in(same), 2.5) << same;
    EXPECT_EQ(baths_in("2 full"), 2.0);
    for (const auto* none : {"1 half", "2 / 1", "2 full / 1 half / 1 half", "full", ""})
        EXPECT_EQ(baths_in(none), std::nullopt) << none;
}

TEST(Number, IsReadHoweverPeopleWriteIt) {
    EXPECT_EQ(whole_in("$2,950,000", Measure::dollars), 2'950'000);
    EXPECT_EQ(whole_in("499950.00", Measure::dollars), 499'950);
    EXPECT_EQ(whole_in("$ 450,000+", Measure::dollars), 450'000);
    EXPECT_EQ(whole_in("$35/mo", Measure::dollars), 35);
    EXPECT_EQ(whole_in("1,176 sq ft", Measure::square_feet), 1'176);
    EXPECT_EQ(whole_in("1,176 Sq. Ft.", Measure::square_feet), 1'176);
    EXPECT_EQ(whole_in("1176.000", Measure::square_feet), 1'176);
    EXPECT_EQ(whole_in("3 beds", Measure::count), 3);
    EXPECT_EQ(whole_in("3.0", Measure::count), 3);
    EXPECT_EQ(number_in("2.25", Measure::baths), 2.25);
    EXPECT_EQ(number_in("-83.2201", Measure::plain), -83.2201);
    EXPECT_EQ(number_in("0.125", Measure::acres), 0.125);
    EXPECT_EQ(number_in(".74", Measure::acres), 0.74);
}

TEST(Number, OfBathsMayHaveAHalf) {
    for (const auto* text : {"2 1/2", "2 1/2 baths", "2½", "2 ½", "2.5 ba"})
        EXPECT_EQ(number_in(text, Measure::baths), 2.5) << text;
    EXPECT_EQ(number_in("1 3/4", Measure::baths), 1.75);
    for (const auto* text : {"21/2", "2 1/8", "2 1/2 1/2", "1 full / 1 half"})
        EXPECT_EQ(number_in(text, Measure::baths), std::nullopt) << text;
}

TEST(Number, OfALotIsOfTheUnitThatIsWritten) {
    EXPECT_EQ(number_in("10,890 sq ft", Measure::acres), 0.25);
    EXPECT_EQ(number_in("0.25 acres", Measure::lot), 10'890);
    EXPECT_EQ(number_in("0.25 ac", Measure::acres), 0.25);
    EXPECT_EQ(number_in("10,890", Measure::lot), 10'890);
    EXPECT_EQ(number_in("0.25 acres", Measure::square_feet), std::nullopt);
    EXPECT_EQ(number_in("1 hectare", Measure::acres), std::nullopt);
}

TEST(Number, IsNoneWhereThereIsNone) {
    for (const auto* text : {"call us", "12A", "", "$", "1.2.3", ".", "-", "1,", ",1", "--1"})
        EXPECT_EQ(number_in(text, Measure::plain), std::nullopt) << text;
    EXPECT_EQ(whole_in("9e99", Measure::dollars), std::nullopt);
    EXPECT_EQ(whole_in("99999999999999999999", Measure::dollars), std::nullopt);
}

TEST(Number, IsNoneWhereItMayBeAnother) {
    for (const auto* text : {"450.000", "4,50,000", "45,00", "1,2345", ",450", "450,", "1.234.567",
                             "$450,000 - $500,000", "450000 500000", "$450,000/$500,000", "450K",
                             "450000 sq ft", "450,000.1.2", "0450,000,00"})
        EXPECT_EQ(whole_in(text, Measure::dollars), std::nullopt) << text;
    for (const auto* text : {"2.5", "2 1/2", "3-4", "3 or 4", "3 baths", "2.000"})
        EXPECT_EQ(whole_in(text, Measure::count), std::nullopt) << text;
}

TEST(Day, IsReadHoweverFilesWriteIt) {
    for (const auto* text :
         {"2022-07-21", "2022-07-21 00:00:00", "07/21/2022", "7/21/2022", "July-21-2022",
          "20220721T000000", "Thu Jul 21 00:00:00 EDT 2022", "Jul 21, 2022"})
        EXPECT_EQ(to_text(day_in(text).value_or(Date{})), "2022-07-21") << text;
    for (const auto* text : {"soon", "13/45/2022", "2022-02-30", "July", "", "0/0/0"})
        EXPECT_EQ(day_in(text), std::nullopt) << text;
}

TEST(Python, BecomesJson) {
    EXPECT_EQ(python_as_json(R"([{'a': None, "b'c": True, 'd': 'it\'s "so"'}])"),
              R"([{"a": null, "b'c": true, "d": "it's \"so\""}])");
    EXPECT_EQ(python_as_json("['open"), std::nullopt);
}

TEST(Python, GivesTheValueMarkedPrimary) {
    EXPECT_EQ(python_value("[{'number': '1'}, {'number': '2', 'primary': True}]", "number"), "2");
    EXPECT_EQ(python_value("[{'number': '1'}, {'number': '2'}]", "number"), "1");
    for (const auto* cell : {"828", "[]", "[{'number': None}]", "[{'number': '1'", "[1, 2]"})
        EXPECT_EQ(python_value(cell, "number"), std::nullopt) << cell;
}

TEST(Nothing, IsSaidInManyWays) {
    for (const auto* cell : {"", " ", "N/A", "nan", "None", "—", "-"})
        EXPECT_TRUE(says_nothing(cell)) << cell;
    EXPECT_FALSE(says_nothing("0"));
}

}  // namespace
}  // namespace dreams::sources
