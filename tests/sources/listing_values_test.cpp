#include "sources/listing_values.h"

#include <gtest/gtest.h>

namespace dreams::sources {
namespace {

TEST(Number, IsReadHoweverPeopleWriteIt) {
    EXPECT_EQ(whole_in("$2,950,000"), 2'950'000);
    EXPECT_EQ(whole_in("499950.00"), 499'950);
    EXPECT_EQ(whole_in("1,176 sq ft"), 1'176);
    EXPECT_EQ(number_in("2.25"), 2.25);
    EXPECT_EQ(number_in("-83.2201"), -83.2201);
}

TEST(Number, IsNoneWhereThereIsNone) {
    for (const auto* text : {"call us", "12A", "", "$", "1.2.3", "."})
        EXPECT_EQ(number_in(text), std::nullopt) << text;
    EXPECT_EQ(whole_in("9e99"), std::nullopt);
    EXPECT_EQ(whole_in("99999999999999999999"), std::nullopt);
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
