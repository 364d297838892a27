#include "web/calls.h"

#include "base/json_writer.h"
#include "store/call_list.h"
#include "templates/calls.h"
#include "templates/calls_empty.h"
#include "templates/calls_left_out.h"
#include "templates/calls_row.h"
#include "templates/calls_to_write.h"
#include "web/response.h"
#include "web/trend.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

void append_row(html::Safe& rows, int rank, const store::CallListEntry& entry, Instant now) {
    html::append<templates::calls_row>(
        rows, arg<"rank">(rank), arg<"id">(entry.lead), arg<"name">(entry.name),
        arg<"phone">(shown_phone(entry.phone)), arg<"tel">(dialled(entry.phone).value_or("")),
        arg<"stage">(entry.stage), arg<"priority">(entry.priority), arg<"heat">(entry.heat),
        arg<"value">(entry.value), arg<"relationship">(entry.relationship),
        arg<"trend">(trend_mark(entry.trend)), arg<"reason">(entry.reason),
        arg<"last_activity">(ago(entry.last_activity_at, now)),
        arg<"last_activity_at">(entry.last_activity_at));
}

http::Response as_page(Request& request, const store::CallList& list) {
    html::Safe rows, to_write, left_out;
    int rank = 0;
    for (const auto& entry : list.entries) append_row(rows, ++rank, entry, request.now());
    if (list.entries.empty()) {
        const bool people = request.db().value<bool>("SELECT EXISTS (SELECT 1 FROM leads)");
        html::append<templates::calls_empty>(rows, arg<"people">(people));
    }
    for (const auto& each : list.to_write)
        html::append<templates::calls_to_write>(
            to_write, arg<"id">(each.lead), arg<"name">(each.name), arg<"email">(each.email),
            arg<"priority">(each.priority), arg<"reason">(each.reason), arg<"why">(each.why));
    for (const auto& passed : list.left_out)
        html::append<templates::calls_left_out>(left_out, arg<"why">(passed.why),
                                                arg<"people">(passed.people));
    const auto content = html::render<templates::calls>(
        arg<"today">(day_text(request.today(), request.today())),
        arg<"count">(counted(std::ssize(list.entries), "person", "people")), arg<"rows">(rows),
        arg<"to_write">(to_write), arg<"left_out">(left_out));
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
