#include "jobs/import_file.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "jobs/import_columns.h"

namespace dreams::jobs {
namespace {

constexpr std::size_t most_told = 100;
constexpr std::size_t first_lines = 5;
constexpr std::int64_t rows_a_commit = 2000;
constexpr std::int64_t rows_a_sign = 500;
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

/// All that a page says, unsure things too, but what a home is known by: a guessed number would
/// fill another home's gaps.
Sighting unsure_rest(const sources::ListingPage& page) {
    Sighting rest = page.all;
    const Listing& sure = page.said.listing;
    rest.listing.mls_number = sure.mls_number;
    rest.listing.mls_source = sure.mls_source;
    rest.listing.parcel_id = sure.parcel_id;
    rest.listing.address = sure.address;
    rest.listing.city = sure.city;
    rest.listing.zip = sure.zip;
    return rest;
}

/// One file on its way into the store.
class FileImport {
public:
    FileImport(const Importing& importing, FileReport& report)
        : db_(importing.db),
          options_(importing.options),
          now_(importing.now),
          progress_(importing.progress),
          report_(report),
          counts_(report.counts),
          commits_(db_, options_.preview),
          keeper_(db_) {
        counts_.id = store::open_import(db_, counts_);
    }

    void read(sources::ListingReader& lines) {
        while (const auto line = lines.next()) {
            take(*line);
            if (++counts_.rows % rows_a_commit == 0) {
                write_counts();
                commits_.next();
                require_open();
            }
            if (counts_.rows % rows_a_sign == 0) progress_.done(counts_.rows);
        }
        if (lines.format() == "csv" || !options_.mapping.empty())
            remember_columns(db_, lines, now_);
        report_.doubts = lines.doubts();
        for (const auto& doubt : report_.doubts) report_.remarks.push_back(doubt);
        tell_of_double_lines();
        end();
        progress_.done(counts_.rows);
    }

    void read(const sources::ListingPage& page) {
        for (const auto& notice : page.notices) remark(notice);
        counts_.rows = 1;
        store::ImportRow row{.import_id = counts_.id, .line = 1};
        keep(row, page.said);
        const bool may_fill =
            row.outcome == store::RowOutcome::created || options_.known != store::KnownHomes::skip;
        if (row.property_id && may_fill) fill_gaps(row, unsure_rest(page));
        rows_.push_back(std::move(row));
        end();
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

    void end() {
        counts_.completed_at = now_;
        write_counts();
        commits_.commit();
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

    void fill_gaps(store::ImportRow& row, const Sighting& rest) {
        auto filling = how(rest);
        filling.known = store::KnownHomes::fill;
        const bool filled = keeper_.keep(rest, filling).kept != Kept::unchanged;
        if (!filled || row.outcome != store::RowOutcome::unchanged) return;
        row.outcome = store::RowOutcome::updated;
        --counts_.unchanged;
        ++counts_.updated;
    }

    void show(const store::ImportRow& row, const Listing& read) {
        if (report_.first.size() < first_lines)
            report_.first.push_back({row.line, row.outcome, read});
    }

    store::Keeping how(const Sighting& said) const {
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
    Progress& progress_;
    FileReport& report_;
    store::Import& counts_;
    Commits commits_;
    store::PropertyKeeper keeper_;
    std::vector<store::ImportRow> rows_;  ///< of the commit under way
    std::unordered_map<std::string, int> lines_of_;
    std::int64_t older_ = 0, doubts_ = 0, untold_ = 0;
};

}  // namespace

void keep_lines(const Importing& importing, sources::ListingReader& lines, FileReport& report) {
    FileImport(importing, report).read(lines);
}

void keep_page(const Importing& importing, const sources::ListingPage& page, FileReport& report) {
    FileImport(importing, report).read(page);
}

}  // namespace dreams::jobs
