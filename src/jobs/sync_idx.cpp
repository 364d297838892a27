#include "jobs/sync_idx.h"

#include <algorithm>
#include <array>

#include "jobs/idx_run.h"
#include "model/address_likeness.h"
#include "store/idx_validation.h"

namespace dreams::jobs {
namespace {

using sources::IdxAnswer;
using sources::IdxHome;
using sources::IdxOutcome;
using std::chrono::hours;

IdxOutcome verdict_told(IdxVerdict verdict) {
    return verdict == IdxVerdict::unclear ? IdxOutcome::unclear : IdxOutcome::not_found;
}

/// Whether the cache says that the site shows the home.
bool is_shown(const IdxListing& cached) {
    const auto address = cached.address.value_or("");
    return !address.empty() && address != not_found_on_idx && cached.status != "Unknown";
}

class SyncRun : IdxRun {
public:
    SyncRun(const RunFrame& frame, sources::Idx& idx, const sources::Fetcher& fetcher,
            const IdxOptions& limits)
        : IdxRun(frame, idx, fetcher), limits_(limits) {}

    void go() {
        store::give_events_addresses(db);
        while_let_in([this] {
            ask_for_numbers();
            validate_homes();
        });
        store::give_events_addresses(db);
        conclude();
    }

private:
    std::vector<store::IdxDue> numbers_to_ask();
    void ask_for_numbers();
    void validate_homes();
    void ask_for_number(const store::IdxDue& due, StreamCounts& numbers);
    void validate(const store::HomeToValidate& home, StreamCounts& homes);
    std::optional<IdxHome> on_the_site(const store::HomeToValidate& home, IdxOutcome& outcome);

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
        commit.fail("MLS number " + due.mls_number, kept.why);
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

/// The home as the cache or the site shows it: by its number, where the address there is alike or
/// none is known, else by its address. `outcome`: what to make of it that there is none.
std::optional<IdxHome> SyncRun::on_the_site(const store::HomeToValidate& home,
                                            IdxOutcome& outcome) {
    const auto address = home.whole_address();
    const auto number = home.mls_number.value_or("");
    const auto seen = store::idx_visit(db, IdxQuestion::number, number);
    if (const auto cached = store::idx_listing(db, number); cached && is_shown(*cached)) {
        if (address.empty() || address_likeness(*cached->address, address) >= alike_enough)
            return IdxHome{.mls_number = number,
                           .address = *cached->address,
                           .url = seen ? seen->page : std::nullopt,
                           .board = seen ? seen->board : std::nullopt};
    }
    if (address.empty()) {  // the number's turn may yet come
        outcome = seen ? verdict_told(seen->verdict) : IdxOutcome::unclear;
        return std::nullopt;
    }
    auto answer = idx_.by_address(address);
    outcome = answer.outcome;
    if (answer.homes.empty()) return std::nullopt;
    return std::move(answer.homes.front());
}

void SyncRun::validate(const store::HomeToValidate& home, StreamCounts& homes) {
    std::optional<IdxHome> shown;
    const auto answer = answer_of(homes, "home " + home.id.text, [&] {
        IdxOutcome outcome = IdxOutcome::not_found;
        shown = on_the_site(home, outcome);
        return IdxAnswer{.outcome = outcome};
    });
    if (!answer) return;
    Commit commit(*this, homes);
    IdxCheck check = home.idx;
    check.idx_validated_at = now;
    auto now_known = visit(IdxQuestion::home, home.id.text, IdxVerdict::not_found,
                           store::idx_visit(db, IdxQuestion::home, home.id.text));
    if (shown) {
        now_known.verdict = IdxVerdict::found;
        check.idx_validation_status = "validated";
        check.idx_mls_number = shown->mls_number;
        if (!check.original_mls_number) check.original_mls_number = home.mls_number;
        check.idx_mls_source = shown->board;
        commit.count(store::keep_idx_check(db, home.id, check, now));
    } else if (answer->outcome == IdxOutcome::unclear) {
        now_known.verdict = IdxVerdict::unclear;
        commit.fail("home " + home.id.text, "the site's answer cannot be trusted");
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

Instant next_visit(IdxVerdict verdict, const std::string& status, std::int64_t looks,
                   std::int64_t in_a_row, Instant now) {
    constexpr std::array missing_days{1, 3, 7, 30};
    constexpr std::array gone_days{7, 30, 90};
    const auto step = [&](const auto& days) {
        const auto last = std::ssize(days) - 1;
        const auto at = std::clamp<std::int64_t>(in_a_row - 1, 0, last);
        return now + hours{24} * days[static_cast<std::size_t>(at)];
    };
    switch (verdict) {
        case IdxVerdict::not_found:
        case IdxVerdict::unclear:
            return step(missing_days);
        case IdxVerdict::gone:
            return step(gone_days);
        case IdxVerdict::found:
            break;
    }
    if (status == "Sold") return now + hours{60 * 24};
    return now + (looks > 0 ? hours{20} : hours{6 * 24});
}

SyncReport sync_idx(Db& db, sources::Idx& idx, const sources::Fetcher& fetcher, Clock& clock,
                    const IdxOptions& options, Progress& progress) {
    const auto requests = [&] { return fetcher.requests(); };
    return run_source(db, {"idx", idx_lease}, clock, {}, progress, requests,
                      [&](const RunFrame& frame) { SyncRun(frame, idx, fetcher, options).go(); });
}

}  // namespace dreams::jobs
