#include <algorithm>

#include "jobs/import.h"
#include "jobs/import_columns.h"
#include "web/import_preview.h"
#include "web/imports.h"
#include "web/multipart.h"
#include "web/response.h"
#include "web/uploads.h"

namespace dreams::web {
namespace {

Wanted wanted_of(const std::vector<FormPart>& form, const Request& request) {
    Wanted wanted;
    if (const auto known = value_of(form, "known"); !known.empty()) {
        const auto treatment = std::ranges::find(treatments, known, &Treatment::word);
        if (treatment == treatments.end())
            throw Error(Fault::invalid,
                        "'known' is one of update, fill, skip, not '" + known + "'");
        wanted.options.known = treatment->known;
    }
    wanted.day = value_of(form, "day");
    if (wanted.day.empty()) return wanted;
    wanted.options.observed_at = jobs::observed_in_name(wanted.day, request.zone(), request.now());
    if (!date_from(wanted.day) || !wanted.options.observed_at)
        throw Error(Fault::invalid,
                    "'" + wanted.day + "' is no day up to today, as 2026-01-19 is one");
    return wanted;
}

/// The files with what the form says of their columns otherwise than would be taken anyway.
std::vector<jobs::UploadedFile> files_of(const Upload& upload, const std::vector<FormPart>& form,
                                         Db& db) {
    std::vector<jobs::UploadedFile> files;
    for (const auto& [file_name, text] : upload.files) {
        auto& file = files.emplace_back(jobs::UploadedFile{file_name, text});
        const auto said = [&, number = files.size() - 1](std::size_t column) {
            return std::ranges::find(form, column_choice(number, column), &FormPart::name);
        };
        if (said(0) == form.end()) continue;  // it has no columns that could be shown
        const auto columns = jobs::known_columns(db, text).columns;
        for (std::size_t i = 0; i < columns.size(); ++i)
            if (const auto part = said(i); part != form.end() && part->content != columns[i].second)
                file.mapping.emplace_back(columns[i].first, std::string(part->content));
    }
    return files;
}

jobs::ImportReport import(Request& request, const Upload& upload, const std::vector<FormPart>& form,
                          const Wanted& wanted) {
    jobs::Progress silence;
    auto turn = request.site().writing.take();
    return jobs::import_texts(turn.db(), files_of(upload, form, turn.db()), wanted.options,
                              request.zone(), request.now(), silence);
}

/// What the files would do: everything is done, counted, and taken back.
http::Response preview(Request& request, const std::string& name, const Upload& upload,
                       const std::vector<FormPart>& form) {
    Wanted wanted = wanted_of(form, request);
    wanted.options.preview = true;
    return preview_page(request, name, wanted, import(request, upload, form, wanted));
}

/// What a person looks at after an import of files that could all be read.
std::string where_to_look(const jobs::ImportReport& report) {
    if (report.files.size() != 1) return "/imports";
    const auto& file = report.files[0];
    return "/imports/" + std::to_string(file.imported_before.value_or(file.counts.id));
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
    auto& uploads = request.site().uploads;
    const auto name = uploads.keep(std::move(upload), request.options().clock.ticks());
    return preview(request, name, *uploads.find(name, request.options().clock.ticks()), {});
}

http::Response post_upload(Request& request) {
    const auto form = form_parts(request);
    auto& uploads = request.site().uploads;
    const auto& name = request.segment();
    const auto upload = uploads.find(name, request.options().clock.ticks());
    if (!upload)
        throw Error(Fault::not_found,
                    "These files are no longer here: they wait for an hour at most. Choose them "
                    "again under Imports.");
    if (value_of(form, "do") != "import") return preview(request, name, *upload, form);
    const Wanted wanted = wanted_of(form, request);
    const auto report = import(request, *upload, form, wanted);
    const auto unread = std::ranges::count_if(
        report.files, [](const jobs::FileReport& file) { return !file.error.empty(); });
    if (unread == std::ssize(report.files)) return preview_page(request, name, wanted, report);
    uploads.forget(name);
    return unread > 0 ? partly_done_page(request, report) : see_other(where_to_look(report));
}

}  // namespace dreams::web
