#include "store/property_rows.h"

#include "base/text.h"
#include "model/listing_status.h"
#include "store/hidden_homes.h"

namespace dreams::store {
namespace {

/// The spellings in the file that say the same as `status`, as a JSON list. They are few: each is
/// looked up in the index behind the one before.
std::string spellings_of(Db& db, const std::string& status) {
    const auto word = listing_status(status);
    std::vector<std::string> spellings;
    for (const auto& spelling : db.list<std::string>(R"sql(
             WITH RECURSIVE said (status) AS (
                 SELECT min(status) FROM properties
                 UNION ALL
                 SELECT (SELECT min(status) FROM properties WHERE status > said.status)
                   FROM said WHERE said.status IS NOT NULL)
             SELECT status FROM said WHERE status IS NOT NULL)sql"))
        if (spelling == status || (word && listing_status(spelling) == word))
            spellings.push_back(spelling);
    return text::json_array(spellings);
}

}  // namespace

std::vector<Property> property_rows(Db& db, const PropertyRowsAsked& asked) {
    std::string where = "coalesce(price, 0) BETWEEN :min_price AND :max_price AND ";
    where += in_view;
    if (!asked.status.empty()) where += " AND p.status IN (SELECT value FROM json_each(:statuses))";
    if (asked.city) where += " AND lower(trim(city)) = lower(:city)";
    Statement rows = db.prepare("SELECT * FROM properties p WHERE " + where +
                                " ORDER BY updated_at DESC, id LIMIT :limit");
    const auto bind = [&](const char* name, const Value& value) {
        value.bind(rows, rows.parameter(name));
    };
    bind("min_price", asked.min_price);
    bind("max_price", asked.max_price);
    bind("limit", asked.limit);
    if (!asked.status.empty()) bind("statuses", spellings_of(db, asked.status));
    if (asked.city) bind("city", asked.city);
    std::vector<Property> homes;
    const detail::Reader<Property> reader(rows);
    while (rows.step()) homes.push_back(reader.read(rows));
    return homes;
}

}  // namespace dreams::store
