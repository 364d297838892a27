// Texts as people and other systems write them.

#include "base/text.h"

#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <limits>

namespace dreams::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto replaced = "\xEF\xBF\xBD";  // U+FFFD

TEST(Trimmed, TakesBlanksOffBothEnds) {
    EXPECT_EQ(trimmed(" \t a b \r\n"), "a b");
    EXPECT_EQ(trimmed(" \n "), "");
    EXPECT_EQ(trimmed(""), "");
}

TEST(Lower, KnowsAsciiLettersOnly) {
    EXPECT_EQ(lower("O'BRIEN É 9"), "o'brien É 9");
    EXPECT_TRUE(same_word("FollowUpBoss", "followupboss"));
    EXPECT_FALSE(same_word("fub", "fubs"));
    EXPECT_FALSE(same_word("[", "{")) << "a letter apart by 32, but no letter";
}

TEST(Split, LeavesEmptyPartsOut) {
    EXPECT_THAT(split("a, b,,  c ,", ','), ElementsAre("a", "b", "c"));
    EXPECT_THAT(split("", ','), IsEmpty());
    EXPECT_THAT(split(" , ", ','), IsEmpty());
    EXPECT_THAT(split("one", ','), ElementsAre("one"));
}

TEST(Integer, TakesTheWholeTextOrNone) {
    EXPECT_EQ(integer("-42"), -42);
    EXPECT_EQ(integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
    for (const auto* text : {"", "+1", " 1", "1 ", "1.0", "0x1", "9223372036854775808", "1e3"})
        EXPECT_EQ(integer(text), std::nullopt) << text;
}

TEST(Number, IsFiniteOrNone) {
    EXPECT_EQ(number("2.5"), 2.5);
    EXPECT_EQ(number("-1e3"), -1000.0);
    for (const auto* text : {"", "1,5", "inf", "nan", "1e309", "2.5 acres", "--1"})
        EXPECT_EQ(number(text), std::nullopt) << text;
}

// ---- UTF-8

TEST(ValidUtf8, LeavesWhatIsValid) {
    for (const auto* text : {"", "plain", "Renée", "李小龍", "😀", "שלום", "e\xCC\x81"})
        EXPECT_EQ(valid_utf8(text), text);
}

TEST(ValidUtf8, ReplacesEveryByteThatIsNone) {
    EXPECT_EQ(valid_utf8("a\xFF"
                         "b"),
              std::string("a") + replaced + "b");
    EXPECT_EQ(valid_utf8("\xC3"), replaced) << "cut off";
    EXPECT_EQ(valid_utf8("\xC0\xAF"), std::string(replaced) + replaced) << "overlong";
    EXPECT_EQ(valid_utf8("\xED\xA0\x80"), std::string(replaced) + replaced + replaced)
        << "a surrogate";
    EXPECT_EQ(valid_utf8("\xF4\x90\x80\x80").substr(0, 3), replaced) << "above U+10FFFF";
    EXPECT_EQ(valid_utf8(std::string_view("a\0b", 3)), std::string("a") + replaced + "b");
}

TEST(ValidUtf8, IsValidWhateverCameIn) {
    const bool holds = rc::check("valid_utf8 of anything is its own valid_utf8", [] {
        const auto bytes = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
        const auto valid = valid_utf8(bytes);
        RC_ASSERT(valid_utf8(valid) == valid);
        RC_ASSERT(valid.find('\0') == std::string::npos);
    });
    EXPECT_TRUE(holds);
}

// ---- Searching

TEST(Folded, FindsNamesWithoutTheirAccents) {
    EXPECT_EQ(folded("Renée O'BRIEN"), "renee o'brien");
    EXPECT_EQ(folded("Müller Ångström Łukasz Škoda Þór"), "muller angstrom lukasz skoda Þor");
    EXPECT_EQ(folded("ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝ"), "aaaaaaceeeeiiiinoooooouuuuy");
}

TEST(Folded, IsTheSameForBothWaysToWriteALetter) {
    EXPECT_EQ(folded("Rene\xCC\x81"), folded("Ren\xC3\xA9"));
}

TEST(Folded, LeavesOtherScriptsAndBrokenBytesAlone) {
    EXPECT_EQ(folded("李 😀"), "李 😀");
    EXPECT_EQ(folded("a\xC3"), "a\xC3");
    const bool holds = rc::check("folding twice is folding once", [] {
        const auto text = *rc::gen::arbitrary<std::string>();
        RC_ASSERT(folded(folded(text)) == folded(text));
    });
    EXPECT_TRUE(holds);
}

TEST(LettersAndDigits, AreWhatIsLeftToCompare) {
    EXPECT_EQ(letters_and_digits("Peña Blvd. #4-B"), "penablvd4b");
    EXPECT_EQ(letters_and_digits("R 124-55 / 07"), "r1245507");
    EXPECT_EQ(letters_and_digits("李 😀 \xFF"), "");
    EXPECT_EQ(letters_and_digits(""), "");
}

// ---- Writing

TEST(JsonArray, EscapesWhatJsonMustNotHold) {
    EXPECT_EQ(json_array({}), "[]");
    EXPECT_EQ(json_array({"a", "say \"hi\"", "back\\slash"}),
              R"(["a","say \"hi\"","back\\slash"])");
    EXPECT_EQ(json_array({"two\nlines\x01"}), R"(["two\u000alines\u0001"])");
    EXPECT_EQ(json_array({"\xFF"}), std::string("[\"") + replaced + "\"]");
}

TEST(Grouped, PutsCommasBetweenThousands) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(999), "999");
    EXPECT_EQ(grouped(1000), "1,000");
    EXPECT_EQ(grouped(-1234567), "-1,234,567");
    EXPECT_EQ(grouped(std::numeric_limits<std::int64_t>::min()), "-9,223,372,036,854,775,808");
}

TEST(Nearest, GuessesWhatWasMeant) {
    const std::vector<std::string> known{"fub.url", "fub.api_key", "idx.pace", "zone"};
    EXPECT_EQ(nearest("fub.apikey", known), "fub.api_key");
    EXPECT_EQ(nearest("zne", known), "zone");
    EXPECT_EQ(nearest("zone", known), "zone");
    EXPECT_EQ(nearest("something else", known), "");
    EXPECT_EQ(nearest("x", {}), "");
}

TEST(Shortened, CutsBetweenCharactersAndCountsItsEnding) {
    EXPECT_EQ(shortened("short", 5, "…"), "short");
    EXPECT_EQ(shortened("longer", 5, "…"), "lo…");
    EXPECT_EQ(shortened("é→🏡 and more", 9, "…"), "é→…");
    EXPECT_EQ(shortened("longer", 2, "…"), "…");
    EXPECT_EQ(shortened("café", 4), "caf") << "no ending";
    EXPECT_EQ(shortened("a\xff", 9), "a\xEF\xBF\xBD");
}

TEST(Hash, IsStable) {
    EXPECT_EQ(hash(""), 14695981039346656037u);
    EXPECT_EQ(hash("a"), 0xaf63dc4c8601ec8cu) << "FNV-1a's own test vector";
    EXPECT_NE(hash("4100001"), hash("4100002"));
}

}  // namespace
}  // namespace dreams::text
