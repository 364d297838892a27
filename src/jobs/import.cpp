#include "jobs/import.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>

#include "base/db_copy.h"
#include "base/text.h"
#include "base/unfinished_file.h"
#include "base/utf16.h"
#include "jobs/contact_properties.h"
#include "jobs/import_columns.h"
#include "jobs/import_day.h"
#include "jobs/import_file.h"
#include "store/lease.h"
#include "store/own_files.h"

namespace dreams::jobs {
namespace {

constexpr std::uintmax_t largest_file = 64u << 20;
/// Some two thousand rows, as many as one commit of an import has.
constexpr std::uintmax_t most_bytes_in_lock = 512u << 10;

/// What was settled for files with this header before, and what the caller says now. The report
/// gets the columns as far as that tells them.
sources::ListingMapping settled_mapping(const Importing& importing, std::string_view text,
                                        FileReport& report) {
    const auto& wanted = importing.options.mapping;
    auto known = known_columns(importing.db, text);
    if (known.of_people && wanted.empty()) return {};
    report.mapping = std::move(known.columns);
    report.examples = std::move(known.examples);
    settle(report.mapping, wanted);
    known.settled.insert(known.settled.end(), wanted.begin(), wanted.end());
    return std::move(known.settled);
}

std::string read_file(const std::string& path, const std::string& database) {
    if (store::is_own_file(path, database))
        throw Error(Fault::invalid, "it is the file of DREAMS itself, and no listing file");
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    if (error) throw Error(Fault::not_found, "there is no such file");
    if (size > largest_file) throw Error(Fault::invalid, "it has more than 64 MB; split it");
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (in.bad() || text.size() < size) throw Error(Fault::unavailable, "it cannot be read");
    return text;
}

/// 0: it cannot be read, which is told when its turn comes.
std::uintmax_t bytes_of(const std::string& path) {
    std::error_code missing;
    const auto bytes = std::filesystem::file_size(path, missing);
    return missing ? 0 : bytes;
}

/// The import that makes this file none; none: it is to be read. What was so in January and is so
/// again on a later day is news: a home that was pending in between is back on the market.
std::optional<store::Import> brought_already(const Importing& importing, const FileReport& report) {
    if (importing.options.again) return std::nullopt;
    auto before = store::import_of(importing.db, report.counts.fingerprint);
    const bool later = before && report.dated != Dated::not_at_all &&
                       report.counts.observed_at > before->observed_at;
    return later ? std::nullopt : before;
}

void tell_of_import(const store::Import& before, FileReport& report) {
    report.imported_before = before.id;
    report.remarks.push_back("import " + std::to_string(before.id) + " brought the same already");
}

/// The homes of the other reading stay, beside these where they are known by less.
void tell_of_other_reading(Db& db, const std::string& cells, FileReport& report) {
    const auto other = store::other_reading_of(db, cells, report.counts.fingerprint);
    if (!other) return;
    report.read_otherwise = other->id;
    report.remarks.push_back(
        "import " + std::to_string(other->id) +
        " read this file with other columns; undo it first if they were wrong");
}

/// Held while the file is imported. A preview keeps nothing, and needs none.
std::unique_ptr<store::Lease> lease_of(const Importing& importing, const store::Import& import) {
    if (importing.options.preview) return nullptr;
    return std::make_unique<store::Lease>(importing.db, store::lease_of_import(import.fingerprint),
                                          importing.now);
}

/// Throws LeaseHeld: it is under way.
void require_ended(Db& db, const store::Import& import, Instant now) {
    const auto by = store::lease_holder(db, store::lease_of_import(import.fingerprint), now);
    if (!by) return;
    throw store::LeaseHeld(
        "import " + std::to_string(import.id) + " (" + import.file + ") is under way" +
        (by->process.empty() ? "" : " (process " + by->process + " on " + by->host + ")") +
        "; wait until it has ended, then undo it");
}

void import_page(const Importing& importing, std::string_view text, FileReport& report) {
    const auto page = sources::read_listing_page(text);
    auto& counts = report.counts;
    counts.fingerprint = "page " + std::to_string(text::hash(text));
    counts.format = sources::page_source(page);
    report.page = page.fields;
    const auto lease = lease_of(importing, counts);
    const auto before = brought_already(importing, report);
    if (!before) return keep_page(importing, page, report);
    tell_of_import(*before, report);
    counts.rows = counts.unchanged = 1;
}

/// What a table would have brought, had not another import brought it.
void count_lines(sources::ListingReader& lines, FileReport& report) {
    auto& counts = report.counts;
    while (const auto line = lines.next()) {
        ++counts.rows;
        if (const auto* notice = std::get_if<sources::ListingNotice>(&line->what))
            report.notices.push_back(notice->text);
    }
    counts.notices = std::ssize(report.notices);
    counts.unchanged = counts.rows - counts.notices;
}

void import_table(const Importing& importing, std::string_view text, FileReport& report) {
    auto& counts = report.counts;
    const auto cells = sources::listing_fingerprint(text);
    sources::ListingReader lines(text, settled_mapping(importing, text, report));
    counts.format = lines.format();
    report.mapping = lines.mapping();
    counts.fingerprint = cells + "/" + reading_mark(report.mapping);
    importing.progress.part(report.file, std::ranges::count(text, '\n'));
    const auto lease = lease_of(importing, counts);
    if (const auto before = brought_already(importing, report)) {
        tell_of_import(*before, report);
        return count_lines(lines, report);
    }
    tell_of_other_reading(importing.db, cells, report);
    keep_lines(importing, lines, report);
}

FileReport started(const std::string& name, std::size_t place, const ImportOptions& options,
                   const Zone& zone, Instant now) {
    FileReport report{.file = name, .place = place};
    report.counts.file = std::filesystem::path(name).filename();
    report.counts.started_at = now;
    const auto named = observed_in_name(report.counts.file, zone, now);
    report.dated = options.observed_at ? Dated::by_caller
                   : named             ? Dated::by_name
                                       : Dated::not_at_all;
    report.counts.observed_at = options.observed_at.value_or(named.value_or(now));
    if (report.dated != Dated::not_at_all)
        if (auto old = age_remark(report.counts.observed_at, zone, now))
            report.remarks.push_back(std::move(*old));
    return report;
}

/// A file whose turn comes: its text is read only then.
struct Task {
    FileReport report;
    sources::ListingMapping mapping;
    std::uintmax_t bytes = 0;
    std::function<std::string_view(std::string& room)> text;
};

void import_or_tell(const Importing& all, const Task& task, FileReport& report) {
    auto options = all.options;
    options.mapping.insert(options.mapping.end(), task.mapping.begin(), task.mapping.end());
    const Importing importing{all.db, options, all.now, all.progress};
    std::string room;
    try {
        const auto given = task.text(room);
        const auto decoded = text::from_utf16(given);
        const std::string_view text = decoded ? *decoded : given;
        (sources::is_page(text) ? import_page : import_table)(importing, text, report);
    } catch (const Error& error) {
        if (error.fault() == Fault::internal) throw;
        report.error = report.counts.file + ": " + error.what();
    }
    if (options.preview) report.counts.id = 0;
}

/// The oldest first.
ImportReport import_each(const Importing& importing, std::vector<Task>& tasks) {
    ImportReport report{.preview = importing.options.preview};
    std::ranges::stable_sort(tasks, {},
                             [](const Task& task) { return task.report.counts.observed_at; });
    for (auto& task : tasks) {
        report.files.push_back(std::move(task.report));
        import_or_tell(importing, task, report.files.back());
    }
    return report;
}

/// Everything is done in one transaction that is taken back. Nobody else could write meanwhile:
/// where that is long, it is done to a copy.
ImportReport preview_all(const Importing& importing, std::vector<Task>& tasks) {
    auto& db = importing.db;
    std::uintmax_t bytes = 0;
    for (const auto& task : tasks) bytes += task.bytes;
    if (!is_previewed_apart(db, bytes)) {
        const auto taken_back = db.begin();
        return import_each(importing, tasks);
    }
    remove_leftovers(db.path() + ".");
    const UnfinishedFile place(db.path() + ".preview");
    copy_to_file(db, place.name(), "");
    Db copy = Db::open(place.name());
    const auto taken_back = copy.begin();
    return import_each({copy, importing.options, importing.now, importing.progress}, tasks);
}

ImportReport import_all(const Importing& importing, std::vector<Task> tasks) {
    if (importing.options.preview) return preview_all(importing, tasks);
    auto report = import_each(importing, tasks);
    const auto came = [](const FileReport& file) { return file.error.empty(); };
    if (std::ranges::any_of(report.files, came))
        refresh_contact_properties(importing.db, importing.now);
    return report;
}

}  // namespace

bool is_previewed_apart(const Db& db, std::uintmax_t bytes) {
    const bool in_memory = db.path().empty() || db.path() == ":memory:";
    return bytes > most_bytes_in_lock && !in_memory;
}

store::UndoReport undo_import(Db& db, std::int64_t id, Instant now) {
    const auto require = [&] { require_ended(db, store::import(db, id), now); };
    require();  // before it waits for whoever imports
    auto transaction = db.begin();
    require();
    auto report = store::undo_import(db, id, now);
    store::keep_contact_properties(db, now);
    transaction.commit();
    return report;
}

ImportReport import_files(Db& db, const std::vector<std::string>& paths,
                          const ImportOptions& options, const Zone& zone, Instant now,
                          Progress& progress) {
    std::vector<Task> tasks;
    for (const auto& path : paths)
        tasks.push_back({started(path, tasks.size(), options, zone, now),
                         {},
                         bytes_of(path),
                         [&path, database = db.path()](std::string& room) {
                             return std::string_view(room = read_file(path, database));
                         }});
    return import_all({db, options, now, progress}, std::move(tasks));
}

ImportReport import_texts(Db& db, const std::vector<UploadedFile>& files,
                          const ImportOptions& options, const Zone& zone, Instant now,
                          Progress& progress) {
    std::vector<Task> tasks;
    for (const auto& file : files)
        tasks.push_back({started(file.name, tasks.size(), options, zone, now), file.mapping,
                         file.text.size(), [&file](std::string&) { return file.text; }});
    return import_all({db, options, now, progress}, std::move(tasks));
}

}  // namespace dreams::jobs
