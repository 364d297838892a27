#include "store/idx_validation.h"

#include "model/us_state.h"
#include "store/hidden_homes.h"
#include "store/idx_cache.h"

namespace dreams::store {
namespace {

/// A number that the site did not know may be there a month later.
constexpr std::chrono::hours not_found_lasts{30 * 24};

struct CheckRow {
    PropertyId id;
    IdxCheck check;
    std::optional<std::string> sync_status;
    std::optional<Instant> updated_at;
    static constexpr auto columns() {
        return Columns{Column{"id", &CheckRow::id}, Part{&CheckRow::check},
                       Column{"sync_status", &CheckRow::sync_status},
                       Column{"updated_at", &CheckRow::updated_at}};
    }
};

bool is_news(const IdxCheck& before, const IdxCheck& after) {
    return before.idx_mls_number != after.idx_mls_number ||
           before.original_mls_number != after.original_mls_number ||
           before.idx_validation_status != after.idx_validation_status ||
           before.idx_mls_source != after.idx_mls_source;
}

}  // namespace

std::string HomeToValidate::whole_address() const {
    if (!address || address->empty()) return "";
    auto code = state_code(state.value_or("")).value_or("");
    if (!code.empty() && zip && !zip->empty()) code += " ";
    std::string whole = *address;
    for (const auto& part : {city.value_or(""), code + zip.value_or("")})
        if (!part.empty()) whole += ", " + part;
    return whole;
}

std::vector<HomeToValidate> homes_to_validate(Db& db, Instant now, std::int64_t limit) {
    return db.list<HomeToValidate>(
        R"sql(
        SELECT p.* FROM properties p
          LEFT JOIN dreams_idx_visits v ON v.kind = 'home' AND v.key = p.id
         WHERE (coalesce(p.idx_validation_status, '') NOT IN ('validated', 'not_found')
                OR p.idx_validation_status = 'not_found'
                   AND (coalesce(p.idx_validated_at, '') < :old OR v.verdict = 'unclear'))
           AND coalesce(v.due_at, '') <= :now AND )sql" +
            in_view + " ORDER BY p.created_at DESC, p.id LIMIT :limit",
        {{"old", now - not_found_lasts}, {"now", now}, {"limit", limit}});
}

std::vector<HomeToValidate> homes_to_validate(Db& db, const std::vector<PropertyId>& homes) {
    std::vector<HomeToValidate> found;
    for (const auto& home : homes)
        if (auto row =
                db.one<HomeToValidate>("SELECT * FROM properties WHERE id = :id", {{"id", home}}))
            found.push_back(std::move(*row));
    return found;
}

Kept keep_idx_check(Db& db, const PropertyId& home, const IdxCheck& check, Instant now) {
    auto row = db.value<CheckRow>("SELECT * FROM properties WHERE id = :id", {{"id", home}});
    const bool news = is_news(row.check, check);
    row.check = check;
    if (news) {
        row.sync_status = "pending";
        row.updated_at = now;
    }
    Keeper<CheckRow>(db, {.table = "properties", .key = "id"}).keep(row);
    return news ? Kept::updated : Kept::unchanged;
}

void doubt_not_found(Db& db, const std::string& mls_number, Instant now) {
    const auto doubtful = db.list<std::string>(
        "SELECT id FROM properties WHERE mls_number = :number"
        " AND idx_validation_status = 'not_found'",
        {{"number", mls_number}});
    for (const auto& id : doubtful)
        keep_visit(db, {.kind = IdxQuestion::home,
                        .key = id,
                        .verdict = IdxVerdict::unclear,
                        .asked_at = now,
                        .due_at = now});
}

}  // namespace dreams::store
