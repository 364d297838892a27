#include "web/import_preview.h"

#include <algorithm>

#include "base/text.h"
#include "jobs/import_columns.h"
#include "templates/import_doubt.h"
#include "templates/import_error.h"
#include "templates/import_partly_done.h"
#include "templates/import_preview.h"
#include "templates/import_preview_column.h"
#include "templates/import_preview_file.h"
#include "templates/import_preview_line.h"
#include "templates/import_preview_numbers.h"
#include "templates/import_preview_page.h"
#include "templates/import_preview_row.h"
#include "templates/import_preview_total.h"
#include "templates/option.h"
#include "templates/tag.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

html::Safe known_options(store::KnownHomes chosen) {
    html::Safe options;
    for (const auto& [known, word, label] : treatments)
        html::append<templates::option>(options, arg<"value">(word), arg<"label">(label),
                                        arg<"chosen">(known == chosen));
    return options;
}

html::Safe field_options(std::string_view chosen) {
    html::Safe options;
    html::append<templates::option>(options, arg<"value">(""), arg<"label">("(passed over)"),
                                    arg<"chosen">(chosen.empty()));
    for (const auto& field : jobs::import_fields())
        html::append<templates::option>(options, arg<"value">(field), arg<"label">(label_of(field)),
                                        arg<"chosen">(field == chosen));
    return options;
}

html::Safe columns_of(const jobs::FileReport& file) {
    html::Safe columns;
    for (std::size_t i = 0; i < file.mapping.size(); ++i)
        html::append<templates::import_preview_column>(
            columns, arg<"field">(column_choice(file.place, i)),
            arg<"column">(file.mapping[i].first), arg<"example">(file.examples[i]),
            arg<"options">(field_options(file.mapping[i].second)));
    return columns;
}

html::Safe lines_of(const jobs::FileReport& file) {
    html::Safe lines;
    for (const auto& [line, outcome, said] : file.first) {
        const auto price = said.price ? std::optional(money(*said.price)) : std::nullopt;
        html::append<templates::import_preview_line>(
            lines, arg<"line">(line), arg<"outcome">(outcome), arg<"home">(said.address),
            arg<"place">(said.city), arg<"price">(price), arg<"status">(said.status),
            arg<"mls">(said.mls_number));
    }
    return lines;
}

std::string how_many_lines(const jobs::FileReport& file) {
    const auto shown = std::ssize(file.first), all = file.counts.rows;
    if (shown == all) return counted(all, "line", "lines");
    return "The first " + std::to_string(shown) + " of " + counted(all, "line", "lines");
}

html::Safe page_of(const jobs::FileReport& file) {
    html::Safe fields;
    for (const auto& field : file.page)
        html::append<templates::import_preview_page>(
            fields, arg<"field">(label_of(field.name)), arg<"value">(field.value),
            arg<"from">(field.from), arg<"sure">(field.confidence));
    return fields;
}

html::Safe remarks_of(const jobs::FileReport& file) {
    constexpr std::size_t most = 20;
    html::Safe remarks;
    std::size_t count = 0;
    const auto add = [&](const std::string& text) {
        if (count++ < most) html::append<templates::tag>(remarks, arg<"tag">(text));
    };
    for (const auto& remark : file.remarks)
        if (std::ranges::find(file.doubts, remark) == file.doubts.end()) add(remark);
    for (const auto& notice : file.notices) add(notice);
    for (const auto& [what, why] : file.refused) add(what + " refused: " + why);
    if (count > most)
        html::append<templates::tag>(remarks,
                                     arg<"tag">("and " + std::to_string(count - most) + " more"));
    return remarks;
}

/// What the agent has to know before all else: homes may be missing.
html::Safe doubts_of(const jobs::FileReport& file) {
    html::Safe doubts;
    for (const auto& doubt : file.doubts)
        html::append<templates::import_doubt>(doubts, arg<"file">(file.counts.file),
                                              arg<"doubt">(doubt));
    return doubts;
}

