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

/// Matches as cards. On a person's page the home is told, on a home's the person, in a list both.
html::Safe match_cards(const std::vector<store::MatchLine>& lines, MatchPage where, Instant now);

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
