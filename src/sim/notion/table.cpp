#include "sim/notion/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace dreams::sim::notion {
namespace {

bool is_read_only(const std::string& type) {
    return type == "formula" || type == "rollup" || type == "unique_id" || type == "created_time" ||
           type == "last_edited_time";
}

json::Value text_json(const std::string& content) {
    return {{"type", "text"},
            {"text", {{"content", content}, {"link", nullptr}}},
            {"annotations", {{"bold", false}, {"italic", false}, {"color", "default"}}},
            {"plain_text", content},
            {"href", nullptr}};
}

/// What Notion computes of a page itself.
json::Value computed(const Property& property, const Page& page) {
    if (property.type == "created_time") return json::Value(stamp(page.created));
    if (property.type == "last_edited_time") return json::Value(stamp(page.edited));
    if (property.type == "formula") return {{"type", "number"}, {"number", 42}};
    if (property.type == "rollup")
        return {{"type", "number"}, {"number", 2}, {"function", "count"}};
    return {{"prefix", "PROP"}, {"number", 41}};
}

json::Value files_json(const json::Value& kept, Instant now) {
    json::Array files;
    for (const auto& file : kept.as_array()) {
        json::Object shown = file.as_object();
        if (const auto name = json::text(file, "hosted")) {
            const auto until = now + std::chrono::hours{1};
            shown = {{"name", *name},
                     {"type", "file"},
                     {"file",
                      {{"url", "https://files.example.test/" + *name + "?sig=" + stamp(now)},
                       {"expiry_time", stamp(until)}}}};
        }
        files.push_back(std::move(shown));
    }
    return files;
}

json::Value value_json(const Property& property, const Page& page, Instant now) {
    const auto kept = page.values.find(property.id);
    json::Value value = is_read_only(property.type) ? computed(property, page)
                        : kept == page.values.end() ? nothing(property.type)
                                                    : kept->second;
    if (property.type == "files") value = files_json(value, now);
    if (property.type == "title" || property.type == "rich_text") {
        json::Array parts;
        for (const auto& part : value.as_array())
            parts.push_back(text_json(part.as_string().c_str()));
        value = std::move(parts);
    }
    return {{"id", property.id}, {"type", property.type}, {property.type, std::move(value)}};
}

}  // namespace

std::string Table::new_id() {
    ++made;
    return fmt::format("{:08x}-1111-4111-8111-{:012x}", made, 0xabc000 + made);
}

Property& Table::add(const std::string& name, const std::string& type,
                     const std::vector<std::string>& options) {
    Property property{type == "title" ? "title" : fmt::format("p%3A{:02}", ++made), name, type, {}};
    for (const auto& option : options) property.options.push_back({new_id(), option});
    return properties.emplace_back(std::move(property));
}

const Property* Table::by_name_or_id(std::string_view text) const {
    for (const auto& each : properties)
        if (each.name == text || each.id == text) return &each;
    return nullptr;
}

Property* Table::by_name_or_id(std::string_view text) {
    return const_cast<Property*>(std::as_const(*this).by_name_or_id(text));
}

Page& Table::new_page(Instant now) {
    auto& page = pages.emplace_back(Page{new_id(), minute_of(now), minute_of(now), false, {}});
    places[bare_id(page.id)] = pages.size() - 1;
    return page;
}

Page* Table::page(std::string_view id) {
    const auto place = places.find(bare_id(id));
    return place == places.end() ? nullptr : &pages[place->second];
}

Instant minute_of(Instant instant) {
    return std::chrono::floor<std::chrono::minutes>(instant);
}

std::string stamp(Instant instant) {
    auto text = to_text(instant);
    text.insert(text.size() - 1, ".000");
    return text;
}

std::string bare_id(std::string_view id) {
    std::string bare = text::lower(id);
    std::erase(bare, '-');
    return bare;
}

json::Value property_json(const Property& property) {
    json::Object detail;
    if (!property.options.empty() || property.type == "select" || property.type == "status") {
        json::Array options;
        for (const auto& option : property.options)
            options.push_back({{"id", option.id}, {"name", option.name}, {"color", "blue"}});
        detail["options"] = std::move(options);
    }
    return {{"id", property.id},
            {"name", property.name},
            {"type", property.type},
            {property.type, std::move(detail)}};
}

json::Value page_json(const Page& page, const Table& table, const std::string& database,
                      const std::string& data_source, Instant now) {
    json::Object properties;
    for (const auto& property : table.properties)
        properties[property.name] = value_json(property, page, now);
    return {
        {"object", "page"},
        {"id", page.id},
        {"created_time", stamp(page.created)},
        {"last_edited_time", stamp(page.edited)},
        {"parent",
         {{"type", "data_source_id"}, {"data_source_id", data_source}, {"database_id", database}}},
        {"in_trash", page.in_trash},
        {"properties", std::move(properties)},
        {"url", "https://www.notion.so/" + bare_id(page.id)}};
}

}  // namespace dreams::sim::notion
