#include "cli/notion.h"

#include "base/error.h"
#include "base/json_writer.h"
#include "cli/choice.h"
#include "jobs/sync_notion.h"
#include "store/notion_conflicts.h"
#include "store/notion_seen.h"
#include "store/origin.h"
#include "store/schema.h"

namespace dreams::cli {
namespace {

constexpr auto by_whom = "command line";

std::string field_of(const std::string& column) {
    const auto* field = notion_field(column);
    return field ? std::string(field->name) : column;
}

std::string shown(const std::optional<std::string>& value) {
    return value.value_or("(nothing)");
}

int tell_conflicts(const Context& context) {
    Db db = context.open(Db::Mode::read_only);
    const auto open = store::open_notion_conflicts(db);
    if (context.json) {
        print_json("{\"conflicts\":" + json::written(open) + "}");
        return exit_done;
    }
    if (open.empty()) {
        print("Nothing was changed both here and in Notion.");
        return exit_done;
    }
    std::vector<Cells> rows;
    for (const auto& each : open)
        rows.push_back({std::to_string(each.id), each.address.value_or(each.home.text),
                        field_of(each.column), shown(each.agreed), shown(each.ours),
                        shown(each.theirs)});
    print_table({"#No.", "Home", "Field", "Before", "Here", "In Notion"}, rows);
    print("Decide with `dreams sync notion --choose NO=ours` or `NO=theirs`.");
    return exit_done;
}

int choose(const Context& context, const std::vector<std::string>& choices) {
    Db db = context.open();
    for (const auto& each : choices) {
        const auto [id, side] = choice(each);
        store::choose_in_notion_conflict(db, id, side, by_whom, context.now());
    }
    remark(context, "the next `dreams sync notion` carries it out");
    return exit_done;
}

void tell_preview(const NotionPreview& preview) {
    std::vector<Cells> rows;
    for (const auto& line : preview.lines) {
        const std::string side = line.where == "here"     ? "here"
                                 : line.where == "notion" ? "in Notion"
                                                          : "conflict";
        const bool whole = line.field.empty();
        rows.push_back({line.address, side, whole ? "(all)" : line.field, line.from,
                        whole ? (line.where == "here" ? "a new home" : "a new page") : line.to});
    }
    if (rows.empty())
        print("Both sides agree: nothing would change.");
    else
        print_table({"Home", "Changes", "Field", "From", "To"}, rows);
    for (const auto& each : preview.missing)
        print("Notion has no property '" + each.name + "' (" + std::string(word(each.type)) + ").");
    if (!preview.missing.empty()) print("`dreams sync notion --add-missing` adds what is missing.");
    for (const auto& remark : preview.remarks) print(remark + ".");
}

int preview(const Context& context, const SyncArguments& arguments) {
    const auto progress = terminal_progress(context);
    auto notion = notion_source(context.settings, *context.clock, *progress);
    Db db = context.open(Db::Mode::read_only);
    const auto preview = jobs::preview_notion(db, notion, {.full = arguments.full});
    if (!context.json) {
        tell_preview(preview);
        return exit_done;
    }
    std::vector<std::string> missing;
    for (const auto& each : preview.missing) missing.push_back(each.name);
    std::string out;
    json::Writer json(out);
    json.begin_object().member("dry_run", true).member("changes", preview.lines);
    json.member("mapping", preview.mapping).member("missing", missing);
    json.member("remarks", preview.remarks).member("requests", preview.requests).end_object();
    print_json(out);
    return exit_done;
}

int add_missing(const Context& context) {
    const auto progress = terminal_progress(context);
    auto notion = notion_source(context.settings, *context.clock, *progress);
    Db db = context.open();
    const auto names = jobs::add_notion_properties(db, notion);
    if (context.json)
        print_json("{\"added\":" + json::written(names) + "}");
    else
        for (const auto& name : names) print("added '" + name + "'");
    if (names.empty()) remark(context, "nothing is missing");
    return exit_done;
}

}  // namespace

sources::Notion notion_source(const config::Settings& settings, Clock& clock,
                              jobs::Progress& progress) {
    sources::NotionSettings notion{.url = settings.text("notion.url"),
                                   .token = settings.text("notion.token"),
                                   .data_source = settings.text("notion.data_source"),
                                   .version = settings.text("notion.version")};
    if (http::host_of(notion.url).empty())
        throw Error(Fault::invalid, "notion.url is '" + notion.url +
                                        "', which is no address as https://api.notion.com/v1 is");
    return {
        std::move(notion), http::network(), clock,
        [&progress](std::chrono::seconds wait, std::string_view why) {
            progress.note("waiting " + std::to_string(wait.count()) + " s: " + std::string(why));
        }};
}

SyncReport run_notion(const Context& context, Db& db, const jobs::SyncOptions& options,
                      jobs::Progress& progress) {
    store::require_may_send(db, context.settings.text("environment"));
    auto notion = notion_source(context.settings, *context.clock, progress);
    return jobs::sync_notion(db, notion, *context.clock, context.zone(), options, progress);
}

void add_notion_orders(const Context& context, web::Orders& orders) {
    const auto& settings = context.settings;
    if (settings.text("notion.token").empty() || settings.text("notion.data_source").empty())
        return;
    orders.notion_database = sources::notion_id(settings.text("notion.data_source"));
    orders.push_to_notion = [&context]() -> std::int64_t {
        jobs::Progress silence;
        Db db = context.open();
        const auto report = run_notion(context, db, {}, silence);
        if (report.outcome == Outcome::failed) throw Error(Fault::unavailable, report.error);
        return report.counts.created + report.counts.updated;
    };
    orders.preview_notion = [&context] {
        jobs::Progress silence;
        auto notion = notion_source(context.settings, *context.clock, silence);
        Db db = context.open(Db::Mode::read_only);
        return jobs::preview_notion(db, notion, {});
    };
    orders.add_to_notion = [&context] {
        jobs::Progress silence;
        auto notion = notion_source(context.settings, *context.clock, silence);
        Db db = context.open();
        return jobs::add_notion_properties(db, notion);
    };
}

std::optional<int> notion_beside(const Context& context, const SyncArguments& arguments) {
    const bool asked = arguments.conflicts || !arguments.choose.empty() || arguments.add_missing ||
                       !arguments.new_page.empty();
    if (arguments.source != "notion") {
        if (asked)
            throw Error(Fault::invalid,
                        "--conflicts, --choose, --add-missing and --new-page belong to `dreams "
                        "sync notion`");
        return std::nullopt;
    }
    if (arguments.conflicts) return tell_conflicts(context);
    if (!arguments.choose.empty()) return choose(context, arguments.choose);
    if (arguments.add_missing) return add_missing(context);
    if (arguments.dry_run) return preview(context, arguments);
    if (arguments.new_page.empty()) return std::nullopt;
    Db db = context.open();
    store::make_notion_page_anew(db, {arguments.new_page});
    remark(context, "the next `dreams sync notion` makes it");
    return exit_done;
}

}  // namespace dreams::cli
