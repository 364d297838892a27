#include <algorithm>

#include "sim/notion/table.h"

// Filters and sorting of a query, as far as a client of a table of homes needs them.

namespace dreams::sim::notion {
namespace {

[[noreturn]] void refuse(const std::string& what) {
    throw Refused{400, "validation_error", "body failed validation: body.filter " + what};
}

bool passes_time(Instant at, const json::Value& condition) {
    for (const auto& [name, value] : condition.as_object()) {
        const auto limit = value.is_string() ? instant_from(value.get_string()) : std::nullopt;
        if (!limit) refuse("should have an instant");
        if (name == "on_or_after" && at < *limit) return false;
        if (name == "after" && at <= *limit) return false;
        if (name == "on_or_before" && at > *limit) return false;
        if (name == "before" && at >= *limit) return false;
        if (name == "equals" && at != *limit) return false;
    }
    return true;
}

bool passes_property(const Page& page, const Property& property, const json::Value& filter) {
    const auto* condition = json::object(filter, property.type);
    if (!condition) refuse("should be of the property's type");
    const auto kept = page.values.find(property.id);
    const auto text = kept == page.values.end() ? "" : shown(property, kept->second);
    if (const auto wanted = json::text(*condition, "equals")) return text == *wanted;
    if (const auto part = json::text(*condition, "contains"))
        return text.find(*part) != std::string::npos;
    if (const auto empty = json::truth(*condition, "is_empty")) return text.empty() == *empty;
    if (const auto full = json::truth(*condition, "is_not_empty")) return text.empty() != *full;
    refuse("has a condition that this workspace does not know");
}

bool asks_for_trash(const json::Value& query) {
    return json::truth(query, "in_trash").value_or(false);
}

}  // namespace

bool passes(const Page& page, const Table& table, const json::Value& filter) {
    const auto each = [&](const json::Value& part) { return passes(page, table, part); };
    if (const auto* all = json::array(filter, "and")) return std::ranges::all_of(*all, each);
    if (const auto* any = json::array(filter, "or")) return std::ranges::any_of(*any, each);
    if (const auto which = json::text(filter, "timestamp")) {
        const auto* condition = json::member(filter, *which);
        if (!condition || !condition->is_object()) refuse("should name a timestamp");
        return passes_time(*which == "created_time" ? page.created : page.edited, *condition);
    }
    const auto name = json::text(filter, "property");
    const auto* property = name ? table.by_name_or_id(*name) : nullptr;
    if (!property)
        throw Refused{400, "validation_error",
                      "Could not find property with name or id: " + name.value_or("")};
    return passes_property(page, *property, filter);
}

std::vector<std::size_t> found(const Table& table, const json::Value& query) {
    std::vector<std::size_t> places;
    const auto* filter = json::member(query, "filter");
    const bool trash = asks_for_trash(query);
    for (std::size_t i = 0; i < table.pages.size(); ++i)
        if (table.pages[i].in_trash == trash && (!filter || passes(table.pages[i], table, *filter)))
            places.push_back(i);
    const auto* sorts = json::array(query, "sorts");
    if (!sorts || sorts->empty()) {
        std::ranges::reverse(places);
        return places;
    }
    const bool created = json::text(sorts->front(), "timestamp") == "created_time";
    const auto time = [&](std::size_t place) {
        return created ? table.pages[place].created : table.pages[place].edited;
    };
    std::ranges::stable_sort(places, {}, time);
    if (json::text(sorts->front(), "direction") == "descending") std::ranges::reverse(places);
    return places;
}

}  // namespace dreams::sim::notion
