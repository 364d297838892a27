#include "base/json.h"
#include "web/match_view.h"

namespace dreams::web {

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

}  // namespace dreams::web
