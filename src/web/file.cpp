#include "web/file.h"

#include <array>
#include <filesystem>

#include "base/json_writer.h"
#include "base/text.h"
#include "store/merge.h"
#include "store/origin.h"
#include "store/restore.h"
#include "store/schema.h"
#include "templates/file.h"
#include "templates/file_conflict.h"
#include "templates/file_other.h"
#include "templates/file_table.h"
#include "web/other_files.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {

/// What somebody wanted to look at that is no longer there.
enum class Gone : std::uint8_t { backup, file };

}  // namespace dreams::web

template <>
struct dreams::Words<dreams::web::Gone> {
    using G = dreams::web::Gone;
    static constexpr std::array<std::pair<G, std::string_view>, 2> list{
        {{G::backup, "backup"}, {G::file, "file"}}};
};

namespace dreams::web {
namespace {

using html::arg;
using Text = std::optional<std::string>;
using Tables = std::vector<store::TableComparison>;

/// All that the page shows.
struct State {
    std::int64_t bytes = 0;
    std::optional<store::Origin> origin;
    Text why_not_sending;
    std::vector<OtherFile> others;
    std::vector<store::MergeConflict> conflicts;
};

State state_of(Request& request) {
    const auto& options = request.options();
    State state{.bytes = static_cast<std::int64_t>(std::filesystem::file_size(options.database)),
                .origin = store::origin(request.db()),
                .others = other_files(options),
                .conflicts = store::open_merge_conflicts(request.db())};
    if (state.origin)
        state.why_not_sending = store::why_not_sending(request.db(), options.environment);
    return state;
}

// ---- As a page

/// A file by its name, with what a comparison with it found.
struct Compared {
    std::string with;
    Tables tables;
};

/// What a person knows the row by.
std::string name_of(Db& db, const store::MergeConflict& conflict) {
    const auto name = [&](const char* sql) {
        return db.one<std::string>(sql, {{"id", conflict.row}}).value_or(conflict.row);
    };
    if (conflict.table == "leads")
        return name(
            "SELECT trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')) FROM "
            "leads WHERE id = :id");
    if (conflict.table == "properties")
        return name("SELECT coalesce(address, id) FROM properties WHERE id = :id");
    return conflict.row;
}

std::string page_of(const store::MergeConflict& conflict) {
    if (conflict.table == "leads") return "/people/" + conflict.row;
    return conflict.table == "properties" ? "/properties/" + conflict.row : "";
}

html::Safe conflicts_of(Request& request, const State& state) {
    html::Safe rows;
    for (const auto& each : state.conflicts)
        html::append<templates::file_conflict>(
            rows, arg<"id">(each.id), arg<"name">(name_of(request.db(), each)),
            arg<"url">(page_of(each)), arg<"field">(label_of(each.column)), arg<"ours">(each.ours),
            arg<"theirs">(each.theirs),
            arg<"found">(moment_text(each.found_at, request.zone(), request.today())));
    return rows;
}

html::Safe others_of(Request& request, const State& state, bool proved) {
    html::Safe rows;
    for (const auto& each : state.others)
        if (each.is_proved() == proved)
            html::append<templates::file_other>(
                rows, arg<"name">(each.name),
                arg<"made">(moment_text(each.at, request.zone(), request.today())),
                arg<"made_at">(each.at), arg<"size">(each.is_here() ? size_text(each.bytes) : ""),
                arg<"rows">(proved && each.is_here() ? counted(each.rows, "row", "rows") : ""),
                arg<"here">(each.is_here()));
    return rows;
}

/// What a table holds, in the schema's words; empty: it is none of ours.
std::string_view purpose_of(std::string_view table) {
    for (const auto* tables : {&store::dictionary_tables(), &store::side_tables()})
        for (const auto* spec : *tables)
            if (spec->name == table) return spec->purpose;
    return "";
}

html::Safe tables_of(const std::optional<Compared>& compared) {
    html::Safe rows;
    if (!compared) return rows;
    for (const auto& table : compared->tables)
        html::append<templates::file_table>(
            rows, arg<"name">(table.table), arg<"purpose">(purpose_of(table.table)),
            arg<"here">(text::grouped(table.a)), arg<"there">(text::grouped(table.b)),
            arg<"same">(table.identical()),
            arg<"difference">(
                table.identical() ? "" : store::difference(table, "this file", "the other")));
    return rows;
}

Text when(const Request& request, const std::optional<Instant>& at) {
    if (!at) return std::nullopt;
    return moment_text(*at, request.zone(), request.today());
}

/// Why somebody who wanted to compare is back on the page without a comparison.
Text gone_text(const Request& request, const State& state) {
    const auto gone = request.word_if<Gone>("gone");
    if (!gone) return std::nullopt;
    const auto newest = std::ranges::find_if(state.others, &OtherFile::is_proved);
    if (gone == Gone::file || newest == state.others.end())
        return "That file is no longer there. Those that are stand below.";
    return "That backup was replaced by the one of " + *when(request, newest->at) + ".";
}

http::Response as_page(Request& request, const State& state,
                       const std::optional<Compared>& compared) {
    const auto origin = state.origin.value_or(store::Origin{});
    const auto why = state.why_not_sending
                         ? Text(request.site().connections.without_path(*state.why_not_sending))
                         : std::nullopt;
    const auto content = html::render<templates::file>(
        arg<"name">(request.site().connections.file_name()), arg<"size">(size_text(state.bytes)),
        arg<"environment">(request.options().environment), arg<"why_not">(why),
        arg<"gone">(gone_text(request, state)),
        arg<"sends_since">(why ? std::nullopt : when(request, origin.claimed_at)),
        arg<"copied">(when(request, origin.copied_at)),
        arg<"merged">(when(request, origin.merged_at)),
        arg<"conflicts">(conflicts_of(request, state)),
        arg<"backups">(others_of(request, state, true)),
        arg<"kept">(others_of(request, state, false)), arg<"with">(compared ? compared->with : ""),
        arg<"same">(compared && store::same(compared->tables)), arg<"tables">(tables_of(compared)));
    return page(request, Tab::file, "The file", content);
}

// ---- As JSON

http::Response as_json(Request& request, const State& state) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true);
    writer.member("file", request.site().connections.file_name()).member("bytes", state.bytes);
    writer.member("environment", request.options().environment);
    if (state.origin) {
        writer.member("lineage", state.origin->lineage).member("copy", state.origin->copy);
        writer.member("copied_at", state.origin->copied_at);
        writer.member("merged_at", state.origin->merged_at);
    }
    writer.key("may_send").truth(state.origin && !state.why_not_sending);
    writer.key("others").begin_array();
    for (const auto& each : state.others) {
        writer.begin_object().member("name", each.name).member("made_at", each.at);
        writer.member("bytes", each.bytes).key("proved").truth(each.is_proved());
        writer.end_object();
    }
    writer.end_array().member("conflicts", state.conflicts).end_object();
    return json(std::move(body));
}