html::Safe numbers_of(const store::Import& n) {
    return html::render<templates::import_preview_numbers>(
        arg<"rows">(text::grouped(n.rows)), arg<"created">(text::grouped(n.created)),
        arg<"updated">(text::grouped(n.updated)), arg<"unchanged">(text::grouped(n.unchanged)),
        arg<"refused">(text::grouped(n.refused)), arg<"notices">(text::grouped(n.notices)),
        arg<"prices">(text::grouped(n.price_changes)),
        arg<"statuses">(text::grouped(n.status_changes)),
        arg<"relistings">(text::grouped(n.relistings)));
}

/// A line for each file that can be read, and their sums where they are several.
html::Safe rows_of(const jobs::ImportReport& report, const Request& request) {
    html::Safe rows;
    store::Import all;
    int read = 0;
    for (const auto& file : report.files) {
        if (!file.error.empty()) continue;
        const auto& n = file.counts;
        html::append<templates::import_preview_row>(
            rows, arg<"file">(n.file), arg<"format">(n.format),
            arg<"observed">(moment_text(n.observed_at, request.zone(), request.today())),
            arg<"undated">(file.dated == jobs::Dated::not_at_all), arg<"numbers">(numbers_of(n)));
        for (const auto number :
             {&store::Import::rows, &store::Import::created, &store::Import::updated,
              &store::Import::unchanged, &store::Import::refused, &store::Import::notices,
              &store::Import::price_changes, &store::Import::status_changes,
              &store::Import::relistings})
            all.*number += n.*number;
        ++read;
    }
    if (read > 1)
        html::append<templates::import_preview_total>(rows, arg<"files">(read),
                                                      arg<"numbers">(numbers_of(all)));
    return rows;
}

}  // namespace

std::string column_choice(std::size_t file, std::size_t column) {
    return "column-" + std::to_string(file) + "-" + std::to_string(column);
}

http::Response preview_page(Request& request, const std::string& upload, const Wanted& wanted,
                            const jobs::ImportReport& report) {
    html::Safe files;
    bool importable = false, settable = false;
    std::string undated;
    for (const auto& file : report.files) {
        importable = importable || file.error.empty();
        settable = settable || !file.mapping.empty();
        if (file.error.empty() && file.dated == jobs::Dated::not_at_all)
            undated += (undated.empty() ? "" : ", ") + file.counts.file;
        html::append<templates::import_preview_file>(
            files, arg<"file">(file.counts.file), arg<"error">(file.error),
            arg<"doubts">(doubts_of(file)), arg<"remarks">(remarks_of(file)),
            arg<"lines">(lines_of(file)), arg<"page">(page_of(file)),
            arg<"columns">(columns_of(file)), arg<"lines_shown">(how_many_lines(file)),
            arg<"other">(file.read_otherwise),
            arg<"open">(!file.error.empty() || file.counts.format == "csv"));
    }
    const auto content = html::render<templates::import_preview>(
        arg<"upload">(upload), arg<"rows">(rows_of(report, request)), arg<"files">(files),
        arg<"known">(known_options(wanted.options.known)), arg<"day">(wanted.day),
        arg<"today">(request.today()), arg<"importable">(importable), arg<"undated">(undated),
        arg<"settable">(importable || settable));
    return page(request, Tab::imports, "Preview of an import", content);
}

http::Response partly_done_page(Request& request, const jobs::ImportReport& report) {
    html::Safe errors;
    for (const auto& file : report.files)
        if (!file.error.empty())
            html::append<templates::import_error>(errors, arg<"error">(file.error));
    const auto content = html::render<templates::import_partly_done>(
        arg<"rows">(rows_of(report, request)), arg<"errors">(errors));
    return page(request, Tab::imports, "Imported in part", content);
}

}  // namespace dreams::web
