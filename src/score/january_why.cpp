#include <algorithm>
#include <array>

#include "score/january.h"

namespace dreams::score {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 18> words{{
    {"website_visit", "website visits of the last 7 days"},
    {"property_view", "homes viewed in the last 7 days"},
    {"property_favorite", "favorites, however old"},
    {"saved_search", "saved searches, which January took for sharing"},
    {"call_in", "calls from them, however old"},
    {"text_in", "texts from them"},
    {"recency", "how lately they were on the website"},
    {"intent_factor", "three favorites, or two saved searches"},
    {"price_level", "mean price viewed, against the highest mean of anybody"},
    {"steady_prices", "how little the prices they view differ"},
    {"inbound_share", "the share of all contact that came from them"},
    {"inbound_count", "how often they came, up to ten times"},
    {"heat", "heat by its weight"},
    {"value", "value by its weight"},
    {"relationship", "relationship by its weight"},
    {"stage_factor", "the stage's factor, where January knew the stage"},
    {"rounding", "January kept one decimal"},
    {"clamp", "a score lies between 0 and 100"},
}};

/// Whether a trace is behind the contribution of that name.
bool is_behind(std::string_view name, const Trace& trace, Instant as_of) {
    const bool this_week = trace.at >= as_of - std::chrono::days{7};
    const bool call = trace.act == Act::call_in || trace.act == Act::call_missed_in;
    if (name == "website_visit") return trace.act == Act::website_visit && this_week;
    if (name == "property_view") return trace.act == Act::property_view && this_week;
    if (name == "property_favorite") return trace.act == Act::property_favorite;
    if (name == "saved_search")
        return trace.act == Act::saved_search || trace.act == Act::property_share;
    if (name == "call_in") return call;
    if (name == "price_level" || name == "steady_prices")
        return trace.act == Act::property_view && trace.price > 0;
    if (name == "inbound_share" || name == "inbound_count")
        return call || trace.act == Act::email_in;
    return false;
}

std::vector<std::uint32_t> behind(std::string_view name, const History& history, Instant as_of) {
    std::vector<std::uint32_t> places;
    for (std::uint32_t i = 0; i < history.traces.size(); ++i)
        if (history.traces[i].at <= as_of && is_behind(name, history.traces[i], as_of))
            places.push_back(i);
    std::stable_sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
        return history.traces[a].at > history.traces[b].at;
    });
    return places;
}

}  // namespace

void explain_january(Judgement& judged, const History& history, Instant as_of) {
    for (Explained* score : {&judged.heat, &judged.value, &judged.relationship, &judged.priority})
        for (Contribution& part : score->contributions) {
            part.traces = behind(part.name, history, as_of);
            for (const auto& [name, why] : words)
                if (part.name == name) part.why = why;
        }
}

}  // namespace dreams::score
