#include "web/imports.h"

#include <algorithm>
#include <limits>

#include "base/json_writer.h"
#include "base/text.h"
#include "jobs/import.h"
#include "store/doubtful_homes.h"
#include "templates/import.h"
#include "templates/import_doubt.h"
#include "templates/import_home.h"
#include "templates/import_kept.h"
#include "templates/import_line.h"
#include "templates/import_undone.h"
#include "templates/imports.h"
#include "templates/imports_empty.h"
#include "templates/imports_row.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

constexpr int imports_a_page = 50;
constexpr std::int64_t most_told = 100;  // imports that are added up for one message
constexpr int lines_shown = 200;
constexpr int homes_shown = 50;

std::string_view outcome_of(const store::Import& import) {
    return import.undone_at ? "undone" : import.completed_at ? "done" : "interrupted";
}

std::string_view outcome_text(store::RowOutcome outcome) {
    return outcome == store::RowOutcome::created ? "new" : "changed";
}

std::string moment(const Request& request, Instant at) {
    return moment_text(at, request.zone(), request.today());
}

void append_row(html::Safe& rows, const store::Import& n, const Request& request) {
    html::append<templates::imports_row>(
        rows, arg<"id">(n.id), arg<"file">(n.file), arg<"format">(n.format),
        arg<"started">(moment(request, n.started_at)), arg<"started_at">(n.started_at),
        arg<"outcome">(outcome_of(n)), arg<"rows">(text::grouped(n.rows)),
        arg<"created">(text::grouped(n.created)), arg<"updated">(text::grouped(n.updated)),
        arg<"unchanged">(text::grouped(n.unchanged)), arg<"refused">(text::grouped(n.refused)),
        arg<"notices">(text::grouped(n.notices)), arg<"prices">(text::grouped(n.price_changes)),
        arg<"statuses">(text::grouped(n.status_changes)),
        arg<"relistings">(text::grouped(n.relistings)), arg<"undoable">(!n.undone_at));
}

std::optional<std::string> doubts(Db& db) {
    const auto pairs = store::count_doubtful_homes(db);
    if (pairs == 0) return std::nullopt;
    return counted(pairs, "pair of homes", "pairs of homes") + " may be one: have a look";
}

/// Why a file that was imported may not be all there was to download, for as long as it counts.
html::Safe doubt_of(const store::Import& import) {
    html::Safe doubt;
    if (const auto why = jobs::may_lack_homes(import))
        html::append<templates::import_doubt>(doubt, arg<"file">(import.file), arg<"doubt">(*why));
    return doubt;
}

/// The imports that somebody comes from, by `done`.
std::vector<store::Import> done_imports(Request& request) {
    std::vector<store::Import> imports;
    for (const auto& each : text::split(request.text("done"), ',')) {
        const auto id = text::integer(each);
        if (each.empty() || std::ssize(imports) == most_told) continue;
        if (!id) throw Error(Fault::invalid, "'done' is numbers of imports, as 12,13");
        imports.push_back(store::import(request.db(), *id));
    }
    return imports;
}

/// What the imports that somebody comes from came to; none: they come from elsewhere.
std::optional<std::string> just_done(Request& request, const std::vector<store::Import>& done) {
    const auto before = request.number("known", {.fallback = 0, .least = 0, .most = 1000});
    store::Import all;
    for (const auto& import : done) {
        all.created += import.created;
        all.updated += import.updated;
        all.unchanged += import.unchanged;
        all.refused += import.refused;
    }
    const auto files = std::ssize(done);
    if (files + before == 0) return std::nullopt;
    std::string sentence;
    if (files > 0)
        sentence =
            counted(files, "file", "files") +
            " imported: " + counted(all.created, "home", "homes") + " new, " +
            text::grouped(all.updated) + " changed, " + text::grouped(all.unchanged) + " the same" +
            (all.refused ? ", " + counted(all.refused, "line", "lines") + " refused" : "") + ".";
    if (before > 0)
        sentence += (sentence.empty() ? "" : " ") + counted(before, "file was", "files were") +
                    " imported before and changed nothing.";
    return sentence;
}

http::Response list_page(Request& request, const std::vector<store::Import>& imports,
                         std::optional<std::int64_t> next) {
    html::Safe rows;
    for (const auto& import : imports) append_row(rows, import, request);
    const auto older = next
                           ? std::optional(address("/imports", {{"before", std::to_string(*next)}}))
                           : std::nullopt;
    const auto done = done_imports(request);
    html::Safe cut_off;
    for (const auto& import : done) cut_off += doubt_of(import);
    const auto content = html::render<templates::imports>(
        arg<"count">(counted(store::count_imports(request.db()), "import", "imports")),
        arg<"message">(just_done(request, done)), arg<"cut_off">(cut_off),
        arg<"doubtful">(doubts(request.db())), arg<"rows">(rows),
        arg<"empty">(imports.empty() ? html::render<templates::imports_empty>() : html::Safe()),
        arg<"older">(older));
    return page(request, Tab::imports, "Imports", content);
}

std::int64_t number_of(const Request& request) {
    const auto number = text::integer(request.segment());
    if (!number) throw Error(Fault::not_found, "There is no such import.");
    return *number;
}

