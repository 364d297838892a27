#include "store/merge_parts.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "model/lead.h"
#include "model/property.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

template <Record... Rs>
std::vector<std::string> columns_of() {
    std::vector<std::string> columns;
    const auto add = [&](const auto& names) {
        columns.insert(columns.end(), names.begin(), names.end());
    };
    (add(dreams::detail::column_names<Rs>()), ...);
    return columns;
}

/// Each column for itself: one may be typed here, the other there.
template <Record R>
void add_typed(std::vector<MergePart>& parts, const std::string& instant = "") {
    for (auto& column : columns_of<R>())
        if (column != instant)
            parts.push_back(
                {{std::move(column)}, WonBy::person, instant.empty() ? "" : "t." + instant});
}

std::vector<MergePart> parts_of_leads() {
    std::vector<MergePart> parts;
    // What others refer to a person by is no part of what FUB says anew each time.
    auto person = columns_of<Person>();
    for (const char* name : {"fub_id", "external_id", "external_source"}) {
        std::erase(person, name);
        parts.push_back({{name}, WonBy::person, ""});
    }
    parts.push_back({std::move(person), WonBy::newer, "t.last_synced_at"});
    parts.push_back(
        {columns_of<Scores, Activity, Intent>(), WonBy::newer, "t.last_score_recorded_at"});
    add_typed<Preferences>(parts, "requirements_updated_at");
    add_typed<Workflow>(parts);
    parts.push_back({{"requirements_updated_at"}, WonBy::latest, ""});
    parts.push_back({{"created_at"}, WonBy::earliest, ""});
    parts.push_back({{"updated_at"}, WonBy::latest, ""});
    parts.push_back({{"last_synced_at"}, WonBy::latest, ""});
    return parts;
}

std::vector<MergePart> parts_of_properties() {
    // One sighting says all of it; typing a note moves updated_at, but not this.
    const std::string seen =
        "(SELECT h.observed_at FROM dreams_homes h WHERE h.property_id = t.id)";
    std::vector<MergePart> parts;
    parts.push_back({columns_of<Listing, Features, Engagement>(), WonBy::newer, seen});
    parts.push_back({columns_of<IdxCheck>(), WonBy::newer, "t.idx_validated_at"});
    parts.push_back({columns_of<NotionLink>(), WonBy::newer, "t.notion_synced_at"});
    add_typed<HomeWorkflow>(parts);
    parts.push_back({{"created_at"}, WonBy::earliest, ""});
    parts.push_back({{"updated_at"}, WonBy::latest, ""});
    parts.push_back({{"last_monitored_at"}, WonBy::latest, ""});
    return parts;
}

}  // namespace

bool is_stamp(const MergePart& part) {
    return part.won_by == WonBy::earliest || part.won_by == WonBy::latest;
}

/// Forty-eight bits: two of a million rows are alike by chance once in hundreds of times.
std::string hash_of(const std::vector<Cell>& cells) {
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    std::string bytes;
    for (const auto& cell : cells) bytes += cell;
    auto hash = text::hash(bytes);
    hash ^= hash >> 29;
    hash *= 0xBF58476D1CE4E5B9ULL;
    hash ^= hash >> 32;
    std::string to;
    for (int i = 0; i < 8; ++i, hash >>= 6) to += digits[hash & 63];
    return to;
}

MergeShape::MergeShape(std::string_view name, Db& a, Db& b)
    : table(name), parts(name == "leads" ? parts_of_leads() : parts_of_properties()) {
    std::set<std::string> known{"id"};
    for (const auto& part : parts) known.insert(part.columns.begin(), part.columns.end());
    const auto theirs = table_shape(b, table).columns;
    for (const auto& column : table_shape(a, table).columns)
        if (!known.contains(column) && std::ranges::find(theirs, column) != theirs.end())
            parts.push_back({{column}, WonBy::person, ""});
}

std::string PartRow::hashes(const MergeShape& shape) const {
    std::string hashes;
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (!is_stamp(shape.parts[i])) hashes += hash_of(parts[i]);
    return hashes;
}

std::string PartReader::select(const MergeShape& shape) {
    std::string sql = "SELECT t.id";
    for (const auto& part : shape.parts) sql += ", " + name_list(part.columns, "t.");
    for (const auto& part : shape.parts)
        sql += part.instant.empty() ? ", NULL" : ", " + part.instant;
    return sql + ", t.updated_at FROM main." + shape.table + " t";
}

PartRow PartReader::row(const Rows& rows, const MergeShape& shape) {
    PartRow row{.id = rows.cell(0)};
    int at = 1;
    for (const auto& part : shape.parts) {
        auto& cells = row.parts.emplace_back();
        for (std::size_t i = 0; i < part.columns.size(); ++i) cells.push_back(rows.cell(at++));
    }
    for (std::size_t i = 0; i < shape.parts.size(); ++i) row.instants.push_back(rows.cell(at++));
    row.updated_at = rows.cell(at);
    return row;
}

PartReader::PartReader(Db& db, const MergeShape& shape)
    : shape_(shape), one_(db, select(shape) + " WHERE t.rowid = ?1") {}

PartRow PartReader::at(std::int64_t number) {
    one_.begin_again(number);
    if (!one_.step())
        throw Error(Fault::internal, "a row of " + shape_.table + " has gone while it was merged");
    return row(one_, shape_);
}

}  // namespace dreams::store
