#include "jobs/sync_listings.h"

#include "jobs/feed_walk.h"
#include "jobs/run.h"
#include "store/cursors.h"
#include "store/fetch_hosts.h"
#include "store/mls_listings.h"
#include "store/request_counts.h"

namespace dreams::jobs {
namespace {

using namespace std::chrono_literals;
using sources::ResoPage;
using sources::ResoQuestion;

constexpr auto overlap = 10min;           // clocks differ, and rows of one second share a stamp
constexpr auto withdrawn_stay = 7 * 24h;  // in the feed (property-sources B4)

/// How far one system of the feed has been read.
class Reading {
public:
    Reading(Db& db, const std::string& system)
        : cursor_(store::cursor(db, "listings", system.empty() ? "feed" : system)) {
        const auto note = cursor_.note.value_or("");
        if (note.size() < 20) return;
        walk_ = instant_from(note.substr(0, 20));
        if (note.size() > 21) reached_ = instant_from(note.substr(21));
    }

    bool walking() const { return walk_.has_value(); }
    Instant walk() const { return *walk_; }
    void begin_walk(Instant now) {
        walk_ = now;
        reached_.reset();
    }
    /// What was changed since it began, and withdrawn since above all, it may have passed by.
    void end_walk() {
        cursor_.walked_at = walk_;
        const auto sure = std::min(reached_.value_or(*walk_), *walk_);
        cursor_.watermark = std::max(cursor_.watermark.value_or(sure), sure);
        walk_.reset();
        reached_.reset();
    }
    /// Everything up to there has been kept.
    void reach(Instant modified) {
        auto& so_far = walking() ? reached_ : cursor_.watermark;
        so_far = std::max(so_far.value_or(modified), modified);
    }

    bool is_walk_due(Instant now) const {
        return !cursor_.watermark || !cursor_.walked_at ||
               now - *cursor_.walked_at >= withdrawn_stay;
    }
    /// From where to ask on.
    std::optional<Instant> after() const {
        if (walking()) return reached_ ? std::optional(*reached_ - 1s) : std::nullopt;
        return *cursor_.watermark - overlap;
    }
    void save(Db& db) {
        cursor_.note.reset();
        if (walk_) cursor_.note = to_text(*walk_) + (reached_ ? " " + to_text(*reached_) : "");
        store::save(db, cursor_);
    }

private:
    Cursor cursor_;
    std::optional<Instant> walk_, reached_;  ///< of a walk under way: when it began, how far it is
};

/// One system of the feed, in one run.
class SystemRun {
public:
    SystemRun(Run& run, const sources::Reso& feed, const std::string& system)
        : run_(run),
          feed_(feed),
          system_(system),
          listings_(run.stream(system.empty() ? "listings" : system)),
          keeper_(run.db),
          reading_(run.db, system),
          walk_(feed.name()) {}

    void go() {
        const RequestsOf requests(run_, listings_);
        if (run_.options.full || (!reading_.walking() && reading_.is_walk_due(run_.now)))
            reading_.begin_walk(run_.now);
        const auto known = store::listings_in_view(run_.db, name());
        run_.progress.part("listings of " + name(), reading_.walking() ? known : 0);
        read_pages();
        if (!reading_.walking()) return;
        const bool begun_earlier = reading_.walk() < run_.now;
        end_walk(known);
        if (begun_earlier) read_pages();
    }

private:
    std::string name() const { return system_.empty() ? "feed" : system_; }
    void read_pages();
    std::optional<ResoPage> page_after(ResoQuestion& question, const ResoPage& page);
    void keep(const ResoPage& page, bool last);
    void keep_listing(Run::Commit& commit, const sources::ResoListing& listing);
    void end_walk(std::int64_t known);
    void look_for(const std::vector<MlsListing>& missing);

