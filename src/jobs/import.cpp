#include "jobs/import.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <unordered_map>

#include "base/db_copy.h"
#include "base/text.h"
#include "base/unfinished_file.h"
#include "base/utf16.h"
#include "jobs/contact_properties.h"
#include "jobs/import_columns.h"
#include "jobs/import_day.h"
#include "store/lease.h"
#include "store/own_files.h"

namespace dreams::jobs {
namespace {

constexpr std::size_t most_told = 100;
constexpr std::size_t first_lines = 5;
constexpr std::int64_t rows_a_commit = 2000;
constexpr std::uintmax_t largest_file = 64u << 20;
/// Some two thousand rows, as many as one commit of an import has.
constexpr std::uintmax_t most_bytes_in_lock = 512u << 10;
/// A sale longer ago than this tells how it was then, whatever the day of the file.
constexpr std::chrono::days recent_sale{365};

/// Commits of a file's rows; in a preview there is one transaction of the caller's, taken back.
class Commits {
public:
    Commits(Db& db, bool preview) : db_(db), preview_(preview) { begin(); }
    void commit() {
        if (!preview_) transaction_->commit();
        transaction_.reset();
    }
    void next() {
        commit();
        begin();
    }

private:
    void begin() {
        if (!preview_) transaction_.emplace(db_.begin());
    }
    Db& db_;
    bool preview_;
    std::optional<Transaction> transaction_;
};

/// One file on its way into the store.
class FileImport {
public:
    FileImport(Db& db, const ImportOptions& options, Instant now, FileReport& report)
        : db_(db),
          options_(options),
          now_(now),
          report_(report),
          counts_(report.counts),
          commits_(db, options.preview),
          keeper_(db) {
        counts_.id = store::open_import(db, counts_);
    }

    void read(sources::ListingReader& lines, Progress& progress) {
        while (const auto line = lines.next()) {
            take(*line);
            if (++counts_.rows % rows_a_commit == 0) {
                write_counts();
                commits_.next();
                require_open();
            }
            if (counts_.rows % 500 == 0) progress.done(counts_.rows);
        }
        counts_.completed_at = now_;
        write_counts();
        if (lines.format() == "csv" || !options_.mapping.empty())
            remember_columns(db_, lines, now_);
        report_.doubts = lines.doubts();
        for (const auto& doubt : report_.doubts) report_.remarks.push_back(doubt);
        tell_of_double_lines();
        commits_.commit();
        progress.done(counts_.rows);
    }

    /// What is unsure in a page is kept after what is sure, and only where nothing is known. By
    /// what a home is known it never says: a guessed number would fill another home's gaps.
    void read(const sources::ListingPage& page) {
        for (const auto& notice : page.notices) remark(notice);
        counts_.rows = 1;
        store::ImportRow row{.import_id = counts_.id, .line = 1};
        keep(row, page.said);
        const bool may_fill =
            row.outcome == store::RowOutcome::created || options_.known != store::KnownHomes::skip;
        if (row.property_id && may_fill) {
            Sighting rest = page.all;
            const Listing& sure = page.said.listing;
            rest.listing.mls_number = sure.mls_number;
            rest.listing.mls_source = sure.mls_source;
            rest.listing.parcel_id = sure.parcel_id;
            rest.listing.address = sure.address;
            rest.listing.city = sure.city;
            rest.listing.zip = sure.zip;
            auto filling = how(rest);
            filling.known = store::KnownHomes::fill;
            if (keeper_.keep(rest, filling).kept != Kept::unchanged &&
                row.outcome == store::RowOutcome::unchanged) {
                row.outcome = store::RowOutcome::updated;
                --counts_.unchanged;
                ++counts_.updated;
            }
        }
        rows_.push_back(std::move(row));
        counts_.completed_at = now_;
        write_counts();
        commits_.commit();
    }

private:
    /// Whoever restores a backup meanwhile brings a file that knows nothing of this import.
    void require_open() {
        if (options_.preview || store::is_open(db_, counts_)) return;
        throw Error(Fault::conflict,
                    "another file took the place of the database while it was imported, with its "
                    "first " +
                        std::to_string(counts_.rows) + " rows; import it again");
    }

    /// What became of the lines of this commit, and the numbers so far.
    void write_counts() {
        db_.add_all("dreams_import_rows", rows_);
        rows_.clear();
        store::count_import(db_, counts_);
    }

