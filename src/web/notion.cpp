#include "web/notion.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "store/notion_conflicts.h"
#include "store/notion_seen.h"
#include "store/properties.h"
#include "store/sync_runs.h"
#include "templates/notion.h"
#include "templates/notion_conflict.h"
#include "templates/notion_error.h"
#include "templates/notion_field.h"
#include "templates/notion_gone.h"
#include "templates/notion_line.h"
#include "templates/notion_remark.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;
using Text = std::optional<std::string>;

constexpr int errors_shown = 50, decided_shown = 20;

std::string field_of(const std::string& column) {
    const auto* field = notion_field(column);
    return field ? std::string(field->name) : column;
}

/// A home that Notion would not take.
struct Failing {
    PropertyId id;
    Text address, why;
    static constexpr auto columns() {
        return Columns{Column{"id", &Failing::id}, Column{"address", &Failing::address},
                       Column{"sync_error", &Failing::why}};
    }
};

/// All that the page shows.
struct State {
    bool is_set_up = false;
    NotionMapping mapping;
    std::vector<store::NotionConflict> open, decided;
    std::vector<Failing> failing;
    std::vector<PropertyId> gone;
    Text last_run, last_error;
    std::int64_t linked = 0, waiting = 0;
};

State state_of(Request& request) {
    Db& db = request.db();
    State state{.is_set_up = static_cast<bool>(request.options().orders.push_to_notion),
                .mapping = store::notion_mapping(db),
                .open = store::open_notion_conflicts(db),
                .decided = store::decided_notion_conflicts(db, decided_shown)};
    state.failing = db.list<Failing>(R"sql(
        SELECT id, address, sync_error FROM properties WHERE sync_status = 'error'
         ORDER BY address, id LIMIT :limit)sql",
                                     {{"limit", errors_shown}});
    state.gone = store::homes_without_page(db);
    state.linked =
        db.value<std::int64_t>("SELECT count(*) FROM dreams_notion_seen WHERE page_id IS NOT NULL");
    state.waiting =
        db.value<std::int64_t>("SELECT count(*) FROM properties WHERE sync_status = 'pending'");
    const auto run = db.one<SyncLogEntry>(
        "SELECT * FROM sync_log WHERE source = 'notion' ORDER BY id DESC LIMIT 1");
    if (run && run->started_at) {
        state.last_run = moment_text(*run->started_at, request.zone(), request.today());
        state.last_error = run->error_message;
    }
    return state;
}

html::Safe conflicts_of(const State& state) {
    html::Safe rows;
    for (const auto& each : state.open)
        html::append<templates::notion_conflict>(
            rows, arg<"id">(each.id), arg<"home">(each.home),
            arg<"address">(each.address.value_or(each.home.text)),
            arg<"field">(field_of(each.column)), arg<"agreed">(each.agreed), arg<"ours">(each.ours),
            arg<"theirs">(each.theirs), arg<"decided">(Text{}));
    for (const auto& each : state.decided)
        html::append<templates::notion_conflict>(
            rows, arg<"id">(each.id), arg<"home">(each.home),
            arg<"address">(each.address.value_or(each.home.text)),
            arg<"field">(field_of(each.column)), arg<"agreed">(each.agreed), arg<"ours">(each.ours),
            arg<"theirs">(each.theirs),
            arg<"decided">(each.decided == "ours"     ? Text("what stood here was kept")
                           : each.decided == "theirs" ? Text("what stood in Notion was kept")
                                                      : Text("both became the same")));
    return rows;
}

html::Safe gone_of(Request& request, const State& state) {
    html::Safe rows;
    for (const auto& id : state.gone) {
        const auto home = store::property(request.db(), id);
        const auto name = home ? home->listing.address.value_or(id.text) : id.text;
        html::append<templates::notion_gone>(rows, arg<"home">(id), arg<"address">(name));
    }
    return rows;
}

html::Safe lines_of(const std::vector<NotionLine>& lines) {
    html::Safe rows;
    for (const auto& line : lines) {
        const bool whole = line.field.empty();
        const bool here = line.where == "here";
        html::append<templates::notion_line>(
            rows, arg<"address">(line.address),
            arg<"side">(here                     ? "here"
                        : line.where == "notion" ? "in Notion"
                                                 : "nowhere: a conflict"),
            arg<"field">(whole ? std::string(here ? "a new home" : "a new page") : line.field),
            arg<"from">(line.from), arg<"to">(line.to));
    }
    return rows;
}

