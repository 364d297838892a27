#include "jobs/fub_by_id.h"
#include "jobs/fub_walk.h"
#include "store/contact_communications.h"
#include "store/fub_people.h"

namespace dreams::jobs {
namespace {

using sources::FubCommunication;
using sources::Page;
using store::Moved;

constexpr std::int64_t rows_a_page = 100;
/// So many failures in a row, and the rest is not asked for: the other side is not well.
constexpr int most_failures = 5;

/// What texts and e-mails differ in.
struct Messages {
    CommKind kind;
    std::string stream;  ///< texts, emails
    std::function<Page<FubCommunication>(sources::Query, const FubId&)> page;
};

void keep(FubRun& run, FubRun::Commit& commit, const Page<FubCommunication>& page) {
    for (const auto& message : page.items) run.keep_communication(commit, message);
    for (const auto& record : page.unreadable) commit.refuse(record);
}

// ---- By id: when the ids FUB names are all that is new

/// The ids FUB names of `person` that are not stored.
std::vector<std::string> absent_ids(FubRun& run, const Messages& messages, const Moved& person) {
    std::vector<std::string> ids;
    for (auto& id : text::split(person.ids, ','))
        if (!store::has_communication(run.db, {std::string(word(messages.kind)) + "_" + id}))
            ids.push_back(std::move(id));
    return ids;
}

/// The absent ids, when they are all that is new; empty: they are not, or nobody knows.
/// Automated mail is in no counter of FUB's, so whoever was never fetched whole is not named.
std::vector<std::string> new_ids(FubRun& run, const Messages& messages, const Moved& person) {
    if (!person.before) return {};
    const auto before = text::integer(person.before->substr(0, person.before->find('|')));
    const auto added = person.expected - before.value_or(0);
    auto ids = absent_ids(run, messages, person);
    return added > 0 && added <= static_cast<std::int64_t>(ids.size()) ? ids
                                                                       : std::vector<std::string>{};
}

/// Fetches what can be named, a hundred ids a question; gives who is still to be fetched.
std::vector<Moved> fetch_by_id(FubRun& run, const Messages& messages, std::vector<Moved> moved) {
    std::vector<Moved> rest, named;
    std::vector<std::string> ids;
    for (auto& person : moved) {
        const auto own = new_ids(run, messages, person);
        ids.insert(ids.end(), own.begin(), own.end());
        (own.empty() ? rest : named).push_back(std::move(person));
    }
    ask_by_id(
        ids, [&](const auto& query) { return messages.page(query, FubId{"0"}); },
        [&](const auto& page) {
            FubRun::Commit commit(run, run.stream(messages.stream));
            keep(run, commit, page);
            commit.commit();
        });
    auto transaction = run.db.begin();
    for (auto& person : named) {
        if (absent_ids(run, messages, person).empty())
            store::fetched(run.db, messages.kind, person);
        else
            rest.push_back(std::move(person));
    }
    transaction.commit();
    return rest;
}

// ---- By line: when few phone lines carried the texts of many

std::vector<std::string> own_lines(FubRun& run) {
    return run.db.list<std::string>(
        "SELECT DISTINCT phone FROM dreams_users WHERE coalesce(phone, '') <> '' ORDER BY phone");
}

std::int64_t requests_by_line(const std::vector<Moved>& moved, std::size_t lines) {
    std::int64_t texts = 0;
    for (const auto& person : moved) texts += person.expected;
    return static_cast<std::int64_t>(lines) * 2 + texts / rows_a_page;
}

/// Walks what came in and went out on each line; gives who has still fewer than FUB counts, or not
/// those that it names.
std::vector<Moved> fetch_by_line(FubRun& run, const Messages& messages, std::vector<Moved> moved,
                                 const std::vector<std::string>& lines) {
    for (const auto& line : lines)
        for (const char* end : {"toNumber", "fromNumber"}) {
            const List<FubCommunication> list{
                .stream = std::string("texts ") + end + " " + line,
                .counted_as = messages.stream,
                .page =
                    [&](sources::Query query) {
                        query.emplace_back(end, line);
                        return messages.page(std::move(query), FubId{"0"});
                    },
                .keep = [&](FubRun::Commit& commit,
                            const auto& text) { run.keep_communication(commit, text); }};
            Walk<FubCommunication>(run, list).go(run.options.full);
        }
    const auto stored = store::communication_counts(run.db, messages.kind);
    std::vector<Moved> rest;
    auto transaction = run.db.begin();
    for (auto& person : moved) {
        const auto count = stored.find(person.lead);
        if (count != stored.end() && count->second >= person.expected &&
            absent_ids(run, messages, person).empty())
            store::fetched(run.db, messages.kind, person);
        else
            rest.push_back(std::move(person));
    }
    transaction.commit();
    return rest;
}

// ---- By person

/// True: the page of someone who has messages is empty, or may be another's, sent twice. A text has
/// one person; an e-mail to two people is the other's, so of those one must be theirs.
bool doubtful(const Messages& messages, const Page<FubCommunication>& page, const FubId& person) {
    const auto theirs = [&](const FubCommunication& message) { return message.person == person; };
    return messages.kind == CommKind::text
               ? page.items.empty() || !std::ranges::all_of(page.items, theirs)
               : std::ranges::none_of(page.items, theirs);
}

/// A page that is doubtful is asked for once more, then believed.
Page<FubCommunication> page_of(const Messages& messages, const sources::Query& query,
                               const FubId& person) {
    auto page = messages.page(query, person);
    return doubtful(messages, page, person) ? messages.page(query, person) : page;
}

void fetch_person(FubRun& run, const Messages& messages, const Moved& person) {
    constexpr int most_repeats = 3;
    int repeats = 0;
    sources::Query query{{"personId", person.person.text}};
    for (std::string next;;) {
        const auto page = page_of(messages, query, person.person);
        if (!next.empty() && page.next == next && ++repeats > most_repeats)
            throw Error(Fault::unavailable, "Follow Up Boss sends the same page of " +
                                                messages.stream + " again and again");
        const bool last = page.next.empty() || page.rows == 0;
        FubRun::Commit commit(run, run.stream(messages.stream));
        keep(run, commit, page);
        if (last) store::fetched(run.db, messages.kind, person);
        commit.commit();
        if (last) return;
        next = page.next;
        query = {{"personId", person.person.text}, {"next", next}};
    }
}

void fetch_by_person(FubRun& run, const Messages& messages, const std::vector<Moved>& moved) {
    run.progress.part(messages.stream, static_cast<std::int64_t>(moved.size()));
    int in_a_row = 0;
    std::int64_t failures = 0;
    std::string why;
    for (std::size_t i = 0; i < moved.size(); ++i) {
        try {
            fetch_person(run, messages, moved[i]);
            in_a_row = 0;
        } catch (const Error& error) {
            if (error.fault() == Fault::unauthorized || error.fault() == Fault::conflict) throw;
            why = error.what();
            const bool give_up = ++in_a_row >= most_failures;
            failures += give_up ? static_cast<std::int64_t>(moved.size() - i) : 1;
            if (give_up) break;
        }
        run.progress.done(static_cast<std::int64_t>(i) + 1);
    }
    if (failures > 0)
        throw Error(Fault::unavailable, "the " + messages.stream + " of " +
                                            std::to_string(failures) +
                                            " people could not be fetched: " + why);
}

void fetch_all(FubRun& run, const Messages& messages, std::vector<Moved> moved) {
    moved = fetch_by_id(run, messages, std::move(moved));
    if (messages.kind == CommKind::text) {
        const auto lines = own_lines(run);
        if (!lines.empty() &&
            requests_by_line(moved, lines.size()) < static_cast<std::int64_t>(moved.size()))
            moved = fetch_by_line(run, messages, std::move(moved), lines);
    }
    if (!moved.empty()) fetch_by_person(run, messages, moved);
}

/// Whoever is not fetched yet stays as they are, known to be stale; scores do not fall for it. An
/// account that never gave any of these (some have no e-mails) is missing nothing.
void mark_stale(FubRun& run, const Messages& messages, const Error& why) {
    if (why.fault() == Fault::unauthorized && !store::has_communications(run.db, messages.kind))
        return;
    auto transaction = run.db.begin();
    for (const auto& person : store::moved(run.db, messages.kind))
        store::stale(run.db, person.person, why.what(), run.now);
    transaction.commit();
}

void sync_messages(FubRun& run, const Messages& messages) {
    auto moved = store::moved(run.db, messages.kind);
    if (moved.empty()) return;
    const RequestsOf requests(run, run.stream(messages.stream));
    try {
        fetch_all(run, messages, std::move(moved));
    } catch (const Error& error) {
        if (error.fault() != Fault::conflict) mark_stale(run, messages, error);
        throw;
    }
}

}  // namespace

void sync_texts(FubRun& run) {
    sync_messages(run, {.kind = CommKind::text,
                        .stream = "texts",
                        .page = [&](sources::Query query, const FubId&) {
                            return run.fub.texts(std::move(query));
                        }});
}

void sync_emails(FubRun& run) {
    sync_messages(run, {.kind = CommKind::email,
                        .stream = "emails",
                        .page = [&](sources::Query query, const FubId& person) {
                            return run.fub.emails(std::move(query), person);
                        }});
}

}  // namespace dreams::jobs
