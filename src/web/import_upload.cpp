#include <algorithm>

#include "base/text.h"
#include "jobs/import.h"
#include "jobs/import_columns.h"
#include "jobs/import_day.h"
#include "web/import_preview.h"
#include "web/imports.h"
#include "web/multipart.h"
#include "web/response.h"
#include "web/uploads.h"

namespace dreams::web {
namespace {

/// What a field of the form says; empty: it says nothing.
std::string said_of(const Said& said, std::string_view name) {
    const auto field = std::ranges::find(said, name, &Said::value_type::first);
    return field == said.end() ? "" : field->second;
}

/// All fields of the form but its buttons.
Said said_in(const std::vector<FormPart>& form) {
    Said said;
    for (const auto& part : form)
        if (part.file_name.empty() && part.name != "do" && part.name != "undo")
            said.emplace_back(part.name, value_of(form, part.name));
    return said;
}

Wanted wanted_of(const Said& said, const Request& request) {
    Wanted wanted;
    if (const auto known = said_of(said, "known"); !known.empty()) {
        const auto treatment = std::ranges::find(treatments, known, &Treatment::word);
        if (treatment == treatments.end())
            throw Error(Fault::invalid,
                        "'known' is one of update, fill, skip, not '" + known + "'");
        wanted.options.known = treatment->known;
    }
    wanted.day = said_of(said, "day");
    if (wanted.day.empty()) return wanted;
    wanted.options.observed_at = jobs::observed_in_name(wanted.day, request.zone(), request.now());
    if (!date_from(wanted.day) || !wanted.options.observed_at)
        throw Error(Fault::invalid,
                    "'" + wanted.day + "' is no day up to today, as 2026-01-19 is one");
    return wanted;
}

/// The files with what a person says of their columns otherwise than would be taken anyway.
std::vector<jobs::UploadedFile> files_of(const Upload& upload, const Said& said, Db& db) {
    std::vector<jobs::UploadedFile> files;
    for (const auto& [file_name, text] : upload.files) {
        auto& file = files.emplace_back(jobs::UploadedFile{file_name, text});
        const auto meant = [&, number = files.size() - 1](std::size_t column) {
            return std::ranges::find(said, column_choice(number, column), &Said::value_type::first);
        };
        if (meant(0) == said.end()) continue;  // it has no columns that could be shown
        const auto columns = jobs::known_columns(db, text).columns;
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (const auto field = meant(i);
                field != said.end() && field->second != columns[i].second)
                file.mapping.emplace_back(columns[i].first, field->second);
    }
    return files;
}

jobs::ImportReport import(Request& request, const Waiting& waiting, const Wanted& wanted) {
    const auto run = [&](Db& db) {
        jobs::Progress silence;
        return jobs::import_texts(db, files_of(*waiting.upload, waiting.said, db), wanted.options,
                                  request.zone(), request.now(), silence);
    };
    std::uintmax_t bytes = 0;
    for (const auto& file : waiting.upload->files) bytes += file.text.size();
    if (wanted.options.preview && jobs::is_previewed_apart(request.db(), bytes))
        return run(request.db());  // nobody who writes waits for it
    auto turn = request.site().writing.take();
    return run(turn.db());
}

std::ptrdiff_t unread_in(const jobs::ImportReport& report) {
    return std::ranges::count_if(report.files,
                                 [](const auto& file) { return !file.error.empty(); });
}

/// What a person looks at after an import of files that could all be read.
std::string where_to_look(const jobs::ImportReport& report) {
    if (report.files.size() == 1) {
        const auto& file = report.files[0];
        return "/imports/" + std::to_string(file.imported_before.value_or(file.counts.id));
    }
    std::string ids;
    for (const auto& file : report.files)
        if (!file.imported_before) ids += (ids.empty() ? "" : ",") + std::to_string(file.counts.id);
    const auto before = std::ranges::count_if(
        report.files, [](const auto& file) { return file.imported_before.has_value(); });
    return address("/imports", {{"done", ids}, {"known", before ? std::to_string(before) : ""}});
}

Waiting waiting_for(const Request& request) {
    auto& uploads = request.site().uploads;
    if (auto found = uploads.find(request.segment(), request.options().clock.ticks()))
        return std::move(*found);
    throw Error(Fault::not_found,
                "These files are no longer here: they wait for an hour at most. Choose them again "
                "under Imports.");
}

std::string address_of(std::string_view upload) {
    return "/imports/uploads/" + std::string(upload);
}

}  // namespace

http::Response post_files(Request& request) {
    const auto form = form_parts(request);
    Upload upload;
    for (const auto& part : form)
        if (part.name == "files" && !part.file_name.empty())
            upload.files.push_back({part.file_name, std::string(part.content)});
    if (upload.files.empty())
        throw Error(Fault::invalid, "No file was chosen. Choose one, and press the button again.");
    return see_other(address_of(
        request.site().uploads.keep(std::move(upload), request.options().clock.ticks())));
}

http::Response get_upload(Request& request) {
    const auto waiting = waiting_for(request);
    if (!waiting.done) {
        Wanted wanted = wanted_of(waiting.said, request);
        wanted.options.preview = true;
        return preview_page(request, request.segment(), wanted, import(request, waiting, wanted));
    }
    return unread_in(*waiting.done) > 0 ? partly_done_page(request, *waiting.done)
                                        : see_other(where_to_look(*waiting.done));
}

http::Response post_upload(Request& request) {
    const auto form = form_parts(request);
    auto& uploads = request.site().uploads;
    const auto here = address_of(request.segment());
    auto waiting = waiting_for(request);
    if (waiting.done) return see_other(here);
    waiting.said = said_in(form);
    const Wanted wanted = wanted_of(waiting.said, request);
    uploads.say(request.segment(), waiting.said);
    if (const auto number = text::integer(value_of(form, "undo"))) {
        auto turn = request.site().writing.take();
        jobs::undo_import(turn.db(), *number, request.now());
    }
    if (value_of(form, "do") != "import") return see_other(here);
    auto report = import(request, waiting, wanted);
    if (unread_in(report) == std::ssize(report.files)) return see_other(here);
    const auto next = unread_in(report) > 0 ? here : where_to_look(report);
    uploads.finish(request.segment(), std::move(report));
    return see_other(next);
}

}  // namespace dreams::web
