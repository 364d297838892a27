#include "jobs/idx_run.h"

#include <algorithm>

#include "jobs/sync_idx.h"
#include "model/address_likeness.h"
#include "model/listing_status.h"
#include "store/fetch_hosts.h"
#include "store/idx_validation.h"

namespace dreams::jobs {
namespace {

using sources::IdxAnswer;
using sources::IdxDepth;
using sources::IdxHome;
using sources::IdxOutcome;

constexpr int failures_borne = 3;  ///< in a row: then the site may be down
/// In a row, though its start page can be had: then it is down for us.
constexpr int failures_borne_in_all = 12;

/// The site has turned us away: an Error that ends the asking, and not the run.
class TurnedAway : public Error {
public:
    explicit TurnedAway(const std::string& why) : Error(Fault::unauthorized, why) {}
};

IdxVerdict verdict_of(IdxOutcome outcome) {
    switch (outcome) {
        case IdxOutcome::found:
            return IdxVerdict::found;
        case IdxOutcome::not_found:
            return IdxVerdict::not_found;
        case IdxOutcome::gone:
            return IdxVerdict::gone;
        case IdxOutcome::blocked:
        case IdxOutcome::unclear:
            break;
    }
    return IdxVerdict::unclear;
}

/// The dictionary's words for the cache: `Active`, `Pending`, `Sold`; another as the site has it.
std::optional<std::string> cache_status(const std::optional<std::string>& said) {
    if (!said) return std::nullopt;
    const auto status = listing_status(*said);
    if (!status) return said;
    if (is_sold(status)) return "Sold";
    if (*status == "pending" || *status == "contingent") return "Pending";
    return *status == "active" ? "Active" : *said;
}

}  // namespace

void IdxRun::while_let_in(const std::function<void()>& work) {
    try {
        if (const auto closed = idx_.closed(); !closed.empty()) throw TurnedAway(closed);
        work();
    } catch (const TurnedAway& blocked) {
        store::keep_fetch_hosts(db, fetcher_.hosts());
        notice(blocked.what());
        report.outcome = Outcome::partial;
    }
}

std::string in_words(IdxQuestion kind, const std::string& key) {
    return (kind == IdxQuestion::number ? "MLS number " : "home ") + key;
}

std::optional<IdxAnswer> IdxRun::answer_of(StreamCounts& stream, IdxQuestion kind,
                                           const std::string& key,
                                           const std::function<IdxAnswer()>& asking) {
    try {
        const RequestsOf requests(*this, stream);
        const auto before = idx_.requests();
        auto answer = asking();
        if (answer.outcome == IdxOutcome::blocked) throw TurnedAway(answer.why);
        if (idx_.requests() > before) failed_alone(stream);
        return answer;
    } catch (const Error& error) {
        if (error.fault() != Fault::unavailable) throw;
        unanswered_.emplace_back(kind, key);
        Commit commit(*this, stream);
        commit.fail(in_words(kind, key), error.what());
        commit.commit();
        note_failure(stream, error);
        return std::nullopt;
    }
}

/// Several failures in a row are a site that is down, unless its start page can be had. Throws
/// Error when it is down.
void IdxRun::note_failure(StreamCounts& stream, const Error& error) {
    if (++failures_ % failures_borne != 0) return;
    const RequestsOf requests(*this, stream);
    bool there = false;
    try {
        there = idx_.is_there();
    } catch (const Error& of_start_page) {
        if (of_start_page.fault() != Fault::unavailable) throw;
    }
    if (const auto closed = idx_.closed(); !closed.empty()) throw TurnedAway(closed);
    if (!there) throw error;
    const int so_far = failures_;
    failed_alone(stream);
    failures_ = so_far;
    if (failures_ >= failures_borne_in_all)
        throw Error(Fault::unavailable,
                    "the site shows its start page, but " + std::to_string(failures_) +
                        " questions in a row got no answer; the last: " + error.what());
}

/// The site is there: what it did not answer failed by itself, and waits for its turn, so that the
/// others have theirs.
void IdxRun::failed_alone(StreamCounts& stream) {
    failures_ = 0;
    if (unanswered_.empty()) return;
    Commit commit(*this, stream);
    for (const auto& [kind, key] : unanswered_) {
        auto now_known = visit(kind, key, IdxVerdict::unclear, store::idx_visit(db, kind, key));
        now_known.due_at = next_visit(IdxVerdict::unclear, "", 0, now_known.in_a_row, now);
        store::keep_visit(db, now_known);
    }
    end(commit);
    unanswered_.clear();
}

std::optional<IdxAnswer> IdxRun::ask_for(const store::IdxDue& due, StreamCounts& stream) {
    const bool knows_photo = due.cached && due.cached->photo_url;
    const auto depth = knows_photo ? IdxDepth::listing : IdxDepth::with_page;
    std::optional<sources::IdxMark> mark;
    if (due.cached && is_shown(*due.cached) && due.last_visit && due.last_visit->url &&
        due.last_visit->verdict == IdxVerdict::found)
        mark = {*due.last_visit->url, due.last_visit->etag, due.last_visit->last_modified};
    return answer_of(stream, IdxQuestion::number, due.mls_number,
                     [&] { return idx_.by_number(due.mls_number, depth, mark); });
}

const IdxHome* IdxRun::meant(const IdxAnswer& answer, const std::string& number) {
    if (answer.homes.empty()) return nullptr;
    if (answer.homes.size() == 1) return &answer.homes.front();
    const auto known = store::addresses_of_number(db, number);
    const auto at = std::ranges::find_if(answer.homes, [&](const IdxHome& home) {
        return std::ranges::any_of(known, [&](const std::string& address) {
            return address_likeness(home.address, address) >= alike_enough;
        });
    });
    return at == answer.homes.end() ? nullptr : &*at;
}

IdxVisit IdxRun::visit(IdxQuestion kind, const std::string& key, IdxVerdict verdict,
                       const std::optional<IdxVisit>& last) const {
    IdxVisit visit{.kind = kind, .key = key, .verdict = verdict, .asked_at = now};
    if (last && last->verdict == verdict) visit.in_a_row = last->in_a_row + 1;
    return visit;
}

KeptAnswer IdxRun::keep_answer(const store::IdxDue& due, const IdxAnswer& answer,
                               const IdxHome* home) {
    KeptAnswer kept{.verdict = verdict_of(answer.outcome), .why = answer.why};
    if (kept.verdict == IdxVerdict::found && !home && !answer.unchanged)
        kept = {.why = "several homes of the site bear the number, and none is known here"};
    auto now_known = visit(IdxQuestion::number, due.mls_number, kept.verdict, due.last_visit);
    std::string status = due.cached ? due.cached->status.value_or("") : "";
    if (home) {
        const IdxListing listing{.mls_number = due.mls_number,
                                 .address = home->address,
                                 .city = home->city,
                                 .price = home->price,
                                 .status = cache_status(home->status),
                                 .photo_url = home->photo_url,
                                 .last_updated = now};
        kept.kept = store::keep_found(db, listing);
        status = listing.status.value_or(status);
        now_known.board = home->board;
        now_known.page = home->url;
    } else if (kept.verdict == IdxVerdict::found) {
        auto listing = *due.cached;
        listing.last_updated = now;
        kept.kept = store::keep_found(db, listing);
        now_known.board = due.last_visit->board;
        now_known.page = due.last_visit->page;
    } else if (kept.verdict == IdxVerdict::unclear) {
        if (kept.why.empty()) kept.why = "the site's answer cannot be trusted";
    } else {
        kept.kept = store::keep_missing(db, due.mls_number, kept.verdict, now);
    }
    if (answer.mark) {
        now_known.url = answer.mark->url;
        now_known.etag = answer.mark->etag;
        now_known.last_modified = answer.mark->last_modified;
    }
    now_known.due_at = next_visit(kept.verdict, status, due.looks, now_known.in_a_row, now);
    store::keep_visit(db, now_known);
    if (kept.verdict == IdxVerdict::found && now_known.in_a_row == 1)
        store::doubt_not_found(db, due.mls_number, now);
    return kept;
}

void IdxRun::end(Commit& commit) {
    store::keep_fetch_hosts(db, fetcher_.hosts());
    commit.commit();
}

}  // namespace dreams::jobs
