#include <fmt/format.h>

#include <array>
#include <boost/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "model/contact_event.h"
#include "templates/timeline_day.h"
#include "templates/timeline_item.h"
#include "web/agent_log.h"
#include "web/person_view.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;
using store::TimelineItem;

std::string call_text(bool inbound, std::string_view status) {
    if (status == "voicemail") return inbound ? "Voicemail from them" : "Left a voicemail";
    if (status == "missed") return inbound ? "Missed call from them" : "Called, no answer";
    return inbound ? "Call from them" : "Call to them";
}

/// What the agent said of them; none: it is something else.
std::optional<AgentAct> agent_act_of(const TimelineItem& item) {
    return item.category == "activity" ? from_word<AgentAct>(item.type) : std::nullopt;
}

std::string what_text(const TimelineItem& item) {
    static constexpr std::array<std::pair<EventKind, std::string_view>, 4> events{
        {{EventKind::website_visit, "Visited the website"},
         {EventKind::property_view, "Viewed a home"},
         {EventKind::property_favorite, "Saved a home as a favorite"},
         {EventKind::property_share, "Shared a home"}}};
    if (const auto act = agent_act_of(item)) return std::string(said_of(*act));
    for (const auto& [kind, text] : events)
        if (item.category == "event" && item.type == word(kind)) return std::string(text);
    const bool inbound = item.direction == Direction::inbound;
    if (item.type == "call") return call_text(inbound, item.status.value_or(""));
    if (item.type == "text") return inbound ? "Text from them" : "Text to them";
    if (item.type == "email") return inbound ? "E-mail from them" : "E-mail to them";
    return label_of(item.type);
}

std::string length_text(std::int64_t seconds) {
    if (seconds < 60) return fmt::format("{} s", seconds);
    return fmt::format("{} min {} s", seconds / 60, seconds % 60);
}

void join(std::string& text, std::string_view more) {
    if (more.empty()) return;
    if (!text.empty()) text += " · ";
    text += more;
}

std::string on_day(const std::optional<std::string>& day) {
    return day ? " on " + *day : "";
}

/// What a person wrote or looked for, as far as the source said it in words. What an older program
/// left there and is no JSON says nothing.
std::string activity_detail(std::string_view data) {
    constexpr std::size_t most = 300;  // letters; the whole of it is in Follow Up Boss
    boost::system::error_code no_json;
    const json::Value value = boost::json::parse(data, no_json);
    if (no_json) return {};
    std::string detail;
    if (const auto* home = json::object(value, "property"))
        join(detail, json::text(*home, "street").value_or(""));
    for (const auto* key : {"message", "description", "pageTitle", "note"})
        join(detail, json::text(value, key).value_or(""));
    if (const auto next = json::text(value, "next_action"))
        join(detail, "next step: " + *next + on_day(json::text(value, "next_action_date")));
    if (detail.size() > most) detail = text::valid_utf8(detail.substr(0, most)) + "…";
    return detail;
}

std::string detail_text(const TimelineItem& item) {
    std::string detail = item.property_address.value_or("");
    if (item.property_price) join(detail, money(*item.property_price));
    if (item.duration_seconds && *item.duration_seconds > 0)
        join(detail, length_text(*item.duration_seconds));
    if (item.data) join(detail, activity_detail(item.data->text));
    return detail;
}

html::Safe item_of(const TimelineItem& item, const LeadId& lead, const Zone& zone) {
    const auto undo = agent_act_of(item)
                          ? std::optional(undo_address(lead, ActivityId{item.id}, LogPage::person))
                          : std::nullopt;
    return html::render<templates::timeline_item>(
        arg<"kind">(item.category), arg<"at">(item.occurred_text),
        arg<"time">(item.occurred_at ? time_text(*item.occurred_at, zone) : ""),
        arg<"what">(what_text(item)), arg<"detail">(detail_text(item)),
        arg<"by">(item.fub_user_name), arg<"inbound">(item.direction == Direction::inbound),
        arg<"automated">(item.automated), arg<"undo">(undo));
}

}  // namespace

html::Safe timeline_days(const PersonView& view, const Zone& zone, Date today) {
    html::Safe days, items;
    std::string day;
    const auto close = [&] {
        if (!items.empty())
            html::append<templates::timeline_day>(days, arg<"day">(day), arg<"items">(items));
        items = {};
    };
    for (const auto& item : view.timeline.items) {
        std::string of = item.occurred_at ? day_text(zone.date_of(*item.occurred_at), today)
                                          : "Without a readable time";
        if (of != day) close();
        day = std::move(of);
        items += item_of(item, view.lead.id, zone);
    }
    close();
    return days;
}

}  // namespace dreams::web
