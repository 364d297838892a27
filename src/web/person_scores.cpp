#include <fmt/format.h>

#include "templates/person_part.h"
#include "templates/person_score.h"
#include "web/person_view.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

html::Safe parts_of(const score::Explained& score) {
    html::Safe parts;
    for (const auto& part : score.contributions)
        html::append<templates::person_part>(
            parts, arg<"name">(label_of(part.name)), arg<"why">(part.why),
            arg<"points">(signed_points(part.points)), arg<"minus">(part.points < 0));
    return parts;
}

/// What is to be said beside a score: that it has been overtaken, else what is usual.
std::optional<std::string> note_of(std::int64_t stored, const score::Explained& score,
                                   std::optional<double> usual) {
    if (stored != score.value)
        return fmt::format("with what has come in since it was scored: {}", score.value);
    if (usual) return fmt::format("7-day average {:.1f}", *usual);
    return std::nullopt;
}

void append_card(html::Safe& cards, std::string_view label, std::string_view kind,
                 std::int64_t stored, const score::Explained& score,
                 std::optional<double> usual = std::nullopt) {
    html::append<templates::person_score>(
        cards, arg<"label">(label), arg<"kind">(kind), arg<"score">(stored),
        arg<"note">(note_of(stored, score, usual)), arg<"total">(fmt::format("{:.2f}", score.raw)),
        arg<"open">(kind == "priority"), arg<"parts">(parts_of(score)));
}

}  // namespace

html::Safe score_cards(const PersonView& view) {
    const auto& scores = view.lead.scores;
    const auto& judged = view.judgement;
    html::Safe cards;
    append_card(cards, "Priority", "priority", scores.priority, judged.priority);
    append_card(cards, "Heat", "heat", scores.heat, judged.heat, scores.heat_7d_avg);
    append_card(cards, "Value", "value", scores.value, judged.value);
    append_card(cards, "Relationship", "relationship", scores.relationship, judged.relationship);
    return cards;
}

}  // namespace dreams::web
