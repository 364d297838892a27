#include <algorithm>

#include "base/text.h"
#include "jobs/notion_run.h"
#include "store/notion_conflicts.h"

// Both sides of each home, compared and made the same.

namespace dreams::jobs {
namespace {

using store::NotionSeen;
using store::NotionState;
using Winner = NotionClash::Winner;

constexpr std::size_t batch = 100;  ///< pages that one query reads anew before they are written
constexpr int tries_in_conflict = 3;
constexpr std::size_t longest_error = 500;  ///< of what a home's page says went wrong

/// What has become of one home, for its row.
struct Standing {
    bool pending = false;
    std::string error;
};

std::string named(const std::vector<NotionRemark>& remarks) {
    std::string sentence;
    for (const auto& [column, why] : remarks) {
        const auto* field = notion_field(column);
        sentence +=
            (sentence.empty() ? "" : "; ") + std::string(field ? field->name : column) + " " + why;
    }
    return sentence;
}

class Home {
public:
    Home(NotionRun& run, const PropertyId& id, StreamCounts& stream)
        : run_(run), stream_(stream), id_(id) {
        look();
    }

    /// What the page has and we have not, into the row. Then what is left for Notion.
    const NotionMerge& pull() {
        if (seen_.state != NotionState::linked) return merge_;
        const bool agrees = merge_.agreed == store::values_from(seen_.agreed);
        if (merge_.pull.empty() && merge_.settled.empty() && agrees && all_listed()) return merge_;
        Run::Commit commit(run_, stream_);
        see();
        compare();  // what somebody typed here meanwhile is not to be written over
        if (!merge_.pull.empty())
            commit.count(run_.homes
                             .write(id_, merge_.pull,
                                    {.telling = {"notion", seen_.edited_at.value_or(run_.now)},
                                     .now = run_.now},
                                    seen_.url)
                             .kept);
        list_clashes(Winner::theirs);
        for (const auto& column : merge_.settled) {
            store::settle_notion_conflict(run_.db, id_, column, run_.now);
            run_.book.close_conflict(id_, column);
        }
        seen_.agreed = store::values_json(merge_.agreed);
        keep();
        commit.commit();
        look();
        return merge_;
    }

    bool may_write() const { return !seen_.next_try_at || *seen_.next_try_at <= run_.now; }

    /// What we have and the page has not, to Notion.
    void push() {
        for (int tried = 1; !merge_.push.empty(); ++tried) {
            auto values = merge_.push;
            values.merge(stamp_values(run_.zone, run_.now));
            const auto body = sources::notion_body(values, run_.mapping);
            if (nothing_but_refused(body)) return stand({.error = named(body.refused)});
            try {
                const auto page = run_.notion.update(*seen_.page_id, body, run_.mapping);
                return written(page, body, Kept::updated);
            } catch (const Error& error) {
                if (error.fault() != Fault::conflict) throw;
                if (tried >= tries_in_conflict) throw Error(Fault::invalid, error.what());
            }
            // Somebody else was writing there: what stands there now is looked at first.
            seen_ = run_.book.with(id_, run_.notion.page(*seen_.page_id, run_.mapping));
            compare();
            pull();
        }
    }

    /// A page for a home that has none.
    void make() {
        if (seen_.state == NotionState::making && seen_.page_id == std::nullopt && announced_) {
            if (const auto page = run_.notion.find(id_.text, run_.mapping)) return link(*page);
        } else {
            seen_.state = NotionState::making;
            Run::Commit commit(run_, stream_);
            see();
            keep();
            commit.commit();
        }
        auto values = home_values();
        for (auto* more : {&once_, &stamp_}) values.insert(more->begin(), more->end());
        const auto body = sources::notion_body(values, run_.mapping);
        merge_.push = values;
        written(run_.notion.create(body, id_.text, run_.mapping), body, Kept::created);
    }

    /// A page that the row names and no list has shown: whether it is there is asked.
    void adopt(const std::string& page_id) {
        const auto page = run_.notion.page(page_id, run_.mapping);
        if (!page.in_trash) return link(page);
        seen_.state = NotionState::gone;
        Run::Commit commit(run_, stream_);
        see();
        keep();
        store::keep_notion_link(run_.db, id_, {.sync_status = "synced"});
        commit.count(Kept::updated);
        commit.commit();
    }

    /// What the row says of it, if it says anything else.
    void stand(const Standing& standing) {
        NotionLink link = home_.row.notion;
        link.notion_page_id = seen_.page_id;
        link.sync_status = !standing.error.empty() ? "error"
                           : standing.pending      ? "pending"
                                                   : "synced";
        link.sync_error = standing.error.empty()
                              ? std::nullopt
                              : std::optional(text::shortened(standing.error, longest_error));
        if (!link.notion_synced_at || wrote_) link.notion_synced_at = run_.now;
        const auto& before = home_.row.notion;
        if (before.notion_page_id == link.notion_page_id &&
            before.sync_status == link.sync_status && before.sync_error == link.sync_error &&
            before.notion_synced_at == link.notion_synced_at)
            return;
        Run::Commit commit(run_, stream_);
        see();
        store::keep_notion_link(run_.db, id_, link);
        commit.commit();
    }

