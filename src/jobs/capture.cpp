#include "jobs/capture.h"

#include "store/captures.h"

namespace dreams::jobs {
namespace {

struct Stamps {
    std::optional<Instant> updated_at;
    std::optional<std::string> sync_status;
    static constexpr auto columns() {
        return Columns{Column{"updated_at", &Stamps::updated_at},
                       Column{"sync_status", &Stamps::sync_status}};
    }
};

}  // namespace

CaptureKeeper::CaptureKeeper(Db& db, store::KeysInStep& keys)
    : db_(db), keeper_(db, store::PropertyKeeper::Keys::in_step), finder_(db) {
    keys.see_to(db);
}

Captured CaptureKeeper::keep(const sources::Capture& capture, Instant now) {
    Sighting said = cleaned(capture.said);
    const auto known = finder_.find(said.listing).home;
    if (!known && !capture.named_status) said.listing.status = "active";
    // A keeper takes the second sighting of one moment for a file's double line; an agent who
    // captures a home again means it.
    keeper_.forget_moments();

    const Instant seen_at = std::min(capture.seen_at.value_or(now), now);
    auto kept = keeper_.keep(said, {.telling = {capture.source, seen_at}, .now = now});
    store::keep_home_workflow(db_, kept.id, capture.workflow, now);
    const auto stamps = db_.value<Stamps>(
        "SELECT updated_at, sync_status FROM properties WHERE id = :id", {{"id", kept.id}});
    return {.id = kept.id,
            .created = kept.kept == Kept::created,
            .updated_at = stamps.updated_at,
            .sync_status = stamps.sync_status,
            .changes = std::move(kept.changes),
            .doubts = std::move(kept.doubts)};
}

}  // namespace dreams::jobs
