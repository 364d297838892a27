#include "base/json.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "base/json_record.h"
#include "model/contact_communication.h"

namespace dreams {
namespace {

TEST(Json, ReadsNumbersHoweverTheyAreWritten) {
    const auto value = json::parse(
        R"({"a":"1,200,000","b":"$450,000","c":"499950.00","d":7,"e":true,"f":"POA","g":null,"h":1e309})");
    EXPECT_EQ(json::integer(value, "a"), 1'200'000);
    EXPECT_EQ(json::integer(value, "b"), 450'000);
    EXPECT_EQ(json::integer(value, "c"), 499'950);
    EXPECT_EQ(json::integer(value, "d"), 7);
    EXPECT_EQ(json::integer(value, "e"), 1);
    for (const auto* key : {"f", "g", "h", "i"})
        EXPECT_EQ(json::integer(value, key), std::nullopt) << key;
}

TEST(Json, KeepsIdsAbove53BitsExact) {
    EXPECT_EQ(json::integer(json::parse(R"({"id":"9007199254740993"})"), "id"), 9007199254740993);
}

TEST(Json, TruthIsReadFromFourSpellings) {
    const auto value = json::parse(R"({"a":1,"b":"false","c":true,"d":"0","e":"perhaps"})");
    EXPECT_EQ(json::truth(value, "a"), true);
    EXPECT_EQ(json::truth(value, "b"), false);
    EXPECT_EQ(json::truth(value, "c"), true);
    EXPECT_EQ(json::truth(value, "d"), false);
    EXPECT_EQ(json::truth(value, "e"), std::nullopt);
}

TEST(Json, AnEmptyListWhereAnObjectWasMeantIsNone) {
    EXPECT_EQ(json::object(json::parse(R"({"socialData":[]})"), "socialData"), nullptr);
}

TEST(Json, GivesANumberAsPeopleWriteIt) {
    EXPECT_EQ(json::text(json::parse("{\"a\":-83.1}"), "a"), "-83.1");
    EXPECT_EQ(json::text(json::parse("{\"a\":489000.0}"), "a"), "489000");
}

TEST(Json, ReplacesBytesThatAreNoUtf8) {
    EXPECT_EQ(json::text(json::parse("{\"a\":\"x\xFFy\"}"), "a"), "x\xEF\xBF\xBDy");
}

TEST(Json, RefusesWhatIsNoJsonWithASentence) {
    for (const auto* text : {"", "<html>", "{\"a\":", "{\"a\":1} trailing"})
        EXPECT_THROW(json::parse(text), Error) << text;
}

TEST(JsonRecord, ComesBackAsItWas) {
    ContactCommunication call;
    call.id = {"call_1"};
    call.lead = {"a\"b"};
    call.direction = Direction::inbound;
    call.occurred_at = *instant_from("2026-01-19T16:00:00Z");
    call.duration_seconds = 61;
    call.status = CommStatus::voicemail;
    const auto back = json::from_json<ContactCommunication>(json::to_json(call));
    EXPECT_EQ(json::to_json(back), json::to_json(call));
    EXPECT_EQ(back.lead, call.lead);
    EXPECT_EQ(back.status, CommStatus::voicemail);
    EXPECT_EQ(back.fub_user_name, std::nullopt);
}

TEST(JsonRecord, SaysWhichColumnIsMissing) {
    EXPECT_THROW(json::from_json<ContactCommunication>(R"({"id":"call_1"})"), Error);
}

TEST(Json, AListOfTextsIsReadAsSuchOrNotAtAll) {
    EXPECT_EQ(json::texts(R"(["a", "b\"c"])"), (std::vector<std::string>{"a", "b\"c"}));
    EXPECT_EQ(json::texts("[]"), std::vector<std::string>{});
    for (const auto* none : {"", "a", "{}", "[1]", R"(["a")", "null"})
        EXPECT_EQ(json::texts(none), std::nullopt) << none;
}

}  // namespace
}  // namespace dreams
