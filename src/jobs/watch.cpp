#include "jobs/watch.h"

#include <optional>

#include "base/text.h"
#include "jobs/idx_run.h"
#include "jobs/sync_idx.h"
#include "model/address_likeness.h"
#include "model/listing_status.h"
#include "store/properties.h"
#include "store/watched_homes.h"

namespace dreams::jobs {
namespace {

using sources::IdxHome;
using store::WatchedHome;

/// So long an answer of the site's counts as what it says now.
constexpr std::chrono::hours fresh{12};
/// A site that sends us to its search page instead of a home may have had a bad day.
constexpr std::int64_t missing_is_sure_after = 2;

/// What the site says of a home.
struct Look {
    IdxVerdict verdict = IdxVerdict::unclear;
    std::optional<IdxHome> shown;
    Instant at;                ///< when it said so
    bool is_sure = false;      ///< of one that is not there
    bool relisted = false;     ///< its old number is gone, and it is there under another
    bool is_anothers = false;  ///< the site has another home under its number
    std::string why;           ///< a sentence, of what is unclear
};

class WatchRun : IdxRun {
public:
    WatchRun(const RunFrame& frame, sources::Idx& idx, const sources::Fetcher& fetcher,
             std::int64_t most)
        : IdxRun(frame, idx, fetcher), most_(most) {}

    void go() {
        while_let_in([this] { look_at_homes(); });
        conclude();
    }

private:
    void look_at_homes();
    void look_at(const WatchedHome& home, StreamCounts& homes);
    std::optional<Look> look_by_number(const WatchedHome& home, StreamCounts& homes);
    std::optional<Look> look_by_address(const WatchedHome& home, const Look& by_number,
                                        StreamCounts& homes);
    Look remembered(const std::string& number);
    void keep(const WatchedHome& home, const Look& look, StreamCounts& homes);
    bool keep_sighting(const WatchedHome& home, const Look& look);

