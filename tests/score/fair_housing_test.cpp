#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <type_traits>

#include "model/history.h"

namespace dreams {
namespace {

// The Fair Housing Act holds for software too. Nothing that tells who a person is or where they
// come from may be an input to a score: no name, language, family, religion, school or place.
// Whoever adds a field to History or Trace breaks this file, and has to argue here why the new
// field tells what somebody does and not who they are.

TEST(FairHousing, AHistoryHoldsWhatSomebodyDidAndNothingElse) {
    History history;
    auto& [lead, stage, source, created_at, last_activity_elsewhere, traces, ids] = history;
    using Fields =
        std::tuple<decltype(lead), decltype(stage), decltype(source), decltype(created_at),
                   decltype(last_activity_elsewhere), decltype(traces), decltype(ids)>;
    using Allowed =
        std::tuple<LeadId, std::string, std::string, std::optional<Instant>, std::optional<Instant>,
                   std::vector<Trace>, std::vector<std::string>>;
    static_assert(std::is_same_v<Fields, Allowed>);
    EXPECT_EQ(&history.stage, &stage);
    EXPECT_EQ(&history.source, &source);
    EXPECT_EQ(&history.ids, &ids);
}

TEST(FairHousing, ATraceHoldsWhenWhatHowLongAndAtWhatPriceAndNothingElse) {
    Trace trace;
    auto& [at, act, seconds, price, home] = trace;
    using Fields =
        std::tuple<decltype(at), decltype(act), decltype(seconds), decltype(price), decltype(home)>;
    using Allowed = std::tuple<Instant, Act, std::uint32_t, std::int32_t, std::uint64_t>;
    static_assert(std::is_same_v<Fields, Allowed>);
    EXPECT_EQ(&trace.price, &price);
    EXPECT_EQ(&trace.home, &home);
}

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

/// The lines of code in `text`, comments left out.
std::string code_of(const std::string& text) {
    return std::regex_replace(text, std::regex("//[^\n]*"), "");
}

const std::regex forbidden(
    R"(\b(Person|Preferences|Lead|first_name|last_name|full_name|surname|language|school\w*|city|cities|preferred_\w+|zip|postal\w*|county|address|street|neighbou?rhood|latitude|longitude|tags|lead_type_tags|assigned_agent|notes|gender|race|religion|nationality|family|children|marital|age_group|email_address|phone)\b)");

TEST(FairHousing, TheRoomOfScoresSpeaksOfNoPersonAndNoPlace) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(DREAMS_ROOT "/src/score")) {
        // "Lead" is also the name of a stage: texts in quotes are data, not columns.
        const std::string code =
            std::regex_replace(code_of(text_of(entry.path())), std::regex("\"[^\"\n]*\""), "\"\"");
        std::smatch found;
        EXPECT_FALSE(std::regex_search(code, found, forbidden))
            << entry.path() << ": " << found.str();
        ++files;
    }
    EXPECT_GT(files, 20);
}

TEST(FairHousing, TheGuardItselfBites) {
    EXPECT_TRUE(std::regex_search("score += person.first_name.size();", forbidden));
    EXPECT_TRUE(std::regex_search("if (lead.city == x)", forbidden));
    EXPECT_FALSE(std::regex_search(code_of("int x;  // no city in here\n"), forbidden));
}

TEST(FairHousing, TheRoomOfScoresIncludesOnlyWhatItMay) {
    const std::regex include("#include \"([^\"]+)\"");
    for (const auto& entry : std::filesystem::directory_iterator(DREAMS_ROOT "/src/score")) {
        const std::string text = text_of(entry.path());
        for (std::sregex_iterator each(text.begin(), text.end(), include), end; each != end; ++each)
            EXPECT_THAT(
                (*each)[1].str(),
                testing::MatchesRegex("(score/.+|base/(text|time).h|model/(history|lead).h)"))
                << entry.path();
    }
}

}  // namespace
}  // namespace dreams
