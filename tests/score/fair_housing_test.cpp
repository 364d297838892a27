#include <gmock/gmock.h>

#include <cctype>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <type_traits>

#include "model/history.h"
#include "score/match_market.h"

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

// The matching compares homes with homes. It is given what a house is like and what it costs; of
// where it lies only how far it is from other homes, and whether two lie in one town or county
// (numbers, never names): a buyer's places are those of the homes they looked at, or that they
// named themselves. Nothing tells who lives there, how schools are rated, or who the buyer is.

TEST(FairHousing, AHomeToMatchIsAHouseAndNoNeighborhood) {
    score::MatchHome home;
    auto& [price, beds, baths, sqft, acres, spot, place, region, kind, view, water, has, told,
           listed, drop] = home;
    using Fields = std::tuple<decltype(price), decltype(beds), decltype(baths), decltype(sqft),
                              decltype(acres), decltype(spot), decltype(place), decltype(region),
                              decltype(kind), decltype(view), decltype(water), decltype(has),
                              decltype(told), decltype(listed), decltype(drop)>;
    using Measure = std::optional<double>;
    using Allowed = std::tuple<std::int64_t, Measure, Measure, Measure, Measure,
                               std::optional<score::Spot>, std::uint32_t, std::uint32_t,
                               std::uint32_t, score::Told, score::Told, std::vector<bool>, bool,
                               std::optional<Instant>, std::optional<score::PriceDrop>>;
    static_assert(std::is_same_v<Fields, Allowed>);
    EXPECT_EQ(&home.place, &place);
    EXPECT_EQ(&home.region, &region);
}

TEST(FairHousing, ABuyerIsWhatTheyDidAndWhatTheyAskedFor) {
    score::Buyer buyer;
    auto& [glances, stated, decided] = buyer;
    using Fields = std::tuple<decltype(glances), decltype(stated), decltype(decided)>;
    static_assert(std::is_same_v<Fields, std::tuple<std::vector<score::Glance>, score::Stated,
                                                    std::vector<std::uint32_t>>>);
    auto& [least, most, beds, baths, sqft, acres, places, wanted, unwanted, confidence, said_at] =
        stated;
    using Wishes = std::tuple<decltype(least), decltype(most), decltype(beds), decltype(baths),
                              decltype(sqft), decltype(acres), decltype(places), decltype(wanted),
                              decltype(unwanted), decltype(confidence), decltype(said_at)>;
    using Measure = std::optional<double>;
    using Numbers = std::vector<std::uint32_t>;
    using Dollars = std::optional<std::int64_t>;
    static_assert(
        std::is_same_v<Wishes,
                       std::tuple<Dollars, Dollars, Measure, Measure, Measure, Measure, Numbers,
                                  Numbers, Numbers, Measure, std::optional<Instant>>>);
    score::Glance glance{};
    auto& [home, interest, at, price] = glance;
    static_assert(std::is_same_v<
                  std::tuple<decltype(home), decltype(interest), decltype(at), decltype(price)>,
                  std::tuple<std::uint32_t, score::Interest, Instant, std::int32_t>>);
    EXPECT_EQ(&buyer.glances, &glances);
    EXPECT_EQ(&buyer.decided, &decided);
}

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

/// `text` without what stands between each `open` and the next `close`.
std::string without(std::string text, std::string_view open, std::string_view close) {
    for (auto from = text.find(open); from != std::string::npos; from = text.find(open, from)) {
        const auto to = text.find(close, from + open.size());
        text.replace(from, to == std::string::npos ? to : to + close.size() - from, "\n");
    }
    return text;
}

/// The words that the compiler sees: comments are talk, and texts in quotes are data ("Lead" is
/// the name of a stage, too).
std::set<std::string> words_of(const std::string& text) {
    std::set<std::string> words;
    std::string word;
    for (const char c : without(without(text, "//", "\n"), "\"", "\"")) {
        const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
        if (letter) word += c;
        if (letter || word.empty()) continue;
        words.insert(word);
        word.clear();
    }
    return words;
}

/// The parts of `leads` that are about who somebody is, and columns that tell it.
const std::set<std::string> forbidden = {"Person",
                                         "Preferences",
                                         "Workflow",
                                         "Lead",
                                         "first_name",
                                         "last_name",
                                         "full_name",
                                         "surname",
                                         "language",
                                         "school",
                                         "schools",
                                         "city",
                                         "cities",
                                         "state",
                                         "zip",
                                         "postal_code",
                                         "preferred_cities",
                                         "county",
                                         "address",
                                         "street",
                                         "neighborhood",
                                         "latitude",
                                         "longitude",
                                         "tags",
                                         "lead_type_tags",
                                         "assigned_agent",
                                         "notes",
                                         "gender",
                                         "race",
                                         "religion",
                                         "nationality",
                                         "family",
                                         "children",
                                         "marital",
                                         "age_group",
                                         "phone",
                                         "email",
                                         "external_id",
                                         "property_address",
                                         "source_url",
                                         "school_elementary_rating"};

std::vector<std::string> forbidden_in(const std::string& text) {
    std::vector<std::string> found;
    for (const std::string& word : words_of(text))
        if (forbidden.contains(word)) found.push_back(word);
    return found;
}

TEST(FairHousing, TheRoomOfScoresSpeaksOfNoPersonAndNoPlace) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(DREAMS_ROOT "/src/score")) {
        EXPECT_THAT(forbidden_in(text_of(entry.path())), testing::IsEmpty()) << entry.path();
        ++files;
    }
    EXPECT_GT(files, 20);
}

TEST(FairHousing, TheGuardItselfBites) {
    EXPECT_THAT(forbidden_in("score += person.first_name.size();"),
                testing::ElementsAre("first_name"));
    EXPECT_THAT(forbidden_in("if (lead.city == x)  // by the way\n"), testing::ElementsAre("city"));
    EXPECT_THAT(forbidden_in("int x;  // no city in here\nf(\"city\");"), testing::IsEmpty());
}

TEST(FairHousing, TheRoomOfScoresIncludesOnlyWhatItMay) {
    const std::set<std::string> allowed = {"base/text.h", "base/time.h", "model/history.h",
                                           "model/lead.h"};
    for (const auto& entry : std::filesystem::directory_iterator(DREAMS_ROOT "/src/score")) {
        std::istringstream lines(text_of(entry.path()));
        const std::string include = "#include \"";
        for (std::string line; std::getline(lines, line);) {
            if (!line.starts_with(include)) continue;
            const std::string file = line.substr(include.size(), line.rfind('"') - include.size());
            EXPECT_TRUE(file.starts_with("score/") || allowed.contains(file))
                << entry.path() << " includes " << file;
        }
    }
}

}  // namespace
}  // namespace dreams
