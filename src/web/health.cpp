#include "web/health.h"

#include <fmt/format.h>

#include <iterator>

#include "base/json_writer.h"
#include "store/disk_room.h"
#include "store/freshness.h"
#include "store/schema.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

std::optional<std::int64_t> age(const std::optional<Instant>& then, Instant now) {
    if (!then) return std::nullopt;
    return std::max<std::int64_t>(0, (now - *then).count());
}

void write_sources(json::Writer& writer, const std::vector<store::Freshness>& sources,
                   Instant now) {
    writer.key("sources").begin_object();
    for (const auto& source : sources) {
        writer.key(source.source).begin_object();
        writer.member("last_success", source.last_success);
        writer.member("newest_record", source.newest_record);
        writer.member("newest_record_age_seconds", age(source.newest_record, now));
        writer.member("stale", store::is_stale(source, now)).end_object();
    }
    writer.end_object();
}

/// How the file is, and how that is answered: whoever keeps what they have until we are well again
/// (the extension) goes by the status.
struct State {
    std::string_view word = "healthy";
    int status = 200;
    std::string reason;
};

State state_of(const std::string& database, const std::string& unreadable) {
    if (!unreadable.empty()) return {"unhealthy", 503, unreadable};
    if (const auto why = store::why_not_writable(database); !why.empty())
        return {"degraded", 503, "nothing can be written: " + why};
    const auto room = store::disk_room(database);
    if (room.enough()) return {};
    const auto size = [](std::uintmax_t bytes) {
        return size_text(static_cast<std::int64_t>(bytes));
    };
    return {"degraded", 200,
            size(room.free) + " are free on the disk, and backups want " + size(room.wanted)};
}

void append_figures(std::string& text, Db& db, Instant now) {
    const auto out = std::back_inserter(text);
    const auto sizes = store::sizes(db);
    for_each_column(sizes, [&](const char* name, std::int64_t count) {
        fmt::format_to(out,
                       "# HELP dreams_{0} Rows of {0}.\n# TYPE dreams_{0} gauge\ndreams_{0} {1}\n",
                       name, count);
    });
    const auto sources = store::freshness(db);
    const auto gauge = [&](std::string_view name, std::string_view help, auto member) {
        fmt::format_to(out, "# HELP {0} {1}\n# TYPE {0} gauge\n", name, help);
        for (const auto& source : sources)
            if (const auto seconds = age(source.*member, now))
                fmt::format_to(out, "{}{{source=\"{}\"}} {}\n", name, source.source, *seconds);
    };
    gauge("dreams_last_success_age_seconds", "Time since a run of the source ended well.",
          &store::Freshness::last_success);
    gauge("dreams_newest_record_age_seconds", "Age of the newest record of the source.",
          &store::Freshness::newest_record);
}

}  // namespace

http::Response get_health(Request& request) {
    std::string body, wrong;
    json::Writer writer(body);
    std::vector<store::Freshness> sources;
    try {
        sources = store::freshness(request.db());
    } catch (const Error& error) {  // telling it is what this route is for
        wrong = request.site().connections.without_path(error.what());
    }
    const auto state = state_of(request.options().database, wrong);
    writer.begin_object().member("status", state.word);
    if (!state.reason.empty()) writer.member("reason", state.reason);
    writer.member("service", "dreams").member("version", DREAMS_VERSION);
    writer.member("schema", store::schema_version);
    writer.member("environment", request.options().environment);
    writer.member("time", request.now());
    writer.key("database").begin_object().member("reachable", wrong.empty());
    if (!wrong.empty()) writer.member("error", wrong);
    writer.end_object();
    write_sources(writer, sources, request.now());
    writer.end_object();
    return json(std::move(body), state.status);
}

http::Response get_metrics(Request& request) {
    std::string figures;
    bool reachable = true;
    try {
        append_figures(figures, request.db(), request.now());
    } catch (const Error&) {  // told as dreams_database_up 0
        reachable = false;
        figures.clear();
    }
    std::string text = fmt::format(
        "# HELP dreams_build_info The program that runs.\n# TYPE dreams_build_info gauge\n"
        "dreams_build_info{{version=\"{}\",schema=\"{}\"}} 1\n"
        "# HELP dreams_database_up Whether the database can be read.\n"
        "# TYPE dreams_database_up gauge\ndreams_database_up {}\n",
        DREAMS_VERSION, store::schema_version, reachable ? 1 : 0);
    text += figures;
    text += request.site().metrics.text();
    text += fmt::format(
        "# HELP process_resident_memory_bytes Memory of this process.\n"
        "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes {}\n",
        resident_bytes());
    return {.headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
            .body = std::move(text)};
}

}  // namespace dreams::web