    const NotionMerge& merge() const { return merge_; }
    const NotionSeen& seen() const { return seen_; }

private:
    /// The home as it is now: in each commit, since others write between two of them. Throws
    /// Error{not_found}: somebody has removed it.
    void see() {
        auto home = store::notion_home(run_.db, id_);
        if (!home) throw Error(Fault::not_found, "home " + id_.text + " is not there any more");
        home_ = std::move(*home);
    }

    void look() {
        see();
        const auto* known = run_.book.seen(id_);
        announced_ = known != nullptr;
        seen_ = known ? *known : NotionSeen{.home = id_, .state = NotionState::making};
        once_ = once_values(home_.row, run_.zone, run_.now);
        stamp_ = stamp_values(run_.zone, run_.now);
        compare();
    }

    void compare() {
        merge_ = seen_.state == NotionState::linked ? merged(run_.book.sides(home_, seen_))
                                                    : NotionMerge{};
    }

    void keep() {
        store::keep_notion_seen(run_.db, seen_);
        run_.book.enter(seen_);
    }

    NotionValues home_values() const {
        auto values = store::notion_values(home_.row);
        std::erase_if(values, [](const auto& each) { return !each.second; });
        values["id"] = id_.text;
        return values;
    }

    bool nothing_but_refused(const sources::NotionBody& body) const {
        return std::ranges::all_of(merge_.push, [&](const auto& each) {
            return std::ranges::find(body.refused, each.first, &NotionRemark::column) !=
                   body.refused.end();
        });
    }

    bool all_listed() const {
        return std::ranges::none_of(
            merge_.clashes, [&](const NotionClash& clash) { return clash.winner != Winner::ours; });
    }

    void list_clashes(Winner winner) {
        for (const auto& clash : merge_.clashes) {
            if (clash.winner != winner && clash.winner != Winner::nobody) continue;
            store::NotionConflict conflict{.home = id_,
                                           .column = clash.column,
                                           .agreed = clash.agreed,
                                           .ours = clash.ours,
                                           .theirs = clash.theirs,
                                           .found_at = run_.now};
            if (clash.winner != Winner::nobody) {
                conflict.decided = winner == Winner::ours ? "ours" : "theirs";
                conflict.decided_by = "rule";
                conflict.decided_at = run_.now;
            } else {
                run_.book.open_conflict(id_, clash.column);
            }
            store::list_notion_conflict(run_.db, conflict);
        }
    }

    void link(const NotionPage& page) {
        seen_ = run_.book.with(id_, page);
        Run::Commit commit(run_, stream_);
        see();
        keep();
        commit.commit();
        wrote_ = true;
        look();
        pull();
        if (merge_.push.empty()) return stand({});
        push();
    }

    /// Notion has taken what `body` says: both sides agree on it now.
    void written(const NotionPage& page, const sources::NotionBody& body, Kept kept) {
        auto agreed = store::values_from(seen_.agreed);
        for (const auto& [column, value] : merge_.push) {
            const auto* field = notion_field(column);
            const bool both_ways = field && field->rule != NotionRule::once &&
                                   field->rule != NotionRule::stamp &&
                                   std::ranges::find(run_.mapping, column, &NotionMapped::column) !=
                                       run_.mapping.end();
            if (!both_ways) continue;
            if (std::ranges::find(body.refused, column, &NotionRemark::column) ==
                body.refused.end())
                agreed[column] = value;
        }
        seen_.agreed = store::values_json(agreed);
        run_.book.enter(seen_);
        seen_ = run_.book.with(id_, page);
        seen_.agreed = store::values_json(agreed);
        seen_.tries = 0;
        seen_.next_try_at.reset();
        Run::Commit commit(run_, stream_);
        see();
        list_clashes(Winner::ours);
        keep();
        store::keep_notion_link(
            run_.db, id_,
            {.notion_page_id = page.id,
             .notion_synced_at = run_.now,
             .sync_status = body.refused.empty() ? "synced" : "error",
             .sync_error =
                 body.refused.empty() ? std::nullopt : std::optional(named(body.refused))});
        commit.count(kept);
        commit.commit();
        look();
        pull();  // what somebody else wrote meanwhile
        for (const auto& refused : body.refused) merge_.push.erase(refused.column);
        stand({.pending = !merge_.push.empty(), .error = named(body.refused)});
        merge_.push.clear();  // the next run's
    }

