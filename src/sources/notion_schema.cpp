#include <algorithm>

#include "base/text.h"
#include "sources/notion_read.h"

// Which property of a data source is whose.

namespace dreams::sources {
namespace {

struct Found {
    std::string id, name, type;
    std::string options = "[]";
    bool taken = false;
};

std::vector<Found> properties_of(const json::Value& source) {
    const auto* properties = json::object(source, "properties");
    if (!properties)
        throw Error(Fault::unavailable, "Notion sent a data source without properties");
    std::vector<Found> found;
    for (const auto& [name, value] : *properties) {
        Found each{json::text(value, "id").value_or(""), std::string(name),
                   json::text(value, "type").value_or("")};
        std::vector<std::string> options;
        if (const auto* detail = json::member(value, each.type))
            if (const auto* offered = json::array(*detail, "options"))
                for (const auto& option : *offered)
                    options.push_back(json::text(option, "name").value_or(""));
        each.options = text::json_array(options);
        found.push_back(std::move(each));
    }
    return found;
}

/// `MLS #`, `MLS#` and `mls` are one name.
bool same_name(std::string_view a, std::string_view b) {
    return !text::letters(b).empty() && text::letters(a) == text::letters(b);
}

/// Whether a field can stand in a property of that type: texts in any that holds one text.
bool fits(NotionKind kind, NotionType field, NotionType type) {
    using enum NotionType;
    if (type == field) return true;
    switch (kind) {
        case NotionKind::text:
            return field != title && type != title && type != number && type != multi_select &&
                   type != date && type != checkbox && type != files;
        case NotionKind::whole:
        case NotionKind::real:
            return type == rich_text;
        case NotionKind::day:
            return type == rich_text || type == date;
        case NotionKind::link:
            return type == rich_text || (type == url && field != files);
        case NotionKind::yes:
            break;
    }
    return false;
}

class Matching {
public:
    Matching(const json::Value& source, const NotionMapping& known)
        : properties_(properties_of(source)), known_(known) {
        schema_.data_source = json::text(source, "id").value_or("");
    }

    NotionSchema match() {
        place("id", notion_own_id, "", NotionKind::text, NotionType::rich_text);
        for (const auto& field : notion_fields())
            place(field.column, field.name, field.alias, field.kind, field.type);
        return std::move(schema_);
    }

private:
    void place(std::string_view column, std::string_view name, std::string_view alias,
               NotionKind kind, NotionType type) {
        auto* property = find(column, name, alias, type);
        if (!property) {
            schema_.missing.push_back({std::string(column), std::string(name), type});
            return;
        }
        const auto theirs = from_word<NotionType>(property->type);
        if (!theirs || !fits(kind, type, *theirs)) {
            schema_.remarks.push_back("The property '" + property->name + "' is of the type " +
                                      property->type + ", where " + std::string(word(type)) +
                                      " is expected; it is left alone");
            return;
        }
        property->taken = true;
        schema_.mapping.push_back(
            {std::string(column), property->id, property->name, *theirs, property->options});
    }

    Found* find(std::string_view column, std::string_view name, std::string_view alias,
                NotionType type) {
        const auto before = std::ranges::find(known_, column, &NotionMapped::column);
        const auto first = [&](auto&& is) {
            const auto at = std::ranges::find_if(
                properties_, [&](const Found& each) { return !each.taken && is(each); });
            return at == properties_.end() ? nullptr : &*at;
        };
        if (before != known_.end())
            if (auto* same = first([&](const Found& f) { return f.id == before->property_id; }))
                return same;
        if (type == NotionType::title)
            return first([](const Found& f) { return f.type == "title"; });
        if (auto* exact = first([&](const Found& f) { return f.name == name; })) return exact;
        if (auto* alike = first([&](const Found& f) { return same_name(f.name, name); }))
            return alike;
        return first([&](const Found& f) { return same_name(f.name, alias); });
    }

    std::vector<Found> properties_;
    const NotionMapping& known_;
    NotionSchema schema_;
};

}  // namespace

NotionSchema read_notion_schema(const json::Value& source, const NotionMapping& known) {
    return Matching(source, known).match();
}

}  // namespace dreams::sources
