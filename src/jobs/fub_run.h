#pragma once

// One run of the FUB sync from the inside: what its streams share. Internal to jobs/sync.

#include <set>
#include <string>

#include "base/db.h"
#include "jobs/progress.h"
#include "jobs/sync.h"
#include "model/cursor.h"
#include "model/sync_run.h"
#include "sources/fub.h"
#include "store/contact_communications.h"
#include "store/leads.h"
#include "store/lease.h"

namespace dreams::jobs {

/// Keeps records page by page, a transaction each, and counts what became of them.
class FubRun {
public:
    FubRun(Db& file, const sources::Fub& source, Clock& clock, const SyncOptions& wanted,
           Progress& shown, store::Lease& lease, SyncReport& told);

    Db& db;
    const sources::Fub& fub;
    const SyncOptions& options;
    Progress& progress;
    SyncReport& report;
    const Instant now;  ///< one instant for the whole run: every stamp it writes
    store::PeopleKeeper people;

    /// The counts of the stream under way.
    StreamCounts& stream(const std::string& name);
    void notice(const std::string& sentence);

    /// One page's commit: begins with construction, ends with commit(), which saves the run's
    /// counts and says that the run lives. Counts of a page that is not committed do not count.
    class Commit {
    public:
        Commit(FubRun& run, StreamCounts& stream);
        void count(Kept kept);
        void refuse(const sources::Unreadable& record);
        void commit();

    private:
        FubRun& run_;
        StreamCounts& stream_;
        Counts counts_;
        std::vector<Refused> refused_;
        Transaction transaction_;
    };

    void keep_person(Commit& commit, const sources::FubPerson& person);
    void keep_event(Commit& commit, const sources::FubEvent& event);
    void keep_communication(Commit& commit, sources::FubCommunication communication);
    /// Brings in what waited for `person`, who has just become known.
    void adopt(const FubId& person, const LeadId& lead);

    /// The user's name that FUB sent only the number of; empty: nobody known.
    std::string user_name(const std::string& user_id) const;

private:
    friend class Commit;
    Clock& clock_;
    store::Lease& lease_;
    Keeper<ContactEvent> events_;
    Keeper<LeadActivity> activities_;
    store::CommunicationsKeeper communications_;
};

/// Counts the requests that a stream sends while it stands.
class RequestsOf {
public:
    RequestsOf(FubRun& run, StreamCounts& stream)
        : run_(run), stream_(stream), before_(run.fub.requests()) {}
    ~RequestsOf() { stream_.requests += run_.fub.requests() - before_; }
    RequestsOf(const RequestsOf&) = delete;
    RequestsOf& operator=(const RequestsOf&) = delete;

private:
    FubRun& run_;
    StreamCounts& stream_;
    int before_;
};

// The streams, each in the file of its name, in the order they run.
void sync_setup(FubRun& run);    ///< stages and users: fub_setup.cpp
void sync_people(FubRun& run);   ///< fub_people.cpp
void sync_events(FubRun& run);   ///< fub_walk.cpp
void sync_calls(FubRun& run);    ///< fub_walk.cpp
void sync_awaited(FubRun& run);  ///< people whose records came before them: fub_people.cpp
void sync_texts(FubRun& run);    ///< fub_messages.cpp
void sync_emails(FubRun& run);   ///< fub_messages.cpp

}  // namespace dreams::jobs
