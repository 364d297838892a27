#include "store/property_rows.h"

namespace dreams::store {

std::vector<Property> property_rows(Db& db, const PropertyRowsAsked& asked) {
    std::string where = "coalesce(price, 0) BETWEEN :min_price AND :max_price";
    if (!asked.status.empty()) where += " AND status = :status";
    if (asked.city) where += " AND lower(trim(city)) = lower(:city)";
    Statement rows = db.prepare("SELECT * FROM properties WHERE " + where +
                                " ORDER BY updated_at DESC, id LIMIT :limit");
    const auto bind = [&](const char* name, const Value& value) {
        value.bind(rows, rows.parameter(name));
    };
    bind("min_price", asked.min_price);
    bind("max_price", asked.max_price);
    bind("limit", asked.limit);
    if (!asked.status.empty()) bind("status", asked.status);
    if (asked.city) bind("city", asked.city);
    std::vector<Property> homes;
    const detail::Reader<Property> reader(rows);
    while (rows.step()) homes.push_back(reader.read(rows));
    return homes;
}

}  // namespace dreams::store
