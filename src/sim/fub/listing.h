#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/fub/paging.h"
#include "sim/fub/selection.h"
#include "sim/town/random.h"
#include "sim/town/table.h"

namespace dreams::sim {

/// What a list is sorted by, but for ids: numbers, then texts; less comes first.
using SortKey = std::pair<std::int64_t, std::string>;

/// A question to one table.
template <class Row>
struct Question {
    std::string_view collection;  ///< the key of the array: `textmessages`
    /// Where to look; none: in the whole table.
    std::optional<Indexes> among;
    /// Which rows to take; empty: all.
    std::function<bool(const Row&)> wanted;
    /// The order if it is not by id; empty: by id, and the cursor holds an id.
    std::function<SortKey(const Row&)> order;
    bool descending = true;
};

/// The rows of a table that a question finds. The whole table is not copied.
template <class Row>
class Found {
public:
    Found(Desk& desk, const Table<Row>& table, const Question<Row>& question) : table_(table) {
        if (question.among) {
            own_ = matching(table, *question.among, question.wanted);
            some_ = &own_;
        } else if (question.wanted) {
            const auto key = desk.request.path + '\n' + std::to_string(desk.viewer.user().id) +
                             '\n' + desk.query.filters();
            some_ = &desk.selections.of(key, desk.town.version(), [&] {
                Indexes found;
                for (std::uint32_t i = 0; i < table.rows().size(); ++i)
                    if (!table[i].gone && question.wanted(table[i])) found.push_back(i);
                return found;
            });
        }
    }
    Found(const Found&) = delete;
    Found& operator=(const Found&) = delete;

    std::int64_t total() const {
        return some_ ? static_cast<std::int64_t>(some_->size()) : table_.size();
    }
    /// Positions count through the table, or through what was found.
    std::size_t size() const { return some_ ? some_->size() : table_.rows().size(); }
    const Row& row(std::size_t position) const {
        return table_[some_ ? (*some_)[position] : position];
    }
    bool skipped(std::size_t position) const { return row(position).gone; }
    /// The first position whose id is not less than `id`.
    std::size_t position_of(std::int64_t id) const {
        const auto index = table_.lower_bound(id);
        if (!some_) return index;
        return static_cast<std::size_t>(std::ranges::lower_bound(*some_, index) - some_->begin());
    }

private:
    static Indexes matching(const Table<Row>& table, const Indexes& among,
                            const std::function<bool(const Row&)>& wanted) {
        Indexes found;
        for (const auto index : among)
            if (!table[index].gone && (!wanted || wanted(table[index]))) found.push_back(index);
        return found;
    }

