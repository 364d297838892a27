#pragma once

// A row of `properties` as whoever keeps sightings reads and writes it. Internal to store/.

#include <optional>
#include <string>
#include <type_traits>

#include "base/record.h"
#include "base/time.h"
#include "model/property.h"

namespace dreams::store {

/// Whether Notion has yet to hear of the row: the one column of NotionLink that a change touches.
struct NotionDue {
    std::optional<std::string> sync_status;
    static constexpr auto columns() {
        return Columns{Column{"sync_status", &NotionDue::sync_status}};
    }
};

struct RowStamps {
    std::optional<Instant> created_at, updated_at;
    static constexpr auto columns() {
        return Columns{Column{"created_at", &RowStamps::created_at},
                       Column{"updated_at", &RowStamps::updated_at}};
    }
};

/// The parts of a home that a source writes, and what follows from them. The agent's columns and
/// Notion's are not here, so that no sighting can touch them.
struct HomeRow {
    PropertyId id;
    Listing listing;
    Features features;
    Engagement engagement;
    IdxCheck idx;
    NotionDue notion;
    RowStamps stamps;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &HomeRow::id}, Part{&HomeRow::listing}, Part{&HomeRow::features},
            Part{&HomeRow::engagement}, Part{&HomeRow::idx},     Part{&HomeRow::notion},
            Part{&HomeRow::stamps},
        };
    }
};

namespace row_detail {
template <class R, class F, class Owner, class V>
void visit_pair(R& a, const std::remove_const_t<R>& b, F& visit, const Column<Owner, V>& column) {
    visit(column.name, a.*column.member, b.*column.member);
}
template <class R, class F, class Owner, class V>
void visit_pair(R& a, const std::remove_const_t<R>& b, F& visit, const Part<Owner, V>& part);
}  // namespace row_detail

/// Calls `visit(name, value of a, value of b)` for every column of two records of one kind.
template <Record R, class F>
void for_each_pair(R& a, const std::remove_const_t<R>& b, F&& visit) {
    R::columns().apply(
        [&](const auto&... column) { (row_detail::visit_pair(a, b, visit, column), ...); });
}

template <class R, class F, class Owner, class V>
void row_detail::visit_pair(R& a, const std::remove_const_t<R>& b, F& visit,
                            const Part<Owner, V>& part) {
    for_each_pair(a.*part.member, b.*part.member, visit);
}

}  // namespace dreams::store
