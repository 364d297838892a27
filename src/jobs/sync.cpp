#include "jobs/sync.h"

#include "base/text.h"
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

void report_clock(FubRun& run) {
    run.report.clock_ahead = run.fub.clock_ahead();
    const auto ahead = run.report.clock_ahead.value_or(std::chrono::seconds{0});
    if (std::chrono::abs(ahead) >= clock_is_off_by)
        run.notice(clock_told(ahead, "Follow Up Boss's"));
}

}  // namespace

std::string clock_told(std::chrono::seconds ahead, const std::string& whose) {
    const auto minutes = std::chrono::round<std::chrono::minutes>(std::chrono::abs(ahead)).count();
    return "this machine's clock was " + text::grouped(minutes) + " minutes " +
           (ahead.count() > 0 ? "ahead of " : "behind ") + whose +
           ": what happened when is not certain until it is set right (`timedatectl set-ntp true` "
           "has the network set it)";
}

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
            // Not every account gives e-mails; one that did and does not any more is a failure.
            const bool may_never_be_given =
                stream == sync_emails && !store::has_communications(db, CommKind::email);
            run.attempt([&] { stream(run); }, may_never_be_given);
            end_if_the_key_was_taken_back(fub);
        }
        refresh_contact_properties(db, run.now);
        report_clock(run);
        run.conclude();
    });
}

}  // namespace dreams::jobs
