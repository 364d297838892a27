#pragma once

// One run of the FUB sync from the inside: what its streams share. Internal to jobs/sync.

#include <set>
#include <string>

#include "base/db.h"
#include "jobs/run.h"
#include "jobs/sync.h"
#include "model/cursor.h"
#include "sources/fub.h"
#include "store/contact_communications.h"
#include "store/leads.h"

namespace dreams::jobs {

/// A run that knows how each kind of FUB's records is kept.
class FubRun : public Run {
public:
    FubRun(const RunFrame& frame, const sources::Fub& source);

    const sources::Fub& fub;
    store::PeopleKeeper people;

    void keep_person(Commit& commit, const sources::FubPerson& person);
    void keep_event(Commit& commit, const sources::FubEvent& event);
    void keep_communication(Commit& commit, sources::FubCommunication communication);
    /// Brings in what waited for `person`, who has just become known.
    void adopt(Commit& commit, const FubId& person, const LeadId& lead);

    /// Throws when FUB speaks of so few (`there`) of what it, or the file, `known` had, that this
    /// is taken for a fault of FUB's and not for news; not if the user said that it is right.
    void refuse_drop(const std::string& what, std::int64_t known, std::int64_t there) const;

    /// The user's name that FUB sent only the number of; empty: nobody known.
    std::string user_name(const std::string& user_id) const;

private:
    Kept keep(ContactEvent record);
    Kept keep(LeadActivity record);
    Kept keep(ContactCommunication record, bool automated);
    /// As imported now, unless it was before; what is kept waits no longer.
    Kept kept(auto record, const auto& keep);
    /// Kept for later: its person is unknown. The same again, in a later run, is no news.
    void wait(Commit& commit, const std::string& id, const FubId& person, std::string kind,
              const auto& record);

    Keeper<ContactEvent> events_;
    Keeper<LeadActivity> activities_;
    store::CommunicationsKeeper communications_;
};

// The streams, in the order they run.
void sync_setup(FubRun& run);   ///< stages and users: fub_lists.cpp
void sync_people(FubRun& run);  ///< fub_people.cpp
void sync_events(FubRun& run);  ///< fub_lists.cpp
void sync_calls(FubRun& run);   ///< fub_lists.cpp
/// Events and calls that a merge may have given to another person: fub_lists.cpp
void sync_handed_over(FubRun& run);
void sync_awaited(FubRun& run);  ///< people whose records came before them: fub_people.cpp
void sync_texts(FubRun& run);    ///< fub_messages.cpp
void sync_emails(FubRun& run);   ///< fub_messages.cpp

}  // namespace dreams::jobs