http::Response as_json(const Compared& compared) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("with", compared.with);
    writer.key("same").truth(store::same(compared.tables));
    store::write_comparison(writer, compared.tables);
    writer.end_object();
    return json(std::move(body));
}

/// Only a file that the page names: nobody looks for others by way of it. Throws
/// Error{not_found}: it names none, or the file went while it was looked at.
Compared compare_with(Request& request, const std::string& name, const State& state) {
    const auto other = std::ranges::find(state.others, name, &OtherFile::name);
    if (other == state.others.end() || !other->is_here())
        throw Error(Fault::not_found, "There is no file '" + name + "' to compare with.");
    const auto& options = request.options();
    try {
        store::OpenedBackup opened(other->path, options.database, options.backup_key);
        return {name, store::compare(request.db(), opened.db())};
    } catch (const Error& error) {
        std::string sentence = error.what();
        for (auto at = sentence.find(other->path); at != std::string::npos;
             at = sentence.find(other->path))
            sentence.replace(at, other->path.size(), name);
        throw Error(error.fault() == Fault::invalid ? Fault::conflict : error.fault(), sentence);
    }
}

}  // namespace

http::Response get_file(Request& request) {
    const auto state = state_of(request);
    return request.wants_json() ? as_json(request, state) : as_page(request, state, std::nullopt);
}

http::Response post_compare(Request& request) {
    const auto state = state_of(request);
    const auto name = request.text("with");
    try {
        const auto compared = compare_with(request, name, state);
        return request.wants_json() ? as_json(compared) : as_page(request, state, compared);
    } catch (const Error& error) {
        if (error.fault() != Fault::not_found || request.wants_json()) throw;
        const auto gone = name.find(".db.zst") == std::string::npos ? Gone::file : Gone::backup;
        return see_other(address("/file", {{"gone", std::string(word(gone))}}));
    }
}

http::Response post_claim(Request& request) {
    auto turn = request.site().writing.take();
    store::claim(turn.db(), request.options().environment, request.now());
    return see_other("/file");
}

http::Response post_merge_choice(Request& request) {
    const auto id = text::integer(request.segment());
    if (!id) throw Error(Fault::not_found, "There is no such conflict.");
    auto turn = request.site().writing.take();
    store::choose_in_merge_conflict(turn.db(), *id, request.text("side"), request.by_whom(),
                                    request.now());
    return see_other("/file");
}

}  // namespace dreams::web
