#pragma once

// One run of a source from the inside: what its streams share, whichever source it is. Internal to
// the syncs.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "jobs/sync_options.h"
#include "model/id.h"
#include "model/sync_run.h"
#include "sources/unreadable.h"
#include "store/lease.h"

namespace dreams::jobs {

/// What run_source gives to the work that it frames.
struct RunFrame {
    Db& db;
    Clock& clock;
    const SyncOptions& options;
    Progress& progress;
    store::Lease& lease;
    SyncReport& report;
    std::function<int()> requests;  ///< that the source has sent so far, repeats included
};

/// A run by its name in sync_log, and the lease that it takes.
struct RunOf {
    std::string source;
    std::string lease = "sync " + source;
};

/// Frames a run: takes its lease, opens a row of sync_log, does `work`, and closes the row whatever
/// came of it (a run that was killed is closed by the next).
///
/// Throws Error{conflict} when another run holds the lease: nothing was done. Every other failure
/// is in the report: outcome failed, its sentence in `error`.
SyncReport run_source(Db& db, const RunOf& run, Clock& clock, const SyncOptions& options,
                      Progress& progress, const std::function<int()>& requests,
                      const std::function<void(const RunFrame&)>& work);

/// Keeps records page by page, a transaction each, and counts what became of them.
class Run {
public:
    explicit Run(const RunFrame& frame);

    Db& db;
    const SyncOptions& options;
    Progress& progress;
    SyncReport& report;
    const Instant now;  ///< one instant for the whole run: every stamp it writes

    /// The counts of the stream under way.
    StreamCounts& stream(const std::string& name);
    /// Something worth knowing that is no failure; the same sentence is told once.
    void notice(const std::string& sentence);
    /// Does a part that the others do not need: when it fails, the rest goes on, and the run is
    /// partial for the reason that stands in its `error`. A part that an account need not give
    /// (`refusable`) and does not give is told of, and not missed.
    void attempt(const std::function<void()>& part, bool refusable = false);
    /// The run's outcome is partial if records were refused.
    void conclude();

    /// One page's commit: begins with construction, ends with commit(), which saves the run's
    /// counts and says that the run lives. Counts of a page that is not committed do not count.
    class Commit {
    public:
        Commit(Run& run, StreamCounts& stream);
        void count(Kept kept);  ///< one record, by what keeping it came to
        /// A record that could not be understood waits as it came, and counts as failed; the same
        /// again is unchanged.
        void refuse(const sources::Unreadable& record);
        /// Counts something that could not be done, and says why; `what` as in model/sync_run.h.
        void fail(const std::string& what, const std::string& why);
        /// An event of that person was kept: what they look at is due.
        void saw(const FubId& person, Kept kept);
        void commit();

    private:
        Run& run_;
        StreamCounts& stream_;
        Counts counts_;
        std::vector<Refused> refused_;
        std::map<std::string, std::int64_t> seen_;  ///< new events, by whose they are
        Transaction transaction_;
    };

private:
    friend class Commit;
    friend class RequestsOf;
    Clock& clock_;
    store::Lease& lease_;
    const std::function<int()> requests_;
};

/// Counts the requests that a stream sends while it stands.
class RequestsOf {
public:
    RequestsOf(Run& run, StreamCounts& stream)
        : run_(run), stream_(stream), before_(run.requests_()) {}
    ~RequestsOf() { stream_.requests += run_.requests_() - before_; }
    RequestsOf(const RequestsOf&) = delete;
    RequestsOf& operator=(const RequestsOf&) = delete;

private:
    Run& run_;
    StreamCounts& stream_;
    int before_;
};

/// Whether so few records where `known` were there is taken for a fault of the source, not for
/// news: fewer than four in five, of ten or more.
bool is_drop(std::int64_t known, std::int64_t there);

}  // namespace dreams::jobs
