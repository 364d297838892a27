#include <algorithm>

#include "base/text.h"
#include "sim/notion/table.h"

// What Notion takes for each type of property (property-sources A3, A5), and refuses.

namespace dreams::sim::notion {
namespace {

constexpr std::size_t most_text = 2000, most_parts = 100, most_option = 100, most_contact = 200;

[[noreturn]] void refuse(const Property& property, const std::string& what) {
    throw Refused{400, "validation_error",
                  "body failed validation: body.properties." + property.name + "." + property.type +
                      " " + what};
}

/// Notion counts as JavaScript does: what lies beyond the first 65,536 characters is two.
std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) == 0x80) continue;
        units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

json::Value accepted_texts(const Property& property, const json::Value& body) {
    if (!body.is_array()) refuse(property, "should be an array");
    const auto& parts = body.get_array();
    if (parts.size() > most_parts) refuse(property, "should have at most 100 elements");
    json::Array texts;
    for (const auto& part : parts) {
        const auto* text = json::object(part, "text");
        const auto* content = text ? text->if_contains("content") : nullptr;
        if (!content || !content->is_string()) refuse(property, "should have text.content");
        if (utf16_units(content->get_string()) > most_text)
            refuse(property, "should be of length at most 2000");
        if (!content->get_string().empty()) texts.push_back(*content);
    }
    return texts;
}

json::Value chosen(Property& property, const std::string& name) {
    if (name.empty() || name.size() > most_option || name.find(',') != std::string::npos)
        refuse(property, "should have a name without commas, of at most 100 characters");
    for (const auto& option : property.options)
        if (option.name == name) return {{"id", option.id}, {"name", name}, {"color", "blue"}};
    if (property.type == "status") refuse(property, "is not one of the options: " + name);
    const auto id = property.id + "o" + std::to_string(property.options.size());
    property.options.push_back({id, name});
    return {{"id", id}, {"name", name}, {"color", "blue"}};
}

json::Value accepted_choice(Property& property, const json::Value& body) {
    if (body.is_null() && property.type == "select") return nullptr;
    const auto* name = json::member(body, "name");
    if (!name || !name->is_string()) refuse(property, "should have a name");
    return chosen(property, std::string(name->get_string()));
}

json::Value accepted_choices(Property& property, const json::Value& body) {
    if (!body.is_array() || body.get_array().size() > most_parts)
        refuse(property, "should be an array of at most 100");
    json::Array chosen;
    for (const auto& each : body.get_array()) chosen.push_back(accepted_choice(property, each));
    return chosen;
}

json::Value accepted_line(const Property& property, const json::Value& body) {
    if (body.is_null()) return nullptr;
    if (!body.is_string() || body.get_string().empty())
        refuse(property, "should be a string or null");
    const auto most = property.type == "url" ? most_text : most_contact;
    if (utf16_units(body.get_string()) > most) refuse(property, "is too long");
    return body;
}

json::Value accepted_date(const Property& property, const json::Value& body) {
    if (body.is_null()) return nullptr;
    const auto start = json::text(body, "start");
    if (!start || (!date_from(*start) && !instant_from(*start)))
        refuse(property, "should have a start in ISO 8601");
    return {{"start", *start}, {"end", nullptr}, {"time_zone", nullptr}};
}

json::Value accepted_files(const Property& property, const json::Value& body) {
    if (!body.is_array()) refuse(property, "should be an array");
    json::Array files;
    for (const auto& file : body.get_array()) {
        const auto* external = json::object(file, "external");
        const auto url = external ? json::text(*external, "url") : std::nullopt;
        if (!url || utf16_units(*url) > most_text) refuse(property, "should have external.url");
        files.push_back({{"name", json::text(file, "name").value_or("")},
                         {"type", "external"},
                         {"external", {{"url", *url}}}});
    }
    return files;
}

}  // namespace

json::Value nothing(const std::string& type) {
    if (type == "title" || type == "rich_text" || type == "multi_select" || type == "files" ||
        type == "relation")
        return json::Array{};
    if (type == "checkbox") return false;
    return nullptr;
}

json::Value accepted(Property& property, const json::Value& body) {
    const auto& type = property.type;
    const auto* member = body.is_object() ? body.get_object().if_contains(type) : nullptr;
    if (!member) refuse(property, "should be defined");
    if (type == "title" || type == "rich_text") return accepted_texts(property, *member);
    if (type == "select" || type == "status") return accepted_choice(property, *member);
    if (type == "multi_select") return accepted_choices(property, *member);
    if (type == "url" || type == "email" || type == "phone_number")
        return accepted_line(property, *member);
    if (type == "date") return accepted_date(property, *member);
    if (type == "files") return accepted_files(property, *member);
    if (type == "number") {
        if (!member->is_null() && !member->is_number())
            refuse(property,
                   "should be a number or null, instead was " + json::serialized(*member));
        return *member;
    }
    if (type == "checkbox") {
        if (!member->is_bool()) refuse(property, "should be a boolean");
        return *member;
    }
    refuse(property, "cannot be written");
}

json::Value typed(Property& property, const std::string& text) {
    const auto& type = property.type;
    if (text.empty()) return nothing(type);
    if (type == "title" || type == "rich_text") return json::Array{json::Value(text)};
    if (type == "select" || type == "status") return chosen(property, text);
    if (type == "number") return text::number(text).value_or(0);
    if (type == "checkbox") return text == "yes";
    if (type == "date") return {{"start", text}, {"end", nullptr}, {"time_zone", nullptr}};
    if (type == "multi_select") {
        json::Array chosen_ones;
        for (const auto& each : text::split(text, ','))
            chosen_ones.push_back(chosen(property, each));
        return chosen_ones;
    }
    return json::Value(text);
}

std::string shown(const Property& property, const json::Value& value) {
    const auto& type = property.type;
    std::string text;
    if (value.is_null()) return text;
    if (type == "title" || type == "rich_text") {
        for (const auto& part : value.as_array()) text += std::string(part.as_string());
    } else if (type == "select" || type == "status") {
        text = json::text(value, "name").value_or("");
    } else if (type == "multi_select") {
        for (const auto& each : value.as_array())
            text += (text.empty() ? "" : ", ") + json::text(each, "name").value_or("");
    } else if (type == "date") {
        text = json::text(value, "start").value_or("");
    } else if (type == "checkbox") {
        text = value.as_bool() ? "yes" : "";
    } else if (type == "files") {
        for (const auto& file : value.as_array()) {
            const auto* external = json::object(file, "external");
            const auto name = external ? json::text(*external, "url") : json::text(file, "hosted");
            text += (text.empty() ? "" : "\n") + name.value_or("");
        }
    } else {
        text = json::text(json::Object{{"value", value}}, "value").value_or("");
    }
    return text;
}

}  // namespace dreams::sim::notion
