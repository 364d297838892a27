#include "base/json_writer.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "base/json.h"
#include "base/text.h"

namespace dreams::json {
namespace {

using namespace std::chrono_literals;

enum class Mood { calm, keen };

struct Tag {
    std::string text;
};
struct List {
    std::string text;
    static constexpr bool holds_json = true;
};
struct Reach {
    std::optional<std::string> phone;
    static constexpr auto columns() { return Columns{Column{"phone", &Reach::phone}}; }
};
struct Somebody {
    Tag id{"7"};
    std::string name = "Ann";
    Reach reach;
    Mood mood = Mood::keen;
    double score = 57.31;
    std::int64_t views = 3;
    bool asked = true;
    Instant seen = Instant{std::chrono::sys_days{2026y / 1 / 19} + 16h};
    Date day{std::chrono::local_days{2026y / 1 / 20}};
    std::optional<List> tags{List{R"(["a",1])"}};

    static constexpr auto columns() {
        return Columns{
            Column{"id", &Somebody::id},
            Column{"name", &Somebody::name},
            Part{&Somebody::reach},
            Column{"mood", &Somebody::mood},
            Column{"score", &Somebody::score},
            Column{"views", &Somebody::views},
            Column{"asked", &Somebody::asked},
            Column{"seen", &Somebody::seen},
            Column{"day", &Somebody::day},
            Column{"tags", &Somebody::tags},
        };
    }
};

}  // namespace
}  // namespace dreams::json

template <>
struct dreams::Words<dreams::json::Mood> {
    static constexpr std::array<std::pair<json::Mood, std::string_view>, 2> list{
        {{json::Mood::calm, "calm"}, {json::Mood::keen, "keen"}}};
};

namespace dreams::json {
namespace {

TEST(JsonWriter, PutsCommasBetweenValuesAndNowhereElse) {
    std::string out;
    Writer json(out);
    json.begin_object().key("a").begin_array().integer(1).begin_array().end_array();
    json.begin_object().end_object().null().truth(false).end_array();
    json.key("b").begin_object().member("c", "d").member("e", 2).end_object().end_object();
    EXPECT_EQ(out, R"({"a":[1,[],{},null,false],"b":{"c":"d","e":2}})");
}

TEST(JsonWriter, AppendsToWhatIsThere) {
    std::string out = "x=";
    Writer(out).integer(-9'223'372'036'854'775'807 - 1);
    EXPECT_EQ(out, "x=-9223372036854775808");
}

TEST(JsonWriter, WritesARecordAsAnObjectOfItsColumns) {
    EXPECT_EQ(written(Somebody{}),
              R"({"id":"7","name":"Ann","phone":null,"mood":"keen","score":57.31,"views":3,)"
              R"("asked":true,"seen":"2026-01-19T16:00:00Z","day":"2026-01-20","tags":["a",1]})");
}

TEST(JsonWriter, WritesRangesOfRecordsAndOfOptionals) {
    EXPECT_EQ(written(std::vector<Reach>{{}, {"828"}}), R"([{"phone":null},{"phone":"828"}])");
    EXPECT_EQ(written(std::vector<std::optional<int>>{1, std::nullopt}), "[1,null]");
    EXPECT_EQ(written(std::vector<bool>{true, false}), "[true,false]");
}

TEST(JsonWriter, WritesAColumnThatHoldsNoJsonAsAString) {
    EXPECT_EQ(written(List{"a, b"}), R"("a, b")");
    EXPECT_EQ(written(List{"[1,2"}), R"("[1,2")");
    EXPECT_EQ(written(List{"[1] [2]"}), R"("[1] [2]")");
    EXPECT_EQ(written(List{"[\"\xff\"]"}), "\"[\\\"\xEF\xBF\xBD\\\"]\"");
    EXPECT_EQ(written(List{" "}), "null");
    EXPECT_EQ(written(List{"{\"a\":null}"}), "{\"a\":null}");
}

TEST(JsonWriter, EscapesWhatJsonDoesNotAllowInAString) {
    EXPECT_EQ(written(std::string("\"\\\n\r\t\x01\x1f/")), R"("\"\\\n\r\t\u0001\u001f/")");
    EXPECT_EQ(written("Zoë 🏠"), "\"Zoë 🏠\"");
    EXPECT_EQ(written(std::string("a\0b\xc3", 4)),
              "\"a\xEF\xBF\xBD"
              "b\xEF\xBF\xBD\"");
}

TEST(JsonWriter, WritesNumbersAsShortAsTheyReadBack) {
    EXPECT_EQ(written(0.1), "0.1");
    EXPECT_EQ(written(57.0), "57");
    EXPECT_EQ(written(1.0 / 3), "0.3333333333333333");
    EXPECT_EQ(written(std::nan("")), "null");
    EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null");
}

RC_GTEST_PROP(JsonWriter, AnyTextReadsBackAsItsValidForm, (const std::string& text)) {
    std::string out;
    Writer(out).begin_array().string(text).end_array();
    const Value read = parse(out);
    RC_ASSERT(std::string_view(read.as_array().at(0).as_string()) == text::valid_utf8(text));
}

}  // namespace
}  // namespace dreams::json
