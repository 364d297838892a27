#pragma once

// Walking a list of FUB that rises by id, from its newest row down. Internal to jobs/sync.

#include <algorithm>
#include <functional>
#include <limits>
#include <string>

#include "base/text.h"
#include "jobs/fub_run.h"
#include "store/cursors.h"

namespace dreams::jobs {

/// A list to be walked.
template <class Item>
struct List {
    std::string stream;      ///< its cursor's name
    std::string counted_as;  ///< its counts' name: `texts` for each phone line's list
    std::function<sources::Page<Item>(sources::Query)> page;
    std::function<void(FubRun::Commit&, const Item&)> keep;
    /// Given: its total, as told at the beginning of each walk, is held against that of the walk
    /// before, less what the file has of people who are gone: theirs went with them.
    std::function<std::int64_t(Db&)> of_the_gone = {};
    /// Rows younger than this are read again although they are stored: they change late.
    std::function<bool(const Item&)> may_change = [](const Item&) { return false; };
};

/// Walks a list down to what is stored, a page a commit; goes on where an interrupted walk ended.
template <class Item>
class Walk {
public:
    Walk(FubRun& run, const List<Item>& list)
        : run_(run),
          list_(list),
          stream_(run.stream(list.counted_as)),
          cursor_(store::cursor(run.db, "fub", list.stream)) {}

    /// `anew`: from the newest row to the oldest, whatever is stored.
    void go(bool anew) {
        const RequestsOf requests(run_, stream_);
        if (anew) cursor_.complete_to = 0;
        // A walk of which nobody knows when it began says nothing of when its rows were true.
        if (run_.options.full || !cursor_.watermark) forget_walk();
        // What came while a walk was interrupted stands above it: a second walk fetches that.
        if (cursor_.top != 0) descend({{"idLessThan", std::to_string(cursor_.lowest)}});
        descend({});
    }

private:
    void forget_walk() {
        cursor_.top = cursor_.lowest = cursor_.arrived = 0;
        cursor_.watermark.reset();
    }

    void descend(sources::Query query) {
        constexpr int most_repeats = 3;
        int repeats = 0;
        while (true) {
            const auto page = list_.page(query);
            begin_if_new(page);
            const bool repeated =
                page.rows > 0 && cursor_.lowest != 0 && page.lowest >= cursor_.lowest;
            if (repeated && ++repeats > most_repeats)
                throw Error(Fault::unavailable, "Follow Up Boss sends the same page of " +
                                                    list_.stream + " again and again");
            const bool at_end = page.next.empty() || page.rows == 0;
            if (at_end) check_total(page, repeated);
            if (keep(page, repeated, at_end)) return;
            query = {{"next", page.next}};
        }
    }

    /// A page that holds what the walk should have left behind starts it anew: the filter
    /// idLessThan was not obeyed (fub-api §0.3: unknown parameters are ignored).
    void begin_if_new(const sources::Page<Item>& page) {
        if (first_page_ && cursor_.top != 0 && page.highest >= cursor_.lowest) forget_walk();
        if (cursor_.top == 0) {
            check_drop(page);
            cursor_.top = page.highest;
            cursor_.watermark = run_.now;
            cursor_.note = page.total ? std::optional(std::to_string(*page.total)) : std::nullopt;
            run_.progress.part(list_.stream, cursor_.complete_to == 0 ? page.total.value_or(0) : 0);
        }
        first_page_ = false;
    }

    void check_drop(const sources::Page<Item>& page) const {
        if (!list_.of_the_gone || !page.total || !cursor_.note) return;
        const auto known = text::integer(*cursor_.note).value_or(0);
        if (is_drop(known, *page.total))
            run_.refuse_drop(list_.stream, known - list_.of_the_gone(run_.db), *page.total);
    }

    /// Everything was to come: did it? Rows deleted meanwhile lower the total, new ones raise it.
    void check_total(const sources::Page<Item>& page, bool repeated) const {
        if (cursor_.complete_to != 0 || !page.total || !cursor_.note) return;
        const auto at_start = text::integer(*cursor_.note).value_or(0);
        const auto expected = std::min(*page.total, at_start);
        const auto arrived = cursor_.arrived + (repeated ? 0 : page.rows);
        if (arrived < expected)
            throw Error(Fault::unavailable,
                        "Follow Up Boss speaks of " + text::grouped(expected) + " " + list_.stream +
                            " but sent " + text::grouped(arrived) + "; nothing was taken away");
    }

    /// One page's commit. True: the walk is done.
    bool keep(const sources::Page<Item>& page, bool repeated, bool at_end) {
        FubRun::Commit commit(run_, stream_);
        bool any_may_change = false;
        for (const auto& item : page.items) {
            list_.keep(commit, item);
            any_may_change = any_may_change || list_.may_change(item);
        }
        for (const auto& record : page.unreadable) commit.refuse(record);
        if (!repeated && page.rows > 0) {
            cursor_.lowest = page.lowest;
            cursor_.arrived += page.rows;
        }
        const bool met = page.lowest != 0 && page.lowest <= cursor_.complete_to && !any_may_change;
        const bool done = at_end || met;
        const auto arrived = cursor_.arrived;
        if (done) finish();
        store::save(run_.db, cursor_);
        commit.commit();
        run_.progress.done(arrived);
        return done;
    }

    void finish() {
        if (cursor_.complete_to == 0) cursor_.walked_at = cursor_.watermark;
        cursor_.complete_to = std::max(cursor_.complete_to, cursor_.top);
        forget_walk();
    }

    FubRun& run_;
    const List<Item>& list_;
    StreamCounts& stream_;
    Cursor cursor_;
    bool first_page_ = true;
};

}  // namespace dreams::jobs
