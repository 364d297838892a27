#include "jobs/sync_idx.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "base/text.h"
#include "jobs/run.h"
#include "model/address_likeness.h"
#include "model/listing_status.h"
#include "store/fetch_hosts.h"
#include "store/idx_cache.h"
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

IdxOutcome verdict_told(IdxVerdict verdict) {
    return verdict == IdxVerdict::unclear ? IdxOutcome::unclear : IdxOutcome::not_found;
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

/// The site has turned us away: the run ends, and it is no failure of ours.
struct TurnedAway {
    std::string why;
};

class IdxRun : Run {
public:
    IdxRun(const RunFrame& frame, sources::Idx& idx, const sources::Fetcher& fetcher,
           const IdxOptions& limits)
        : Run(frame), idx_(idx), fetcher_(fetcher), limits_(limits) {}

    void go() {
        give_addresses();
        try {
            if (const auto closed = idx_.closed(); !closed.empty()) throw TurnedAway{closed};
            ask_for_numbers();
            validate_homes();
        } catch (const TurnedAway& blocked) {
            store::keep_fetch_hosts(db, fetcher_.hosts());
            notice(blocked.why);
            report.outcome = Outcome::partial;
        }
        give_addresses();
        conclude();
    }

private:
    void give_addresses() {
        auto transaction = db.begin();
        store::give_events_addresses(db);
        transaction.commit();
    }
    std::vector<store::IdxDue> numbers_to_ask();
    void ask_for_numbers();
    void validate_homes();
    void ask_for_number(const store::IdxDue& due, StreamCounts& numbers);
    void validate(const store::HomeToValidate& home, StreamCounts& homes);
    bool hears_number(const std::string& number);
    IdxAnswer on_the_site(const store::HomeToValidate& home, const std::string& number);
    void keep_home(const store::HomeToValidate& home, const IdxAnswer& answer, StreamCounts& homes);
    const IdxHome* meant(const IdxAnswer& answer, const std::string& number);

    void keep_answer(Commit& commit, const store::IdxDue& due, const IdxAnswer& answer,
                     const IdxHome* home);
    IdxVisit visit(IdxQuestion kind, const std::string& key, IdxVerdict verdict,
                   const std::optional<IdxVisit>& last) const;

    std::optional<IdxAnswer> answer_of(StreamCounts& stream, IdxQuestion kind,
                                       const std::string& key,
                                       const std::function<IdxAnswer()>& asking);
    void note_failure(StreamCounts& stream, const Error& error);
    void failed_alone(StreamCounts& stream);

    sources::Idx& idx_;
    const sources::Fetcher& fetcher_;
    const IdxOptions& limits_;
    /// What got no answer since the site last gave one: its own fault, or the site's.
    std::vector<std::pair<IdxQuestion, std::string>> unanswered_;
    int failures_ = 0;  ///< in a row
};

std::string in_words(IdxQuestion kind, const std::string& key) {
    return (kind == IdxQuestion::number ? "MLS number " : "home ") + key;
}

/// Asks; none: the site gave no answer, which is counted. Throws Error when it is down.
std::optional<IdxAnswer> IdxRun::answer_of(StreamCounts& stream, IdxQuestion kind,
                                           const std::string& key,
                                           const std::function<IdxAnswer()>& asking) {
    try {
        const RequestsOf requests(*this, stream);
        const auto before = idx_.requests();
        auto answer = asking();
        if (answer.outcome == IdxOutcome::blocked) throw TurnedAway{answer.why};
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
    if (const auto closed = idx_.closed(); !closed.empty()) throw TurnedAway{closed};
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
    store::keep_fetch_hosts(db, fetcher_.hosts());
    commit.commit();
    unanswered_.clear();
}

std::vector<store::IdxDue> IdxRun::numbers_to_ask() {
    if (limits_.only.empty()) return store::numbers_due(db, now, limits_.numbers);
    std::vector<std::string> numbers;
    for (const auto& home : store::homes_to_validate(db, limits_.only))
        if (!home.mls_number.value_or("").empty()) numbers.push_back(*home.mls_number);
    return store::numbers_due_of(db, numbers, now);
}

void IdxRun::ask_for_numbers() {
    const auto due = numbers_to_ask();
    StreamCounts& numbers = stream("numbers");
    progress.part("MLS numbers", std::ssize(due));
    for (const auto& each : due) {
        ask_for_number(each, numbers);
        progress.done(numbers.counts.processed);
    }
    if (limits_.only.empty() && std::ssize(due) == limits_.numbers)
        if (const auto left = store::count_numbers_due(db, now); left > 0)
            notice(std::to_string(left) + " MLS numbers wait for the next run");
}

void IdxRun::ask_for_number(const store::IdxDue& due, StreamCounts& numbers) {
    const bool knows_photo = due.cached && due.cached->photo_url;
    const auto depth = knows_photo ? IdxDepth::listing : IdxDepth::with_page;
    std::optional<sources::IdxMark> mark;
    if (due.cached && due.last_visit && due.last_visit->url &&
        due.last_visit->verdict == IdxVerdict::found)
        mark = {*due.last_visit->url, due.last_visit->etag, due.last_visit->last_modified};
    const auto answer = answer_of(numbers, IdxQuestion::number, due.mls_number,
                                  [&] { return idx_.by_number(due.mls_number, depth, mark); });
    if (!answer) return;
    Commit commit(*this, numbers);
    keep_answer(commit, due, *answer, meant(*answer, due.mls_number));
    store::keep_fetch_hosts(db, fetcher_.hosts());
    commit.commit();
}

/// Of several homes with one number the one that the file knows; null: none, or it cannot be told.
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

void IdxRun::keep_answer(Commit& commit, const store::IdxDue& due, const IdxAnswer& answer,
                         const IdxHome* home) {
    auto verdict = verdict_of(answer.outcome);
    std::string why = answer.why;
    if (verdict == IdxVerdict::found && !home && !answer.unchanged) {
        verdict = IdxVerdict::unclear;
        why = "several homes of the site bear the number, and none is known here";
    }
    auto now_known = visit(IdxQuestion::number, due.mls_number, verdict, due.last_visit);
    std::string status = due.cached ? due.cached->status.value_or("") : "";
    if (home) {
        const IdxListing listing{.mls_number = due.mls_number,
                                 .address = home->address,
                                 .city = home->city,
                                 .price = home->price,
                                 .status = cache_status(home->status),
                                 .photo_url = home->photo_url,
                                 .last_updated = now};
        commit.count(store::keep_found(db, listing));
        status = listing.status.value_or(status);
        now_known.board = home->board;
        now_known.page = home->url;
    } else if (verdict == IdxVerdict::found) {
        auto listing = *due.cached;
        listing.last_updated = now;
        commit.count(store::keep_found(db, listing));
        now_known.board = due.last_visit->board;
        now_known.page = due.last_visit->page;
    } else if (verdict == IdxVerdict::unclear) {
        commit.fail(in_words(IdxQuestion::number, due.mls_number),
                    why.empty() ? "the site's answer cannot be trusted" : why);
    } else {
        commit.count(store::keep_missing(db, due.mls_number, verdict, now));
    }
    if (answer.mark) {
        now_known.url = answer.mark->url;
        now_known.etag = answer.mark->etag;
        now_known.last_modified = answer.mark->last_modified;
    }
    now_known.due_at = next_visit(verdict, status, due.looks, now_known.in_a_row, now);
    store::keep_visit(db, now_known);
    if (verdict == IdxVerdict::found && now_known.in_a_row == 1)
        store::doubt_not_found(db, due.mls_number, now);
}

// ---- Validation

void IdxRun::validate_homes() {
    const auto due = limits_.only.empty() ? store::homes_to_validate(db, now, limits_.homes)
                                          : store::homes_to_validate(db, limits_.only);
    StreamCounts& homes = stream("homes");
    progress.part("homes to validate", std::ssize(due));
    for (const auto& each : due) {
        validate(each, homes);
        progress.done(homes.counts.processed);
    }
}

/// Asks for the home's number unless that was done lately; whether the site was heard on it.
bool IdxRun::hears_number(const std::string& number) {
    for (const auto& due : store::numbers_due_of(db, {number}, now))
        ask_for_number(due, stream("numbers"));
    return store::idx_visit(db, IdxQuestion::number, number).has_value();
}

/// The home as the cache or the site shows it: by its number, where the address there is alike or
/// none is known, else by its address.
IdxAnswer IdxRun::on_the_site(const store::HomeToValidate& home, const std::string& number) {
    const auto address = home.whole_address();
    const auto seen = store::idx_visit(db, IdxQuestion::number, number);
    if (const auto cached = store::idx_listing(db, number); cached && is_shown(*cached)) {
        if (address.empty() || address_likeness(*cached->address, address) >= alike_enough)
            return {.outcome = IdxOutcome::found,
                    .homes = {IdxHome{.mls_number = number,
                                      .address = *cached->address,
                                      .url = seen ? seen->page : std::nullopt,
                                      .board = seen ? seen->board : std::nullopt}}};
    }
    if (address.empty())
        return {.outcome = seen ? verdict_told(seen->verdict) : IdxOutcome::unclear,
                .why = "neither its MLS number nor an address is known"};
    auto answer = idx_.by_address(address);
    if (answer.outcome == IdxOutcome::not_found && seen && seen->verdict == IdxVerdict::unclear)
        return {.outcome = IdxOutcome::unclear,
                .why =
                    "its address leads nowhere, and what the site said of its MLS number cannot "
                    "be trusted"};
    return answer;
}

void IdxRun::validate(const store::HomeToValidate& home, StreamCounts& homes) {
    const std::string number(text::trimmed(home.mls_number.value_or("")));
    if (!number.empty() && !hears_number(number)) {
        Commit commit(*this, homes);
        commit.fail(in_words(IdxQuestion::home, home.id.text),
                    "the site did not answer for its MLS number");
        return commit.commit();
    }
    const auto answer = answer_of(homes, IdxQuestion::home, home.id.text,
                                  [&] { return on_the_site(home, number); });
    if (answer) keep_home(home, *answer, homes);
}

void IdxRun::keep_home(const store::HomeToValidate& home, const IdxAnswer& answer,
                       StreamCounts& homes) {
    Commit commit(*this, homes);
    IdxCheck check = home.idx;
    check.idx_validated_at = now;
    auto now_known = visit(IdxQuestion::home, home.id.text, IdxVerdict::not_found,
                           store::idx_visit(db, IdxQuestion::home, home.id.text));
    if (!answer.homes.empty()) {
        const auto& shown = answer.homes.front();
        now_known.verdict = IdxVerdict::found;
        check.idx_validation_status = "validated";
        check.idx_mls_number = shown.mls_number;
        if (!check.original_mls_number) check.original_mls_number = home.mls_number;
        check.idx_mls_source = shown.board;
        commit.count(store::keep_idx_check(db, home.id, check, now));
    } else if (answer.outcome == IdxOutcome::unclear) {
        now_known.verdict = IdxVerdict::unclear;
        commit.fail(in_words(IdxQuestion::home, home.id.text),
                    answer.why.empty() ? "the site's answer cannot be trusted" : answer.why);
    } else {
        check.idx_validation_status = "not_found";
        commit.count(store::keep_idx_check(db, home.id, check, now));
    }
    now_known.due_at = now_known.verdict == IdxVerdict::unclear
                           ? next_visit(IdxVerdict::unclear, "", 0, now_known.in_a_row, now)
                           : now;  // what is validated or not found says itself when it is due
    store::keep_visit(db, now_known);
    store::keep_fetch_hosts(db, fetcher_.hosts());
    commit.commit();
}

}  // namespace

SyncReport sync_idx(Db& db, sources::Idx& idx, const sources::Fetcher& fetcher, Clock& clock,
                    const IdxOptions& options, Progress& progress) {
    const auto requests = [&] { return fetcher.requests(); };
    return run_source(db, "idx", clock, {}, progress, requests,
                      [&](const RunFrame& frame) { IdxRun(frame, idx, fetcher, options).go(); });
}

}  // namespace dreams::jobs
