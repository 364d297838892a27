// What services answer: read as JSON, told apart where it is none, and their own word quoted.

#include "sources/json_answer.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace dreams::sources {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string why_unreadable(const std::string& body) {
    try {
        read_json("The service", {.status = 200, .body = body});
    } catch (const Error& error) {
        EXPECT_EQ(error.fault(), Fault::unavailable);
        return error.what();
    }
    return "";
}

std::string own_word_in(const std::string& body) {
    return own_word({.status = 400, .body = body},
                    [](const json::Value& told) { return json::text(told, "message"); });
}

TEST(JsonAnswer, TellsAWebPageFromAnAnswerThatWasCutOff) {
    EXPECT_EQ(why_unreadable(R"({"a":1})"), "");
    EXPECT_EQ(why_unreadable(" <html>Log in</html>"),
              "The service answered with a web page instead of data");
    EXPECT_THAT(why_unreadable(R"({"a":)"), StartsWith("The service's answer was cut off"));
}

TEST(JsonAnswer, QuotesTheServicesOwnWordInWholeLetters) {
    EXPECT_EQ(in_brackets(own_word_in(R"({"message":"no such key"})")), " (no such key)");
    for (const auto* silent : {"", "<p>oops</p>", "{}", R"({"message":" "})"})
        EXPECT_EQ(in_brackets(own_word_in(silent)), "") << silent;
    std::string long_word;
    while (long_word.size() < 400) long_word += "→";
    const auto told = own_word_in(R"({"message":"x)" + long_word + "\"}");
    EXPECT_LE(told.size(), 300u);
    EXPECT_EQ(text::valid_utf8(told), told);
}

}  // namespace
}  // namespace dreams::sources
