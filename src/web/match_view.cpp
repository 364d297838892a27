#include "web/match_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "model/listing_status.h"
#include "templates/match.h"
#include "templates/match_part.h"
#include "templates/matches_buyer.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;
using Text = std::optional<std::string>;

std::string points_text(double points) {
    return fmt::format("{:.1f}", points);
}

html::Safe parts_of(const MatchBreakdown& told) {
    html::Safe rows;
    for (const auto& part : told.parts)
        html::append<templates::match_part>(
            rows, arg<"name">(label_of(part.name)), arg<"points">(points_text(part.points)),
            arg<"of">(fmt::format("{:g}", part.of)), arg<"why">(part.why));
    return rows;
}

/// `3 bd, 2 ba, 1,800 sq ft, 1.2 ac`.
Text size_text(const store::MatchLine& line) {
    std::vector<std::string> parts;
    if (line.beds) parts.push_back(fmt::format("{} bd", *line.beds));
    if (line.baths) parts.push_back(fmt::format("{:g} ba", *line.baths));
    if (line.sqft) parts.push_back(text::grouped(*line.sqft) + " sq ft");
    if (line.acreage) parts.push_back(fmt::format("{:g} ac", *line.acreage));
    if (parts.empty()) return std::nullopt;
    return fmt::format("{}", fmt::join(parts, ", "));
}

/// `sent 2 days ago`; none: nothing is decided.
Text decided_text(const MatchDecision& decision, Instant now) {
    if (!decision.status || decision.status == MatchStatus::suggested) return std::nullopt;
    const bool sent = decision.status == MatchStatus::sent;
    const auto at = sent ? decision.sent_at : decision.response_at;
    const std::string what = sent                                       ? "sent"
                             : decision.status == MatchStatus::accepted ? "they like it"
                                                                        : "not for them";
    return at ? what + ", " + ago(*at, now) : what;
}

void append_card(html::Safe& cards, const store::MatchLine& line, MatchPage where, Instant now,
                 const MatchesPart& part) {
    const auto& [match, name, agent, priority, address, city, status, price, beds, sqft, baths,
                 acreage] = line;
    const auto told = breakdown_of(match.scores.breakdown);
    const auto state = match.decision.status.value_or(MatchStatus::suggested);
    const bool open = state == MatchStatus::suggested || state == MatchStatus::sent;
    html::append<templates::match>(
        cards, arg<"id">(match.id), arg<"lead">(match.lead), arg<"home">(match.property),
        arg<"name">(name), arg<"address">(address.value_or("Home without an address")),
        arg<"total">(fit_text(match.scores.total.value_or(0))), arg<"why">(told.why),
        arg<"agent">(where == MatchPage::home ? agent : std::nullopt), arg<"place">(city),
        arg<"price">(price ? money(*price) : std::string("Price unknown")),
        arg<"size">(size_text(line)), arg<"sold">(is_for_sale(status) ? std::nullopt : status),
        arg<"suggested">(ago(match.suggested_at, now).value_or("some time ago")),
        arg<"decided">(decided_text(match.decision, now)),
        arg<"confidence">(told.parts.empty()
                              ? std::nullopt
                              : Text(fmt::format("{:.0f} %", 100 * told.confidence))),
        arg<"from">(where), arg<"shows_home">(where != MatchPage::home),
        arg<"shows_person">(where == MatchPage::home), arg<"different">(told.different),
        arg<"may_send">(state == MatchStatus::suggested), arg<"may_answer">(open),
        arg<"may_undo">(state != MatchStatus::suggested), arg<"notes">(match.decision.agent_notes),
        arg<"feedback">(match.decision.lead_feedback), arg<"parts">(parts_of(told)),
        arg<"status">(part.status), arg<"by">(part.agent), arg<"page">(part.page));
}

}  // namespace

MatchBreakdown breakdown_of(const std::optional<JsonText>& stored) {
    MatchBreakdown told;
    if (!stored) return told;
    boost::system::error_code no_json;
    const json::Value value = boost::json::parse(stored->text, no_json);
    if (no_json) return told;
    told.why = json::text(value, "why").value_or("");
    told.confidence = json::number(value, "confidence").value_or(0);
    told.different = json::truth(value, "different").value_or(false);
    if (const auto* parts = json::array(value, "contributions"))
        for (const auto& part : *parts)
            told.parts.push_back(
                {json::text(part, "name").value_or(""), json::text(part, "why").value_or(""),
                 json::number(part, "points").value_or(0), json::number(part, "of").value_or(0)});
    return told;
}

std::string why_of(const std::optional<JsonText>& stored) {
    return breakdown_of(stored).why;
}

html::Safe match_cards(const std::vector<store::MatchLine>& lines, MatchPage where, Instant now,
                       const MatchesPart& part) {
    html::Safe cards;
    for (const auto& line : lines) append_card(cards, line, where, now, part);
    return cards;
}

html::Safe buyers_with_matches(const std::vector<store::MatchLine>& lines, Instant now,
                               const MatchesPart& part) {
    std::vector<std::vector<store::MatchLine>> buyers;
    for (const auto& line : lines) {
        const auto same = [&](const auto& of) { return of.front().match.lead == line.match.lead; };
        const auto known = std::ranges::find_if(buyers, same);
        if (known == buyers.end())
            buyers.push_back({line});
        else
            known->push_back(line);
    }
    html::Safe sections;
    for (const auto& of : buyers)
        html::append<templates::matches_buyer>(
            sections, arg<"id">(of.front().match.lead), arg<"name">(of.front().name),
            arg<"agent">(of.front().agent),
            arg<"matches">(match_cards(of, MatchPage::list, now, part)));
    return sections;
}

}  // namespace dreams::web
