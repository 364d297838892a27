#include "jobs/import_report.h"

namespace dreams::jobs {
namespace {

void write_file(json::Writer& json, const FileReport& file) {
    const auto& n = file.counts;
    json.begin_object()
        .member("file", file.file)
        .member("format", n.format)
        .member("rows", n.rows)
        .member("created", n.created)
        .member("updated", n.updated)
        .member("unchanged", n.unchanged)
        .member("refused", n.refused)
        .member("notices", file.notices)
        .member("price_changes", n.price_changes)
        .member("status_changes", n.status_changes)
        .member("relistings", n.relistings)
        .member("observed_at", n.observed_at)
        .member("import_id", n.id ? std::optional(n.id) : std::nullopt)
        .member("imported_before", file.imported_before)
        .member("read_otherwise", file.read_otherwise)
        .member("remarks", file.remarks)
        .member("error", file.error.empty() ? std::nullopt : std::optional(file.error));
    json.key("refused_rows").begin_array();
    for (const auto& [what, why] : file.refused)
        json.begin_object().member("what", what).member("why", why).end_object();
    json.end_array().key("mapping").begin_object();
    for (const auto& [column, field] : file.mapping) json.member(column, field);
    json.end_object().member("page", file.page).end_object();
}

}  // namespace

void write(json::Writer& json, const ImportReport& report) {
    json.begin_object().member("preview", report.preview).key("files").begin_array();
    for (const auto& file : report.files) write_file(json, file);
    json.end_array().end_object();
}

std::optional<std::string> may_lack_homes(const store::Import& import) {
    if (import.undone_at) return std::nullopt;
    return sources::cut_off_doubt(import.format, import.rows - import.notices - import.refused);
}

}  // namespace dreams::jobs
