#include "web/syncs.h"

#include <limits>

#include "base/json.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "store/sync_runs.h"
#include "templates/syncs.h"
#include "templates/syncs_empty.h"
#include "templates/syncs_row.h"
#include "templates/tag.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

/// What sync_log.details says, as jobs/sync writes it; an object without members where an older
/// program wrote something else.
json::Value details_of(const SyncLogEntry& run) {
    boost::system::error_code no_json;
    if (!run.details) return json::Object();
    json::Value details = boost::json::parse(run.details->text, no_json);
    if (no_json || !details.is_object()) return json::Object();
    return details;
}

std::string outcome_of(const SyncLogEntry& run, const json::Value& details) {
    if (!run.completed_at) return "running";
    if (const auto said = json::text(details, "outcome")) {
        if (const auto outcome = from_word<Outcome>(*said)) return std::string(word(*outcome));
    }
    if (run.error_message && !run.error_message->empty()) return "failed";
    return std::string(word(run.failed > 0 ? Outcome::partial : Outcome::done));
}

std::string run_took(const SyncLogEntry& run) {
    return run.started_at && run.completed_at ? took_text(*run.started_at, *run.completed_at) : "";
}

/// What an agent should know of the run, and the first records that it refused.
html::Safe notices_of(const json::Value& details) {
    constexpr std::size_t refusals_shown = 10;
    html::Safe notices;
    const auto add = [&](const std::string& text) {
        html::append<templates::tag>(notices, arg<"tag">(text));
    };
    if (const auto* list = json::array(details, "notices"))
        for (const auto& notice : *list)
            if (notice.is_string()) add(std::string(notice.get_string()));
    const auto* refused = json::array(details, "refused");
    if (!refused) return notices;
    for (std::size_t i = 0; i < std::min(refused->size(), refusals_shown); ++i)
        add(json::text((*refused)[i], "what").value_or("a record") +
            " refused: " + json::text((*refused)[i], "why").value_or("no reason is known"));
    if (refused->size() > refusals_shown)
        add("and " + std::to_string(refused->size() - refusals_shown) + " more");
    return notices;
}

void append_row(html::Safe& rows, const SyncLogEntry& run, const Request& request) {
    const auto details = details_of(run);
    const auto unchanged = json::integer(details, "unchanged");
    const auto started =
        run.started_at ? moment_text(*run.started_at, request.zone(), request.today()) : "";
    html::append<templates::syncs_row>(
        rows, arg<"started">(started), arg<"started_at">(run.started_at),
        arg<"source">(name_of_source(run.source)), arg<"kind">(label_of(run.sync_type)),
        arg<"outcome">(outcome_of(run, details)), arg<"took">(run_took(run)),
        arg<"processed">(text::grouped(run.processed)), arg<"created">(text::grouped(run.created)),
        arg<"updated">(text::grouped(run.updated)), arg<"failed">(text::grouped(run.failed)),
        arg<"unchanged">(unchanged ? std::optional(text::grouped(*unchanged)) : std::nullopt),
        arg<"error">(run.error_message), arg<"notices">(notices_of(details)));
}

http::Response as_page(Request& request, const store::SyncRuns& runs) {
    html::Safe rows;
    for (const auto& run : runs.runs) append_row(rows, run, request);
    const auto empty = runs.runs.empty() ? html::render<templates::syncs_empty>() : html::Safe();
    const auto older =
        runs.next ? std::optional(address("/syncs", {{"before", std::to_string(*runs.next)}}))
                  : std::nullopt;
    const auto content =
        html::render<templates::syncs>(arg<"rows">(rows), arg<"empty">(empty), arg<"older">(older));
    return page(request, Tab::syncs, "Syncs", content);
}

http::Response as_json(const store::SyncRuns& runs) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("count", runs.runs.size());
    writer.member("runs", runs.runs).member("next", runs.next).end_object();
    return json(std::move(body));
}

}  // namespace

http::Response get_syncs(Request& request) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const auto before = request.number("before", {.fallback = 0, .least = 1, .most = most});
    const auto runs = store::sync_runs(request.db(), before ? std::optional(before) : std::nullopt);
    return request.wants_json() ? as_json(runs) : as_page(request, runs);
}

}  // namespace dreams::web
