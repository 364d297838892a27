#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace dreams::sim {

/// Rows by rising id. A removed row stays as `gone`, so that its id is never used again and
/// indexes into the table stay true.
template <class Row>
class Table {
public:
    const std::vector<Row>& rows() const { return rows_; }  ///< gone ones included
    std::int64_t size() const { return live_; }             ///< gone ones not counted
    const Row& operator[](std::size_t index) const { return rows_[index]; }

    /// The index of the first row whose id is not less than `id`.
    std::size_t lower_bound(std::int64_t id) const {
        return static_cast<std::size_t>(std::ranges::lower_bound(rows_, id, {}, &Row::id) -
                                        rows_.begin());
    }

    /// The row of that id; none: never was, or is gone.
    const Row* find(std::int64_t id) const {
        const std::size_t at = lower_bound(id);
        return at < rows_.size() && rows_[at].id == id && !rows_[at].gone ? &rows_[at] : nullptr;
    }
    Row* find(std::int64_t id) { return const_cast<Row*>(std::as_const(*this).find(id)); }

    std::int64_t last_id() const { return rows_.empty() ? 0 : rows_.back().id; }

    /// Adds a row; its id must be above all before it. Returns its index.
    std::uint32_t add(Row row) {
        rows_.push_back(std::move(row));
        ++live_;
        return static_cast<std::uint32_t>(rows_.size() - 1);
    }

    Row& at(std::size_t index) { return rows_[index]; }

    void remove(Row& row) {
        if (!row.gone) --live_;
        row.gone = true;
    }

    void reserve(std::size_t count) { rows_.reserve(count); }

private:
    std::vector<Row> rows_;
    std::int64_t live_ = 0;
};

}  // namespace dreams::sim
