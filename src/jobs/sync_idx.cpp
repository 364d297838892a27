#include "jobs/sync_idx.h"

#include "base/text.h"
#include "jobs/idx_run.h"
#include "model/address_likeness.h"
#include "store/idx_validation.h"

namespace dreams::jobs {
namespace {

using sources::IdxAnswer;
using sources::IdxHome;
using sources::IdxOutcome;

IdxOutcome verdict_told(IdxVerdict verdict) {
    return verdict == IdxVerdict::unclear ? IdxOutcome::unclear : IdxOutcome::not_found;
}

class SyncRun : IdxRun {
public:
    SyncRun(const RunFrame& frame, sources::Idx& idx, const sources::Fetcher& fetcher,
            const IdxOptions& limits)
        : IdxRun(frame, idx, fetcher), limits_(limits) {}

    void go() {
        give_addresses();
        while_let_in([this] {
            ask_for_numbers();
            validate_homes();
        });
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

    const IdxOptions& limits_;
};

std::vector<store::IdxDue> SyncRun::numbers_to_ask() {
    if (limits_.only.empty()) return store::numbers_due(db, now, limits_.numbers);
    std::vector<std::string> numbers;
    for (const auto& home : store::homes_to_validate(db, limits_.only))
        if (!home.mls_number.value_or("").empty()) numbers.push_back(*home.mls_number);
    return store::numbers_due_of(db, numbers, now);
}

void SyncRun::ask_for_numbers() {
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

void SyncRun::ask_for_number(const store::IdxDue& due, StreamCounts& numbers) {
    const auto answer = ask_for(due, numbers);
    if (!answer) return;
    Commit commit(*this, numbers);
    const auto kept = keep_answer(due, *answer, meant(*answer, due.mls_number));
    if (kept.verdict == IdxVerdict::unclear)
        commit.fail(in_words(IdxQuestion::number, due.mls_number), kept.why);
    else
        commit.count(kept.kept);
    end(commit);
}

// ---- Validation

void SyncRun::validate_homes() {
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
bool SyncRun::hears_number(const std::string& number) {
    for (const auto& due : store::numbers_due_of(db, {number}, now))
        ask_for_number(due, stream("numbers"));
    return store::idx_visit(db, IdxQuestion::number, number).has_value();
}

/// The home as the cache or the site shows it: by its number, where the address there is alike or
/// none is known, else by its address.
IdxAnswer SyncRun::on_the_site(const store::HomeToValidate& home, const std::string& number) {
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

void SyncRun::validate(const store::HomeToValidate& home, StreamCounts& homes) {
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

void SyncRun::keep_home(const store::HomeToValidate& home, const IdxAnswer& answer,
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
    end(commit);
}

}  // namespace

SyncReport sync_idx(Db& db, sources::Idx& idx, const sources::Fetcher& fetcher, Clock& clock,
                    const IdxOptions& options, Progress& progress) {
    const auto requests = [&] { return fetcher.requests(); };
    return run_source(db, {"idx", idx_lease}, clock, {}, progress, requests,
                      [&](const RunFrame& frame) { SyncRun(frame, idx, fetcher, options).go(); });
}

}  // namespace dreams::jobs
