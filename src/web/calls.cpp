#include "web/calls.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "model/call_rules.h"
#include "store/agent_log.h"
#include "store/call_list.h"
#include "templates/calls.h"
#include "templates/calls_done.h"
#include "templates/calls_empty.h"
#include "templates/calls_left_out.h"
#include "templates/calls_passed.h"
#include "templates/calls_ring.h"
#include "templates/calls_row.h"
#include "templates/calls_to_write.h"
#include "web/agent_log.h"
#include "web/response.h"
#include "web/trend.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

constexpr std::size_t shown_at_first = 20;  ///< the rest is behind one tap

/// What was planned for by today; none: nothing.
std::optional<std::string> next_step(const store::CallListEntry& entry) {
    if (entry.next_action.value_or("").empty()) return std::nullopt;
    const auto day = entry.next_action_date.value_or("");
    return "Next step: " + *entry.next_action + (day.empty() ? "" : ", for " + day);
}

html::Safe ring_of(std::int64_t priority) {
    return html::render<templates::calls_ring>(arg<"priority">(priority));
}

void append_row(html::Safe& rows, std::size_t rank, const store::CallListEntry& entry,
                Instant now) {
    html::append<templates::calls_row>(
        rows, arg<"rank">(rank), arg<"id">(entry.lead), arg<"name">(entry.name),
        arg<"phone">(shown_phone(entry.phone)), arg<"tel">(dialled(entry.phone).value_or("")),
        arg<"stage">(entry.stage), arg<"ring">(ring_of(entry.priority)), arg<"heat">(entry.heat),
        arg<"value">(entry.value), arg<"relationship">(entry.relationship),
        arg<"trend">(trend_mark(entry.trend)), arg<"reason">(entry.reason),
        arg<"next">(next_step(entry)), arg<"last_activity">(ago(entry.last_activity_at, now)),
        arg<"last_activity_at">(entry.last_activity_at));
}

html::Safe done_of(Request& request, const std::vector<store::AgentEntry>& done) {
    html::Safe items;
    for (const auto& each : done)
        html::append<templates::calls_done>(
            items, arg<"id">(each.lead), arg<"name">(each.name), arg<"what">(said_of(each.act)),
            arg<"time">(time_text(each.at, request.zone())), arg<"at">(each.at),
            arg<"undo">(undo_address(each.lead, each.id, LogPage::calls)));
    return items;
}

html::Safe to_write_of(const std::vector<store::WriteInstead>& people) {
    html::Safe items;
    for (const auto& each : people)
        html::append<templates::calls_to_write>(
            items, arg<"id">(each.lead), arg<"name">(each.name), arg<"email">(each.email),
            arg<"ring">(ring_of(each.priority)), arg<"reason">(each.reason),
            arg<"why">(each.why == word(NoCall::bad_number) ? "bad number" : each.why));
    return items;
}

html::Safe left_out_of(const std::vector<store::LeftOut>& left_out) {
    html::Safe items;
    for (const auto& passed : left_out) {
        html::Safe names;
        for (const auto& person : passed.first)
            html::append<templates::calls_passed>(names, arg<"id">(person.lead),
                                                  arg<"name">(person.name));
        const auto more = passed.people - std::ssize(passed.first);
        html::append<templates::calls_left_out>(
            items, arg<"why">(passed.why == word(NoCall::bad_number) ? "bad number" : passed.why),
            arg<"people">(passed.people), arg<"names">(names),
            arg<"more">(more > 0 ? std::optional("and " + text::grouped(more) + " more")
                                 : std::nullopt));
    }
    return items;
}

http::Response as_page(Request& request, const store::CallList& list) {
    html::Safe rows, further;
    for (std::size_t i = 0; i < list.entries.size(); ++i)
        append_row(i < shown_at_first ? rows : further, i + 1, list.entries[i], request.now());
    if (list.entries.empty()) {
        const bool people = request.db().value<bool>("SELECT EXISTS (SELECT 1 FROM leads)");
        html::append<templates::calls_empty>(rows, arg<"people">(people));
    }
    const auto done = store::done_on(request.db(), request.today(), request.now());
    const auto content = html::render<templates::calls>(
        arg<"today">(day_text(request.today(), request.today())),
        arg<"count">(counted(std::ssize(list.entries), "person", "people")),
        arg<"kept">(kept_notice(request, LogPage::calls)), arg<"done">(done_of(request, done)),
        arg<"done_count">(done.size()), arg<"rows">(rows), arg<"further">(further),
        arg<"total">(list.entries.size()), arg<"to_write">(to_write_of(list.to_write)),
        arg<"to_write_count">(list.to_write.size()), arg<"left_out">(left_out_of(list.left_out)));
    return page(request, Tab::calls, "Calls", content);
}

http::Response as_json(const store::CallList& list) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true);
    writer.member("count", list.entries.size()).member("calls", list.entries);
    writer.member("write_to", list.to_write).member("left_out", list.left_out).end_object();
    return json(std::move(body));
}

}  // namespace

http::Response get_root(Request& request) {
    if (!request.wants_json()) return get_calls(request);
    std::string body;
    json::Writer writer(body);
    writer.begin_object().member("name", "DREAMS Property API").member("version", DREAMS_VERSION);
    writer.member("status", "running").end_object();
    return json(std::move(body));
}

http::Response get_calls(Request& request) {
    const auto limit = request.number("limit", {.fallback = 50, .least = 1, .most = 200});
    const auto list = store::call_list(request.db(), request.today(), request.now(),
                                       {.limit = static_cast<int>(limit)});
    return request.wants_json() ? as_json(list) : as_page(request, list);
}

}  // namespace dreams::web