    NotionRun& run_;
    StreamCounts& stream_;
    const PropertyId id_;
    store::NotionHome home_;
    NotionSeen seen_;
    NotionValues once_, stamp_;
    NotionMerge merge_;
    bool announced_ = false, wrote_ = false;
};

/// What is left to be written, in the order in which it is.
struct Due {
    std::vector<PropertyId> agents, facts;  ///< pages to be changed; hand-typed values first
    std::vector<PropertyId> pages;          ///< homes without one
};

bool is_agents(const NotionMerge& merge) {
    return std::ranges::any_of(merge.push, [](const auto& each) {
        const auto* field = notion_field(each.first);
        return field && field->rule != NotionRule::fresher;
    });
}

void sort_in(NotionRun& run, Due& due, const store::NotionHome& home, StreamCounts& stream) {
    const auto& id = home.row.id;
    const auto* known = run.book.seen(id);
    if (!known || known->state == NotionState::making) {
        if (!known || !known->next_try_at || *known->next_try_at <= run.now)
            due.pages.push_back(id);
        return;
    }
    const bool unread = known->theirs.text == "{}";  // its page was not to be found
    if (known->state == NotionState::gone || unread) return;
    // Most homes have nothing to say: they are passed over without a look at the file.
    const auto first = merged(run.book.sides(home, *known));
    const bool quiet = first.pull.empty() && first.push.empty() && first.clashes.empty() &&
                       first.settled.empty() && home.row.notion.sync_status == "synced" &&
                       home.row.notion.notion_page_id == known->page_id &&
                       first.agreed == store::values_from(known->agreed);
    if (quiet) return;
    Home whole(run, id, stream);
    const auto& merge = whole.pull();
    if (!whole.may_write()) return;
    if (merge.push.empty()) return whole.stand({});
    whole.stand({.pending = true});
    (is_agents(merge) ? due.agents : due.facts).push_back(id);
}

/// Does one home's part; what is wrong with it alone does not stop the others.
template <class Part>
void attempt_home(NotionRun& run, const PropertyId& id, Part part) {
    try {
        part();
    } catch (const Error& error) {
        if (error.fault() != Fault::invalid && error.fault() != Fault::not_found) throw;
        run.fail(id, error.what());
    }
}

/// Time has passed since the pages were listed: who edited one meanwhile is not to be written over.
void read_anew(NotionRun& run, const std::vector<PropertyId>& ids) {
    std::vector<std::string> own;
    for (const auto& id : ids) own.push_back(id.text);
    Run::Commit commit(run, run.stream("pages"));
    for (const auto& page : run.notion.find(own, run.mapping)) {
        const auto owner = run.book.pages().find(page.id);
        if (owner != run.book.pages().end()) commit.count(keep_page(run, owner->second, page));
    }
    commit.commit();
}

void change_pages(NotionRun& run, const std::vector<PropertyId>& due, StreamCounts& stream) {
    std::int64_t so_far = 0;
    for (std::size_t i = 0; i < due.size(); ++i) {
        if (i > 0 && i % batch == 0)
            read_anew(run,
                      {due.begin() + static_cast<std::ptrdiff_t>(i),
                       due.begin() + static_cast<std::ptrdiff_t>(std::min(i + batch, due.size()))});
        attempt_home(run, due[i], [&] {
            Home home(run, due[i], stream);
            home.pull();
            home.push();
        });
        run.progress.done(++so_far);
    }
}

}  // namespace

void NotionRun::fail(const PropertyId& home, const std::string& why) {
    static constexpr int most_doublings = 10;
    auto& counts = stream("homes");
    Commit commit(*this, counts);
    const auto there = store::notion_home(db, home);
    if (!there) return;  // somebody has removed it meanwhile: that is no failure
    const auto* known = book.seen(home);
    auto link = there->row.notion;
    auto seen = known ? *known : NotionSeen{.home = home, .state = NotionState::making};
    if (!known && link.notion_page_id) {  // it may be there, where we cannot see it
        seen.state = NotionState::linked;
        seen.page_id = link.notion_page_id;
    }
    ++seen.tries;
    seen.next_try_at =
        now + std::min<std::chrono::seconds>(
                  std::chrono::minutes{1 << std::min<std::int64_t>(seen.tries - 1, most_doublings)},
                  std::chrono::hours{24});
    store::keep_notion_seen(db, seen);
    book.enter(seen);
    link.sync_status = "error";
    link.sync_error = text::shortened(why, longest_error);
    store::keep_notion_link(db, home, link);
    commit.commit();
    for (auto* each : {&counts.counts, &report.counts}) {
        ++each->processed;
        ++each->failed;
    }
    report.refused.push_back({"home " + home.text, why});
}

void write_homes(NotionRun& run) {
    auto& stream = run.stream("homes");
    const RequestsOf counted(run, stream);
    Due due;
    for (const auto& home : store::notion_homes(run.db))
        attempt_home(run, home.row.id, [&] { sort_in(run, due, home, stream); });
    auto changes = due.agents;
    changes.insert(changes.end(), due.facts.begin(), due.facts.end());
    run.progress.part("homes", std::ssize(changes));
    change_pages(run, changes, stream);
    run.progress.part("new pages", std::ssize(due.pages));
    std::int64_t so_far = 0;
    for (const auto& id : due.pages) {
        attempt_home(run, id, [&] {
            const auto row = store::notion_home(run.db, id);
            Home home(run, id, stream);
            if (row && row->row.notion.notion_page_id && !run.book.seen(id))
                home.adopt(*row->row.notion.notion_page_id);
            else
                home.make();
        });
        run.progress.done(++so_far);
    }
}

}  // namespace dreams::jobs
