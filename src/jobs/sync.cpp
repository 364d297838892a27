#include "jobs/sync.h"

#include "jobs/contact_properties.h"
#include "jobs/fub_run.h"
#include "store/fub_people.h"

namespace dreams::jobs {
namespace {

/// Whatever is asked next would be refused too (reliability F12).
void end_if_the_key_was_taken_back(const sources::Fub& fub) {
    if (fub.key_refused())
        throw Error(Fault::unauthorized,
                    "Follow Up Boss does not accept the API key any more; check fub.api_key");
}

}  // namespace

SyncReport sync_fub(Db& db, const sources::Fub& fub, Clock& clock, const SyncOptions& options,
                    Progress& progress) {
    const auto requests = [&] { return fub.requests(); };
    return run_source(db, {"fub"}, clock, options, progress, requests, [&](const RunFrame& frame) {
        FubRun run(frame, fub);
        sync_setup(run);
        sync_people(run);
        if (options.full) store::forget_marks(db);
        for (const auto stream :
             {sync_events, sync_calls, sync_handed_over, sync_awaited, sync_texts, sync_emails}) {
            const bool not_every_account_gives_it = stream == sync_emails;
            run.attempt([&] { stream(run); }, not_every_account_gives_it);
            end_if_the_key_was_taken_back(fub);
        }
        refresh_contact_properties(db, run.now);
        run.conclude();
    });
}

}  // namespace dreams::jobs