html::Safe lines_of(const std::vector<store::ImportRow>& lines) {
    html::Safe rows;
    for (const auto& line : lines)
        html::append<templates::import_line>(rows, arg<"line">(line.line),
                                             arg<"outcome">(line.outcome), arg<"why">(line.why));
    return rows;
}

std::optional<std::string> money_text(const std::optional<std::string>& dollars) {
    const auto number = dollars ? text::integer(*dollars) : std::nullopt;
    return number ? std::optional(money(*number)) : dollars;
}

html::Safe homes_of(const std::vector<store::ImportedHome>& homes) {
    html::Safe rows;
    for (const auto& home : homes) {
        const auto name = home.address.value_or(home.id.text);
        const auto price = home.price ? std::optional(money(*home.price)) : std::nullopt;
        html::append<templates::import_home>(
            rows, arg<"id">(home.id), arg<"name">(name), arg<"place">(home.city),
            arg<"outcome">(home.outcome), arg<"what">(outcome_text(home.outcome)),
            arg<"price_before">(money_text(home.price_before)), arg<"price">(price),
            arg<"status_before">(home.status_before), arg<"status">(home.status));
    }
    return rows;
}

http::Response one_page(Request& request, const store::Import& n,
                        const std::vector<store::ImportRow>& lines) {
    const auto hidden = n.refused + n.notices - std::ssize(lines);
    const auto more =
        hidden > 0 ? std::optional("and " + text::grouped(hidden) + " more") : std::nullopt;
    const auto homes = store::imported_homes(request.db(), n.id, homes_shown + 1);
    const auto more_homes = std::ssize(homes) > homes_shown
                                ? std::optional("the first " + std::to_string(homes_shown) +
                                                " of them, those whose price moved first")
                                : std::nullopt;
    const auto undone = n.undone_at ? std::optional(moment(request, *n.undone_at)) : std::nullopt;
    const auto content = html::render<templates::import>(
        arg<"id">(n.id), arg<"file">(n.file), arg<"format">(n.format), arg<"doubt">(doubt_of(n)),
        arg<"outcome">(outcome_of(n)), arg<"started">(moment(request, n.started_at)),
        arg<"observed">(moment(request, n.observed_at)), arg<"undone">(undone),
        arg<"rows">(text::grouped(n.rows)), arg<"created">(text::grouped(n.created)),
        arg<"updated">(text::grouped(n.updated)), arg<"unchanged">(text::grouped(n.unchanged)),
        arg<"refused">(text::grouped(n.refused)), arg<"notices">(text::grouped(n.notices)),
        arg<"prices">(text::grouped(n.price_changes)),
        arg<"statuses">(text::grouped(n.status_changes)),
        arg<"relistings">(text::grouped(n.relistings)), arg<"lines">(lines_of(lines)),
        arg<"homes">(
            homes_of({homes.begin(),
                      homes.begin() + std::min<std::ptrdiff_t>(std::ssize(homes), homes_shown)})),
        arg<"more_homes">(more_homes), arg<"more">(more), arg<"undoable">(!n.undone_at));
    return page(request, Tab::imports, n.file, content);
}

http::Response list_json(const std::vector<store::Import>& imports,
                         std::optional<std::int64_t> next) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("count", imports.size());
    writer.member("imports", imports).member("next", next).end_object();
    return json(std::move(body));
}

http::Response one_json(const store::Import& import, const std::vector<store::ImportRow>& lines) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("import", import);
    writer.member("lines", lines).end_object();
    return json(std::move(body));
}

std::optional<std::string> counted_if_any(std::int64_t number, std::string_view one,
                                          std::string_view many) {
    return number > 0 ? std::optional(counted(number, one, many)) : std::nullopt;
}

}  // namespace

http::Response get_imports(Request& request) {
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const auto before = request.number("before", {.fallback = most, .least = 1, .most = most});
    auto imports = store::imports(request.db(), imports_a_page + 1, before);
    std::optional<std::int64_t> next;
    if (imports.size() > imports_a_page) {
        imports.pop_back();
        next = imports.back().id;
    }
    return request.wants_json() ? list_json(imports, next) : list_page(request, imports, next);
}

http::Response get_import(Request& request) {
    const auto import = store::import(request.db(), number_of(request));
    const auto lines = store::import_remarks(request.db(), import.id, lines_shown);
    return request.wants_json() ? one_json(import, lines) : one_page(request, import, lines);
}

http::Response post_undo_import(Request& request) {
    const auto id = number_of(request);
    const auto report = [&] {
        auto turn = request.site().writing.take();
        return jobs::undo_import(turn.db(), id, request.now());
    }();
    html::Safe kept;
    for (const auto& [why, homes] : report.reasons)
        html::append<templates::import_kept>(kept, arg<"homes">(counted(homes, "home", "homes")),
                                             arg<"why">(why));
    const auto content = html::render<templates::import_undone>(
        arg<"id">(id), arg<"removed">(counted(report.removed, "home", "homes")),
        arg<"restored">(counted_if_any(report.restored, "home", "homes")),
        arg<"values_kept">(counted_if_any(report.values_kept, "value", "values")),
        arg<"homes_kept">(counted_if_any(report.homes_kept, "home", "homes")), arg<"kept">(kept));
    return page(request, Tab::imports, "Import undone", content);
}

}  // namespace dreams::web