    const Table<Row>& table_;
    Indexes own_;
    const Indexes* some_ = nullptr;
};

/// What one page shows.
template <class Row>
struct Shown {
    std::vector<const Row*> rows;
    bool more = false;  ///< others come after them
};

/// By id: strictly after the cursor's, so rows that came or went meanwhile disturb nothing.
template <class Row>
Shown<Row> by_id(const Found<Row>& found, const Window& window, bool descending) {
    Shown<Row> shown;
    const auto count = static_cast<std::ptrdiff_t>(found.size());
    const std::ptrdiff_t step = descending ? -1 : 1;
    auto at = descending ? count - 1 : 0;
    std::int64_t skip = window.offset;
    if (window.cursor && window.cursor->since_id) {
        const auto since = *window.cursor->since_id;
        at = static_cast<std::ptrdiff_t>(found.position_of(descending ? since : since + 1)) -
             (descending ? 1 : 0);
        skip = 0;
    }
    for (; at >= 0 && at < count; at += step) {
        const auto position = static_cast<std::size_t>(at);
        if (found.skipped(position) || skip-- > 0) continue;
        if (static_cast<std::int64_t>(shown.rows.size()) == window.limit) {
            shown.more = true;
            break;
        }
        shown.rows.push_back(&found.row(position));
    }
    return shown;
}

/// By anything else: the n-th of an order made anew for each request; equals in any order.
template <class Row>
Shown<Row> by_order(const Found<Row>& found, const Window& window, const Question<Row>& question,
                    std::uint64_t dice) {
    struct Placed {
        SortKey key;
        std::uint64_t tie;
        const Row* row;
    };
    std::vector<Placed> placed;
    placed.reserve(found.size());
    for (std::size_t i = 0; i < found.size(); ++i)
        if (!found.skipped(i)) {
            const Row& row = found.row(i);
            placed.push_back(
                {question.order(row), mixed({dice, static_cast<std::uint64_t>(row.id)}), &row});
        }
    const auto before = [&](const Placed& a, const Placed& b) {
        if (a.key != b.key) return (a.key < b.key) != question.descending;
        return a.tie < b.tie;
    };
    const auto clamped = [&](std::int64_t n) {
        return placed.begin() + std::min<std::int64_t>(n, std::ssize(placed));
    };
    const auto first = clamped(window.offset), last = clamped(window.offset + window.limit);
    if (first < placed.end()) std::nth_element(placed.begin(), first, placed.end(), before);
    std::partial_sort(first, last, placed.end(), before);
    Shown<Row> shown;
    for (auto each = first; each != last; ++each) shown.rows.push_back(each->row);
    shown.more = last != placed.end();
    return shown;
}

/// Answers a question with one page (fub-api §17 C).
template <class Row>
http::Response list(Desk& desk, const Table<Row>& table, const Question<Row>& question) {
    const Window window = window_of(desk);
    const Found<Row> found(desk, table, question);
    const bool ordered = static_cast<bool>(question.order);
    const auto shown = ordered ? by_order(found, window, question, desk.number)
                               : by_id(found, window, question.descending);
    Cursor next;
    if (ordered)
        next.offset = window.offset + std::ssize(shown.rows);
    else
        next.since_id = shown.rows.empty() ? 0 : shown.rows.back()->id;
    std::string body;
    json::Writer json(body);
    const bool on = goes_on(desk, window, std::ssize(shown.rows), shown.more);
    begin_list(json, desk, question.collection, window, found.total(), on ? next.text() : "");
    const Fields fields(desk.query);
    RowWriter writer(json, fields, desk.options);
    for (const Row* row : shown.rows) {
        json.begin_object();
        write_row(desk, writer, *row);
        json.end_object();
    }
    end_list(json);
    return json_answer(std::move(body));
}

/// The common filters of fub-api §4 on one row.
struct CommonFilters {
    explicit CommonFilters(const Query& query)
        : above(query.integer("idGreaterThan")),
          below(query.integer("idLessThan")),
          created_after(query.instant("createdAfter")),
          created_before(query.instant("createdBefore")),
          updated_after(query.instant("updatedAfter")),
          updated_before(query.instant("updatedBefore")) {}

    bool any() const {
        return above || below || created_after || created_before || updated_after || updated_before;
    }
    bool take(std::int64_t id, Instant created, Instant updated) const {
        return (!above || id > *above) && (!below || id < *below) &&
               (!created_after || created >= *created_after) &&
               (!created_before || created <= *created_before) &&
               (!updated_after || updated >= *updated_after) &&
               (!updated_before || updated <= *updated_before);
    }

    std::optional<std::int64_t> above, below;
    std::optional<Instant> created_after, created_before, updated_after, updated_before;
};

/// Indexes of the rows of those ids.
template <class Row>
Indexes indexes_of(const Table<Row>& table, const std::vector<std::int64_t>& ids) {
    Indexes found;
    for (const auto id : ids)
        if (table.find(id)) found.push_back(static_cast<std::uint32_t>(table.lower_bound(id)));
    return found;
}

/// Sets the order of a child list from `sort`: id or created, `-` for descending; else as it was.
template <class Row>
void sort_children(const Query& query, Question<Row>& question) {
    auto sort = query.get("sort").value_or("-id");
    question.descending = sort.starts_with('-');
    if (question.descending) sort.erase(0, 1);
    if (sort == "created")
        question.order = [](const Row& row) {
            return SortKey{row.created.time_since_epoch().count(), ""};
        };
    else if (sort != "id")
        question.descending = true;
}

}  // namespace dreams::sim