    const std::int64_t most_;
    std::optional<store::PropertyKeeper> keeper_;
};

/// Whether what the site shows is the home. One whose address nobody knows is known by its number;
/// the number that it was listed with speaks for it, one that was found by its address does not.
bool is_ours(const WatchedHome& home, const IdxHome& shown) {
    const auto address = home.home.whole_address();
    if (address.empty()) return true;
    const bool bears_number = shown.mls_number == text::trimmed(home.home.mls_number.value_or(""));
    const auto likeness = bears_number ? address_likeness(shown.address, address)
                                       : whole_address_likeness(shown.address, address);
    return likeness >= alike_enough;
}

/// The cache has fewer words than the site: its `Pending` may be a contingent home.
bool says_less(const std::optional<std::string>& cached, const std::optional<std::string>& known) {
    return cached == "Pending" && known && listing_status(*known) == "contingent";
}

void WatchRun::look_at_homes() {
    const auto before = now - looks_apart;
    const auto due = store::homes_to_watch(db, before, now, most_);
    StreamCounts& homes = stream("homes");
    progress.part("watched homes", std::ssize(due));
    for (const auto& each : due) {
        look_at(each, homes);
        progress.done(homes.counts.processed);
    }
    if (std::ssize(due) < most_) return;
    if (const auto left = store::count_homes_to_watch(db, before, now); left > 0)
        notice(std::to_string(left) + " watched homes wait for the next run");
}

void WatchRun::look_at(const WatchedHome& home, StreamCounts& homes) {
    auto look = look_by_number(home, homes);
    if (!look) return;
    if (look->shown && !is_ours(home, *look->shown))
        *look = {.verdict = IdxVerdict::not_found, .is_anothers = true};
    if (!look->shown && !home.home.whole_address().empty()) {
        auto by_address = look_by_address(home, *look, homes);
        if (!by_address) return;
        look = std::move(by_address);
    }
    keep(home, *look, homes);
}

/// What the cache and the visits have of a number.
Look WatchRun::remembered(const std::string& number) {
    const auto visit = store::idx_visit(db, IdxQuestion::number, number);
    const auto cached = store::idx_listing(db, number);
    if (!visit) return {};
    Look look{.verdict = visit->verdict, .at = visit->asked_at};
    look.is_sure = visit->verdict == IdxVerdict::gone || (visit->verdict == IdxVerdict::not_found &&
                                                          visit->in_a_row >= missing_is_sure_after);
    if (visit->verdict != IdxVerdict::found || !cached || !cached->address) return look;
    look.at = cached->last_updated.value_or(visit->asked_at);
    look.shown = IdxHome{.mls_number = number,
                         .address = *cached->address,
                         .city = cached->city,
                         .price = cached->price,
                         .status = cached->status,
                         .photo_url = cached->photo_url,
                         .url = visit->page,
                         .board = visit->board};
    return look;
}

/// None: the site gave no answer, or one that cannot be trusted, which is counted.
std::optional<Look> WatchRun::look_by_number(const WatchedHome& home, StreamCounts& homes) {
    const auto number = home.number();
    if (number.empty()) return Look{};
    const store::IdxDue due{.mls_number = number,
                            .looks = home.people,
                            .cached = store::idx_listing(db, number),
                            .last_visit = store::idx_visit(db, IdxQuestion::number, number)};
    auto look = remembered(number);
    if (due.last_visit) {
        const bool was_found = look.verdict == IdxVerdict::found;
        if (was_found ? now - look.at < fresh : due.last_visit->due_at > now) return look;
    }
    const auto answer = ask_for(due, homes);
    if (!answer) return std::nullopt;
    Commit commit(*this, homes);
    const IdxHome* there = meant(*answer, number);
    const auto kept = keep_answer(due, *answer, there);
    end(commit);
    look = remembered(number);
    look.why = kept.why;
    if (there && look.shown) look.shown->status = there->status;  // in the site's own word
    return look;
}

/// Where the number leads nowhere. None as in look_by_number.
std::optional<Look> WatchRun::look_by_address(const WatchedHome& home, const Look& by_number,
                                              StreamCounts& homes) {
    const auto last = store::idx_visit(db, IdxQuestion::home, home.home.id.text);
    if (last && last->verdict != IdxVerdict::found && last->due_at > now) return by_number;
    const auto answer = answer_of(homes, IdxQuestion::home, home.home.id.text,
                                  [&] { return idx_.by_address(home.home.whole_address()); });
    if (!answer) return std::nullopt;
    const bool found = !answer->homes.empty() && is_ours(home, answer->homes.front());
    const auto verdict = found                                             ? IdxVerdict::found
                         : answer->outcome == sources::IdxOutcome::unclear ? IdxVerdict::unclear
                                                                           : IdxVerdict::not_found;
    Commit commit(*this, homes);
    auto visited = visit(IdxQuestion::home, home.home.id.text, verdict, last);
    visited.due_at = found ? now : next_visit(verdict, "", home.people, visited.in_a_row, now);
    store::keep_visit(db, visited);
    end(commit);
    if (found) {
        const auto& shown = answer->homes.front();
        return Look{.verdict = verdict,
                    .shown = shown,
                    .at = now,
                    .relisted = by_number.is_sure && is_for_sale(shown.status.value_or(""))};
    }
    if (!home.number().empty()) return by_number;
    return Look{
        .verdict = verdict,
        .at = now,
        .is_sure = verdict == IdxVerdict::not_found && visited.in_a_row >= missing_is_sure_after,
        .why = answer->why};
}

bool WatchRun::keep_sighting(const WatchedHome& home, const Look& look) {
    Sighting said;
    said.listing.price = look.shown->price;
    if (!says_less(look.shown->status, home.status)) said.listing.status = look.shown->status;
    if (look.relisted) said.listing.mls_number = look.shown->mls_number;
    if (!home.idx_url) said.listing.idx_url = look.shown->url;
    if (!home.primary_photo) said.listing.primary_photo = look.shown->photo_url;
    if (!keeper_) keeper_.emplace(db);
    const auto kept = keeper_->keep(home.home.id, said, {.telling = {"idx", look.at}, .now = now});
    return kept.kept == Kept::updated;
}

void WatchRun::keep(const WatchedHome& home, const Look& look, StreamCounts& homes) {
    Commit commit(*this, homes);
    bool news = false;
    if (!store::property(db, home.home.id)) {  // somebody has removed it meanwhile
        commit.count(Kept::unchanged);
        return end(commit);
    }
    if (look.shown) {
        news = keep_sighting(home, look);
        news |= store::keep_on_site(db, home.home.id, store::OnSite::shown, now);
    } else if (look.verdict == IdxVerdict::unclear) {
        commit.fail("home " + home.home.id.text,
                    look.why.empty() ? "the site's answer cannot be trusted" : look.why);
        return end(commit);
    } else if (look.is_anothers) {
        notice("home " + home.home.id.text +
               " bears an MLS number under which the site shows another home");
    } else if (look.verdict == IdxVerdict::gone || (look.is_sure && store::was_on_site(db, home))) {
        news = store::keep_on_site(db, home.home.id, store::OnSite::gone, now);
    }
    store::keep_watched(db, home.home.id, now);
    commit.count(news ? Kept::updated : Kept::unchanged);
    end(commit);
}

}  // namespace

SyncReport watch(Db& db, sources::Idx& idx, const sources::Fetcher& fetcher, Clock& clock,
                 std::int64_t homes, Progress& progress) {
    const auto requests = [&] { return fetcher.requests(); };
    return run_source(db, {"watch", idx_lease}, clock, {}, progress, requests,
                      [&](const RunFrame& frame) { WatchRun(frame, idx, fetcher, homes).go(); });
}

}  // namespace dreams::jobs
