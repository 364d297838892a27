#include "store/traces.h"

#include <algorithm>

#include "base/text.h"
#include "model/contact_communication.h"
#include "model/contact_event.h"
#include "store/history.h"

namespace dreams::store {
namespace {

/// None where an older program wrote no instant: for scores it then lies long ago.
Instant instant(const Statement& row, int column) {
    if (const auto at = instant_from(row.text(column))) return *at;
    return row.get<std::optional<Instant>>(column).value_or(Instant{});
}

/// The number of a home by its MLS number, else its address; 0: neither is known.
std::uint64_t number_of_home(std::string_view name) {
    return name.empty() ? 0 : text::hash(name);
}

std::optional<Act> act_of_event(std::string_view type) {
    const auto kind = from_word<EventKind>(type);
    if (!kind) return std::nullopt;
    switch (*kind) {
        case EventKind::website_visit:
            return Act::website_visit;
        case EventKind::property_view:
            return Act::property_view;
        case EventKind::property_favorite:
            return Act::property_favorite;
        case EventKind::property_share:
            return Act::property_share;
    }
    return std::nullopt;
}

Act act_of_communication(std::string_view type, std::string_view direction, std::string_view status,
                         bool automated) {
    const bool in = direction == word(Direction::inbound);
    if (automated) return Act::automated_out;
    if (type == word(CommKind::text)) return in ? Act::text_in : Act::text_out;
    if (type == word(CommKind::email)) return in ? Act::email_in : Act::email_out;
    // Older programs kept FUB's own words: `No Answer` is a call missed as `missed` is.
    const auto outcome = text::lower(status);
    const bool missed = outcome == "missed" || outcome == "voicemail" || outcome == "no answer" ||
                        outcome == "left message" || outcome == "busy" || outcome == "bad number";
    if (in) return missed ? Act::call_missed_in : Act::call_in;
    return missed ? Act::call_missed_out : Act::call_out;
}

}  // namespace

Trace event_trace(const Statement& row) {
    Trace trace{.at = instant(row, 2),
                .act = act_of_event(row.text(1)).value_or(Act::other_activity)};
    const auto mls = row.text(3);
    trace.home = number_of_home(mls.empty() ? row.text(4) : mls);
    trace.price = static_cast<std::int32_t>(std::clamp<std::int64_t>(row.integer(5), 0, INT32_MAX));
    return trace;
}

Trace communication_trace(const Statement& row, bool automated) {
    Trace trace{.at = instant(row, 2),
                .act = act_of_communication(row.text(1), row.text(3), row.text(4), automated)};
    const auto seconds = std::clamp<std::int64_t>(row.integer(5), 0, 86'400);
    trace.seconds = static_cast<std::uint32_t>(seconds) & 0xff'ffff;
    return trace;
}

Trace activity_trace(const Statement& row) {
    return {.at = instant(row, 2), .act = act_of_activity(row.text(1))};
}

Act act_of_activity(std::string_view type) {
    const auto has = [&](std::string_view part) {
        return type.find(part) != std::string_view::npos;
    };
    if (has("inquiry") || has("showing")) return Act::inquiry;
    if (type == "registration") return Act::registration;
    if (type == "saved_property_search") return Act::saved_search;
    if (type == "property_search") return Act::search;
    if (has("open_house")) return Act::open_house;
    if (type == "unsubscribed") return Act::unsubscribed;
    if (type == "viewed_page") return Act::page_view;
    return Act::other_activity;
}

}  // namespace dreams::store