    void take(const sources::ListingLine& line) {
        for (const auto& cell : line.unread)
            remark("line " + std::to_string(line.line) + ": " + cell);
        store::ImportRow row{.import_id = counts_.id, .line = static_cast<std::int64_t>(line.line)};
        if (const auto* notice = std::get_if<sources::ListingNotice>(&line.what)) {
            row.outcome = store::RowOutcome::notice;
            row.why = notice->text;
            ++counts_.notices;
            report_.notices.push_back(notice->text);
        } else if (const auto* refused = std::get_if<sources::ListingRefused>(&line.what)) {
            refuse(row, refused->why);
        } else {
            keep(row, std::get<Sighting>(line.what));
            show(row, std::get<Sighting>(line.what).listing);
        }
        rows_.push_back(std::move(row));
    }

    void refuse(store::ImportRow& row, const std::string& why) {
        row.outcome = store::RowOutcome::refused;
        row.why = why;
        ++counts_.refused;
        if (report_.refused.size() < most_told)
            report_.refused.push_back({"line " + std::to_string(row.line), why});
    }

    void keep(store::ImportRow& row, const Sighting& said) {
        try {
            const auto kept = keeper_.keep(said, how(said));
            row.property_id = kept.id.text;
            count(row, kept);
        } catch (const Error& error) {
            if (error.fault() != Fault::invalid) throw;
            refuse(row, error.what());
        }
    }

    void show(const store::ImportRow& row, const Listing& read) {
        if (report_.first.size() < first_lines)
            report_.first.push_back({row.line, row.outcome, read});
    }

    store::Keeping how(const Sighting& said) {
        store::Keeping how{.telling = {std::string(counts_.format), counts_.observed_at},
                           .now = now_,
                           .known = options_.known,
                           .import_id = counts_.id};
        if (said.sold_on) {
            const Instant sale{said.sold_on->time_since_epoch()};
            if (sale + recent_sale < counts_.observed_at) how.telling.at = sale;
        }
        return how;
    }

    void count(store::ImportRow& row, const store::KeptHome& kept) {
        switch (kept.kept) {
            case Kept::created:
                row.outcome = store::RowOutcome::created;
                ++counts_.created;
                break;
            case Kept::updated:
                row.outcome = store::RowOutcome::updated;
                ++counts_.updated;
                break;
            case Kept::unchanged:
                row.outcome = store::RowOutcome::unchanged;
                ++counts_.unchanged;
                break;
        }
        for (const auto& change : kept.changes) {
            if (change.type == "price" || change.amount) ++counts_.price_changes;
            if (change.type == "status") ++counts_.status_changes;
            if (change.type == "relisted") ++counts_.relistings;
        }
        ++lines_of_[kept.id.text];
        older_ += kept.older;
        doubts_ += !kept.doubts.empty();
    }

    void tell_of_double_lines() {
        const auto twice =
            std::ranges::count_if(lines_of_, [](const auto& each) { return each.second > 1; });
        const auto tell = [&](std::int64_t count, const std::string& what) {
            if (count > 0) report_.remarks.push_back(text::grouped(count) + what);
        };
        tell(untold_, " more remarks about cells of the file are not told here");
        tell(twice, " homes stand in the file more than once");
        tell(older_, " lines are older than what is known of their homes; they only filled gaps");
        tell(doubts_, " lines may be about a home that is there already; see the doubtful pairs");
    }

    void remark(std::string sentence) {
        if (report_.remarks.size() < most_told)
            report_.remarks.push_back(std::move(sentence));
        else
            ++untold_;
    }