    Run& run_;
    const sources::Reso& feed_;
    const std::string system_;
    StreamCounts& listings_;
    store::MlsListingKeeper keeper_;
    Reading reading_;
    std::int64_t read_ = 0;
    bool in_order_ = true;               ///< so far: then what was reached is behind us
    std::optional<Instant> latest_;      ///< of all pages
    std::optional<std::int64_t> total_;  ///< what the service says the whole answer holds
    FeedWalk walk_;
};

void SystemRun::read_pages() {
    ResoQuestion question{.system = system_, .after = reading_.after()};
    if (reading_.walking()) question.rows = ResoQuestion::Rows::shown;
    read_ = 0;
    in_order_ = true;
    latest_.reset();
    walk_ = FeedWalk(feed_.name());
    auto page = std::optional(feed_.page(question));
    total_ = page->total;
    while (page) {
        read_ += page->rows;
        in_order_ = in_order_ && page->in_order &&
                    (!latest_ || !page->earliest || *page->earliest >= *latest_);
        latest_ = std::max(latest_, page->latest);
        const bool last = page->next.empty() && (!page->full || page->rows == 0);
        keep(*page, last);
        walk_.met(*page);
        run_.progress.done(read_);
        page = last ? std::nullopt : page_after(question, *page);
    }
}

/// The service says where it goes on, or has to be asked from there.
std::optional<ResoPage> SystemRun::page_after(ResoQuestion& question, const ResoPage& page) {
    walk_.go_on(page.next);
    if (!page.next.empty()) return feed_.next(question, page.next);
    question.skip += page.rows;
    const auto further = latest_ ? std::optional(*latest_ - 1s) : std::nullopt;
    if (question.skip > feed_.most_skipped() && in_order_ && further && further > question.after) {
        question.after = further;
        question.skip = 0;
        walk_.ask_anew();
    }
    return feed_.page(question);
}

void SystemRun::keep_listing(Run::Commit& commit, const sources::ResoListing& listing) {
    auto known = listing.listing;
    if (reading_.walking()) known.met_at = reading_.walk();
    try {
        commit.count(known.out_of_view ? keeper_.hide(known, run_.now)
                                       : keeper_.keep(known, listing.said, run_.now));
    } catch (const Error& error) {
        if (error.fault() != Fault::invalid) throw;
        commit.fail("listing " + known.key, error.what());
    }
}

void SystemRun::keep(const ResoPage& page, bool last) {
    Run::Commit commit(run_, listings_);
    for (const auto& each : page.listings) keep_listing(commit, each);
    for (const auto& each : page.unreadable) commit.refuse(each);
    // Of rows in another order nothing is known to be complete before all of them are there.
    if (in_order_ && page.latest) reading_.reach(*page.latest);
    if (last && latest_) reading_.reach(*latest_);
    reading_.save(run_.db);
    commit.commit();
}

/// The whole has been read: what it did not hold is looked for by name, and leaves view.
void SystemRun::end_walk(std::int64_t known) {
    const auto missing = store::listings_not_met(run_.db, name(), reading_.walk());
    const auto met = known - std::ssize(missing);
    if (total_ && read_ < *total_)
        throw Error(Fault::unavailable, feed_.name() + " promised " + std::to_string(*total_) +
                                            " listings and sent " + std::to_string(read_) +
                                            "; the next run goes on");
    if (!run_.options.accept_drop && is_drop(known, met))
        throw Error(Fault::unavailable,
                    feed_.name() + " holds only " + std::to_string(met) + " of the " +
                        std::to_string(known) +
                        " listings that are known; nothing was taken out of view. If that is "
                        "right, run `dreams sync listings --full --accept-drop`");
    look_for(missing);
    reading_.end_walk();
    auto transaction = run_.db.begin();
    reading_.save(run_.db);
    transaction.commit();
}

void SystemRun::look_for(const std::vector<MlsListing>& missing) {
    const auto at_once = feed_.names_a_question();
    for (std::size_t begin = 0; begin < missing.size(); begin += at_once) {
        const auto end = std::min(begin + at_once, missing.size());
        const std::vector<MlsListing> asked(missing.begin() + static_cast<std::ptrdiff_t>(begin),
                                            missing.begin() + static_cast<std::ptrdiff_t>(end));
        const auto page = feed_.named(system_, asked);
        if (!page.next.empty())
            throw Error(Fault::unavailable,
                        feed_.name() + " did not answer for all listings that were asked for");
        Run::Commit commit(run_, listings_);
        for (const auto& each : page.listings) keep_listing(commit, each);
        for (const auto& each : page.unreadable) commit.refuse(each);
        for (auto each : asked) {
            if (std::ranges::find(page.listings, each.id, [](const auto& found) {
                    return found.listing.id;
                }) != page.listings.end())
                continue;
            each.out_of_view = "the MLS does not have it any more";
            each.met_at = reading_.walk();
            commit.count(keeper_.hide(each, run_.now));
        }
        commit.commit();
    }
}

}  // namespace

SyncReport sync_listings(Db& db, const sources::Reso& feed, Clock& clock,
                         const SyncOptions& options, Progress& progress) {
    const auto requests = [&] { return feed.requests(); };
    return run_source(db, "listings", clock, options, progress, requests,
                      [&](const RunFrame& frame) {
                          Run run(frame);
                          for (const auto& system : feed.systems())
                              SystemRun(run, feed, system).go();
                          run.conclude();
                      });
}

sources::AskedBefore asked_before(Db& db, const std::string& url, Instant now) {
    FetchHost host{.site = http::host_of(url)};
    for (const auto& known : store::fetch_hosts(db))
        if (known.site == host.site) host = known;
    return {.minutes = store::asked_since(db, host.site, now - 24h),
            .add = [&db, service = host.site](
                       const AskedMinute& asked) { store::count_asked(db, service, asked); },
            .closed_until = host.closed_until,
            .closed_why = host.closed_why.value_or(""),
            .close =
                [&db, host](Instant until, const std::string& why) mutable {
                    host.closed_until = until;
                    host.closed_why = why;
                    store::keep_fetch_hosts(db, {host});
                }};
}

}  // namespace dreams::jobs
