#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/html.h"
#include "store/match_lists.h"

namespace dreams::web {

/// One contribution of a suggestion, as matches.score_breakdown has it.
struct MatchPart {
    std::string name, why;
    double points = 0, of = 0;
};

/// What matches.score_breakdown tells; an older program's is none.
struct MatchBreakdown {
    std::string why;
    double confidence = 0;  ///< 0–1
    bool different = false;
    std::vector<MatchPart> parts;
};
MatchBreakdown breakdown_of(const std::optional<JsonText>& stored);

std::string why_of(const std::optional<JsonText>& stored);  ///< its one sentence; empty: none

/// The page that a match is shown on, and that its forms lead back to.
enum class MatchPage : std::uint8_t { person, home, list };

/// Which part of the list of all matches their forms lead back to, as its address has it.
struct MatchesPart {
    std::string status = "", agent = "", page = "";
};

/// Matches as cards. On a home's page the person is told, elsewhere the home.
html::Safe match_cards(const std::vector<store::MatchLine>& lines, MatchPage where, Instant now,
                       const MatchesPart& part = {});

/// The same under the name of each buyer, whoever has the best one first.
html::Safe buyers_with_matches(const std::vector<store::MatchLine>& lines, Instant now,
                               const MatchesPart& part);

}  // namespace dreams::web

namespace dreams {
template <>
struct Words<web::MatchPage> {
    static constexpr std::array<std::pair<web::MatchPage, std::string_view>, 3> list{
        {{web::MatchPage::person, "person"},
         {web::MatchPage::home, "home"},
         {web::MatchPage::list, "list"}}};
};
}  // namespace dreams