    Db& db_;
    const ImportOptions& options_;
    Instant now_;
    FileReport& report_;
    store::Import& counts_;
    Commits commits_;
    store::PropertyKeeper keeper_;
    std::vector<store::ImportRow> rows_;  ///< of the commit under way
    std::unordered_map<std::string, int> lines_of_;
    std::int64_t older_ = 0, doubts_ = 0, untold_ = 0;
};

/// What was settled for files with this header before, and what the caller says now. The report
/// gets the columns as far as that tells them.
sources::ListingMapping settled_mapping(Db& db, std::string_view text, const ImportOptions& options,
                                        FileReport& report) {
    auto known = known_columns(db, text);
    if (known.of_people && options.mapping.empty()) return {};
    report.mapping = std::move(known.columns);
    report.examples = std::move(known.examples);
    settle(report.mapping, options.mapping);
    for (const auto& wanted : options.mapping) known.settled.push_back(wanted);
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
std::optional<store::Import> brought_already(Db& db, const ImportOptions& options,
                                             const FileReport& report) {
    if (options.again) return std::nullopt;
    auto before = store::import_of(db, report.counts.fingerprint);
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
std::unique_ptr<store::Lease> lease_of(Db& db, const ImportOptions& options,
                                       const store::Import& import, Instant now) {
    if (options.preview) return nullptr;
    return std::make_unique<store::Lease>(db, store::lease_of_import(import.fingerprint), now);
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

void import_page(Db& db, std::string_view text, const ImportOptions& options, Instant now,
                 FileReport& report) {
    const auto page = sources::read_listing_page(text);
    auto& counts = report.counts;
    counts.fingerprint = "page " + std::to_string(text::hash(text));
    counts.format = sources::page_source(page);
    report.page = page.fields;
    const auto lease = lease_of(db, options, counts, now);
    const auto before = brought_already(db, options, report);
    if (!before) return FileImport(db, options, now, report).read(page);
    tell_of_import(*before, report);
    counts.rows = counts.unchanged = 1;
}

void import_into(Db& db, std::string_view text, const ImportOptions& options, Instant now,
                 FileReport& report, Progress& progress) {
    if (sources::is_page(text)) return import_page(db, text, options, now, report);
    auto& counts = report.counts;
    const auto cells = sources::listing_fingerprint(text);
    sources::ListingReader lines(text, settled_mapping(db, text, options, report));
    counts.format = lines.format();
    report.mapping = lines.mapping();
    counts.fingerprint = cells + "/" + reading_mark(report.mapping);
    progress.part(report.file, std::ranges::count(text, '\n'));
    const auto lease = lease_of(db, options, counts, now);
    if (const auto before = brought_already(db, options, report)) {
        tell_of_import(*before, report);
        while (const auto line = lines.next()) {
            ++counts.rows;
            if (const auto* notice = std::get_if<sources::ListingNotice>(&line->what))
                report.notices.push_back(notice->text);
        }
        counts.notices = std::ssize(report.notices);
        counts.unchanged = counts.rows - counts.notices;
        return;
    }
    tell_of_other_reading(db, cells, report);
    FileImport(db, options, now, report).read(lines, progress);
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

void import_or_tell(Db& db, const Task& task, ImportOptions options, Instant now,
                    FileReport& report, Progress& progress) {
    std::string room;
    for (const auto& wanted : task.mapping) options.mapping.push_back(wanted);
    try {
        const auto text = task.text(room);
        const auto decoded = text::from_utf16(text);
        import_into(db, decoded ? *decoded : text, options, now, report, progress);
    } catch (const Error& error) {
        if (error.fault() == Fault::internal) throw;
        report.error = report.counts.file + ": " + error.what();
    }
    if (options.preview) report.counts.id = 0;
}

/// The oldest first.
ImportReport import_each(Db& db, std::vector<Task>& tasks, const ImportOptions& options,
                         Instant now, Progress& progress) {
    ImportReport report{.preview = options.preview};
    std::ranges::stable_sort(tasks, {},
                             [](const Task& task) { return task.report.counts.observed_at; });
    for (auto& task : tasks) {
        report.files.push_back(std::move(task.report));
        import_or_tell(db, task, options, now, report.files.back(), progress);
    }
    return report;
}

/// Everything is done in one transaction that is taken back. Nobody else could write meanwhile:
/// where that is long, it is done to a copy.
ImportReport preview_all(Db& db, std::vector<Task>& tasks, const ImportOptions& options,
                         Instant now, Progress& progress) {
    std::uintmax_t bytes = 0;
    for (const auto& task : tasks) bytes += task.bytes;
    if (!is_previewed_apart(db, bytes)) {
        const auto taken_back = db.begin();
        return import_each(db, tasks, options, now, progress);
    }
    remove_leftovers(db.path() + ".");
    const UnfinishedFile place(db.path() + ".preview");
    copy_to_file(db, place.name(), "");
    Db copy = Db::open(place.name());
    const auto taken_back = copy.begin();
    return import_each(copy, tasks, options, now, progress);
}

ImportReport import_all(Db& db, std::vector<Task> tasks, const ImportOptions& options, Instant now,
                        Progress& progress) {
    if (options.preview) return preview_all(db, tasks, options, now, progress);
    auto report = import_each(db, tasks, options, now, progress);
    const auto came = [](const FileReport& file) { return file.error.empty(); };
    if (std::ranges::any_of(report.files, came)) refresh_contact_properties(db, now);
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
    return import_all(db, std::move(tasks), options, now, progress);
}

ImportReport import_texts(Db& db, const std::vector<UploadedFile>& files,
                          const ImportOptions& options, const Zone& zone, Instant now,
                          Progress& progress) {
    std::vector<Task> tasks;
    for (const auto& file : files)
        tasks.push_back({started(file.name, tasks.size(), options, zone, now), file.mapping,
                         file.text.size(), [&file](std::string&) { return file.text; }});
    return import_all(db, std::move(tasks), options, now, progress);
}

}  // namespace dreams::jobs
