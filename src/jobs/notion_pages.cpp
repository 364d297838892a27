#include "base/text.h"
#include "jobs/notion_run.h"
#include "model/sighting.h"
#include "store/cursors.h"

// What pages say, into the file; and which pages are gone.

namespace dreams::jobs {
namespace {

using store::NotionState;

constexpr std::chrono::minutes overlap{2};  // A7: times are rounded, and lists lag behind
constexpr std::chrono::hours whole_day{24};

std::string name_of(const NotionPage& page) {
    return "page " + page.id;
}

void tell_remarks(NotionRun& run, const NotionPage& page) {
    for (const auto& [column, why] : page.remarks) {
        const auto* field = notion_field(column);
        run.notice("In Notion's " + name_of(page) + ", " +
                   std::string(field ? field->name : column) + " " + why + "; it is left as it is");
    }
}

/// A page of nobody's becomes a home, if anything in it says which.
void make_home(NotionRun& run, Run::Commit& commit, const NotionPage& page) {
    const auto said = store::typed_sighting(page.values);
    if (store::home_keys(cleaned(said).listing).empty()) {
        run.notice("Notion's " + name_of(page) +
                   " has no address, no MLS number and no id: it is nobody's home yet");
        return commit.count(Kept::unchanged);
    }
    const auto kept = run.homes.keep(
        said,
        {.telling = {"notion", page.edited}, .now = run.now, .known = store::KnownHomes::fill});
    keep_page(run, kept.id, page);
    commit.count(kept.kept);
}

void take_page(NotionRun& run, Run::Commit& commit, const NotionPage& page) {
    tell_remarks(run, page);
    const auto owner = run.book.owner_of(page);
    if (owner.doubled) {
        run.notice("Notion's " + name_of(page) + " is about home " + owner.home->text +
                   ", which has another page; it is left alone. Move one of the two to "
                   "Notion's trash");
        return commit.count(Kept::unchanged);
    }
    if (!owner.home) return make_home(run, commit, page);
    commit.count(keep_page(run, *owner.home, page) == Kept::unchanged ? Kept::unchanged
                                                                      : Kept::updated);
}

/// A page that was in the list is not any more: where it went is asked.
void find_out(NotionRun& run, const PropertyId& home, const std::string& page) {
    try {
        const auto found = run.notion.page(page, run.mapping);
        if (!found.in_trash) return;  // another data source's now, or the list lags behind
        auto seen = *run.book.seen(home);
        seen.page_id.reset();
        seen.state = NotionState::gone;
        Run::Commit commit(run, run.stream("pages"));
        if (!store::property(run.db, home)) return;  // removed since the run began
        store::keep_notion_seen(run.db, seen);
        store::keep_notion_link(run.db, home, {.sync_status = "synced"});
        run.book.enter(seen);
        commit.count(Kept::updated);
        commit.commit();
        run.notice("The page of home " + home.text +
                   " lies in Notion's trash; the home stays, without a page");
    } catch (const Error& error) {
        if (error.fault() != Fault::not_found) throw;
        auto seen = *run.book.seen(home);
        seen.theirs = {"{}"};  // nothing is known of it until a list shows it again
        run.book.enter(seen);
        run.fail(home, error.what());
    }
}

void find_gone(NotionRun& run, const NotionWalk& walk) {
    std::vector<std::pair<PropertyId, std::string>> gone;
    const auto known = static_cast<std::int64_t>(run.book.pages().size());
    for (const auto& [page, home] : run.book.pages())
        if (walk.pages.count(page) == 0) gone.emplace_back(home, page);
    if (!run.options.accept_drop &&
        is_drop(known, known - static_cast<std::int64_t>(gone.size()))) {
        run.notice(
            "Notion lists far fewer pages than are known here; none is taken for gone. If "
            "that is right, run it with --accept-drop");
        run.report.outcome = Outcome::partial;
        return;
    }
    for (const auto& [home, page] : gone) find_out(run, home, page);
}

}  // namespace

Kept keep_page(NotionRun& run, const PropertyId& home, const NotionPage& page) {
    if (!store::property(run.db, home)) return Kept::unchanged;  // removed since the run began
    const auto seen = run.book.with(home, page);
    const auto kept = store::keep_notion_seen(run.db, seen);
    run.book.enter(seen);
    return kept;
}

std::optional<Instant> notion_since(Db& db, const SyncOptions& options, Instant now) {
    const auto cursor = store::cursor(db, "notion", "pages");
    const bool whole = options.full || !cursor.watermark || !cursor.walked_at ||
                       now - *cursor.walked_at >= whole_day;
    if (whole) return std::nullopt;
    return *cursor.watermark - overlap;
}

NotionWalk walk_pages(sources::Notion& notion, const NotionMapping& mapping,
                      std::optional<Instant> since,
                      const std::function<void(const std::vector<NotionPage>&)>& take) {
    NotionWalk walk{.full = !since};
    for (std::string cursor;;) {
        const auto answer = notion.pages(mapping, since, cursor);
        if (!walk.asked_at) walk.asked_at = answer.at;
        take(answer.pages);
        for (const auto& page : answer.pages) {
            walk.pages.insert(page.id);
            walk.newest = std::max(walk.newest.value_or(page.edited), page.edited);
        }
        cursor = answer.next;
        if (!cursor.empty()) continue;
        if (answer.complete) return walk;
        // Notion ends a list at 10,000: the next one begins where this one ended.
        if (!walk.newest || (since && *walk.newest <= *since)) {
            walk.complete = false;
            return walk;
        }
        since = walk.newest;
    }
}

void read_pages(NotionRun& run) {
    auto& stream = run.stream("pages");
    const RequestsOf counted(run, stream);
    run.progress.part("pages", 0);
    std::int64_t so_far = 0;
    const auto walk =
        walk_pages(run.notion, run.mapping, notion_since(run.db, run.options, run.now),
                   [&](const std::vector<NotionPage>& pages) {
                       Run::Commit commit(run, stream);
                       for (const auto& page : pages) take_page(run, commit, page);
                       commit.commit();
                       run.progress.done(so_far += std::ssize(pages));
                   });
    if (walk.full && walk.complete) find_gone(run, walk);
    if (!walk.complete) {
        run.notice("Notion did not list all pages: more than it gives were edited in one minute");
        run.report.outcome = Outcome::partial;
    }
    auto cursor = store::cursor(run.db, "notion", "pages");
    const auto reached = walk.asked_at ? walk.asked_at : walk.newest;
    if (reached) cursor.watermark = std::max(cursor.watermark.value_or(*reached), *reached);
    if (walk.full && walk.complete) cursor.walked_at = run.now;
    Run::Commit commit(run, stream);
    store::save(run.db, cursor);
    commit.commit();
}

}  // namespace dreams::jobs