html::Safe sentences_of(const NotionPreview& preview) {
    html::Safe items;
    for (const auto& remark : preview.remarks)
        html::append<templates::notion_remark>(items, arg<"sentence">(remark));
    return items;
}

/// The properties that fields of ours wait for.
std::string missing_of(const NotionPreview& preview) {
    std::string names;
    for (const auto& each : preview.missing) names += (names.empty() ? "" : ", ") + each.name;
    return names;
}

Text waiting_of(const State& state) {
    if (state.waiting == 0) return std::nullopt;
    return counted(state.waiting, "home waits", "homes wait") + " to be written.";
}

/// `preview`: none where no dry run was asked for.
http::Response as_page(Request& request, const State& state,
                       const std::optional<NotionPreview>& preview) {
    html::Safe fields, errors;
    for (const auto& mapped : state.mapping)
        html::append<templates::notion_field>(fields, arg<"column">(field_of(mapped.column)),
                                              arg<"name">(mapped.name),
                                              arg<"type">(label_of(word(mapped.type))));
    for (const auto& each : state.failing)
        html::append<templates::notion_error>(errors, arg<"home">(each.id),
                                              arg<"address">(each.address.value_or(each.id.text)),
                                              arg<"why">(each.why));
    const auto content = html::render<templates::notion>(
        arg<"set_up">(state.is_set_up), arg<"linked">(counted(state.linked, "home", "homes")),
        arg<"waiting">(waiting_of(state)), arg<"last_run">(state.last_run),
        arg<"last_error">(state.last_error), arg<"conflicts">(conflicts_of(state)),
        arg<"errors">(errors), arg<"gone">(gone_of(request, state)), arg<"fields">(fields),
        arg<"missing">(preview ? missing_of(*preview) : ""), arg<"previewed">(preview.has_value()),
        arg<"lines">(preview ? lines_of(preview->lines) : html::Safe()),
        arg<"remarks">(preview ? sentences_of(*preview) : html::Safe()),
        arg<"database">(request.options().orders.notion_database));
    return page(request, Tab::notion, "Notion", content);
}

http::Response as_json(const State& state) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).key("set_up").truth(state.is_set_up);
    writer.member("linked", state.linked).member("waiting", state.waiting);
    writer.member("mapping", state.mapping).member("conflicts", state.open);
    writer.member("decided", state.decided).member("errors", state.failing);
    writer.member("gone", state.gone).end_object();
    return json(std::move(body));
}

Error not_set_up() {
    return {Fault::unavailable,
            "Notion is not set up here: the settings notion.token and notion.data_source name it."};
}

}  // namespace

http::Response get_notion(Request& request) {
    const auto state = state_of(request);
    return request.wants_json() ? as_json(state) : as_page(request, state, std::nullopt);
}

http::Response post_notion_preview(Request& request) {
    const auto& preview = request.options().orders.preview_notion;
    if (!preview) throw not_set_up();
    const auto found = preview();
    return as_page(request, state_of(request), found);
}

http::Response post_notion_properties(Request& request) {
    const auto& add = request.options().orders.add_to_notion;
    if (!add) throw not_set_up();
    add();
    return see_other("/notion");
}

http::Response post_notion_run(Request& request) {
    const auto& push = request.options().orders.push_to_notion;
    if (!push) throw not_set_up();
    push();
    return see_other("/notion");
}

http::Response post_notion_choice(Request& request) {
    const auto id = text::integer(request.segment());
    if (!id) throw Error(Fault::not_found, "There is no such conflict.");
    auto turn = request.site().writing.take();
    store::choose_in_notion_conflict(turn.db(), *id, request.text("side"), request.by_whom(),
                                     request.now());
    return see_other("/notion");
}

http::Response post_notion_page(Request& request) {
    auto turn = request.site().writing.take();
    store::make_notion_page_anew(turn.db(), {std::string(request.segment())});
    return see_other("/notion");
}

}  // namespace dreams::web
