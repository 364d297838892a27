#include "jobs/capture.h"

#include "store/captures.h"

namespace dreams::jobs {
namespace {

struct Stamps {
    std::optional<Instant> updated_at;
    std::optional<std::string> sync_status;
    static constexpr auto columns() {
        return std::tuple{Column{"updated_at", &Stamps::updated_at},
                          Column{"sync_status", &Stamps::sync_status}};
    }
};

}  // namespace

void CaptureKeeper::begin() {
    keeper_.emplace(db_);
    finder_.emplace(db_);
    kept_.clear();
}

Captured CaptureKeeper::keep(const sources::Capture& capture, Instant now) {
    Sighting said = cleaned(capture.said);
    const auto known = finder_->find(said.listing).home;
    if (!known && !said.listing.status) said.listing.status = "active";
    // A keeper takes the second sighting of one moment for a file's double line; an agent who
    // captures a home again means it.
    if (known && kept_.contains(known->id)) begin();

    const Instant seen_at = std::min(capture.seen_at.value_or(now), now);
    auto kept = keeper_->keep(said, {.telling = {capture.source, seen_at}, .now = now});
    kept_.insert(kept.id);
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
