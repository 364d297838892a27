#include "base/text.h"
#include "sources/fub_read.h"

namespace dreams::sources::fub_read {
namespace {

/// Longer texts of an event are cut to this: a 50 MB message is no note that anyone reads.
constexpr std::size_t longest_text = 64 * 1024;

Instant when(const json::Value& row, const std::string& what) {
    for (const auto key : {"occurred", "created"})
        if (const auto text = json::text(row, key))
            if (const auto instant = instant_from(*text)) return *instant;
    throw Error(Fault::invalid, what + " does not say when it happened");
}

/// `12 Elm St, Asheville, NC 28801` from FUB's street, city, state and code (ZIP).
std::optional<std::string> address(const json::Value& property) {
    auto whole = json::text(property, "street").value_or("");
    const auto city = json::text(property, "city");
    const auto state = json::text(property, "state");
    const auto zip = json::text(property, "code");
    const auto join = [&](const std::string& part, const char* separator) {
        whole += (whole.empty() ? "" : separator) + part;
    };
    if (city) join(*city, ", ");
    if (state) join(*state, ", ");
    if (zip) join(*zip, state ? " " : ", ");
    if (whole.empty()) return std::nullopt;
    return whole;
}

/// Cuts texts at a code point where they are longer than anybody reads.
void cut_texts(json::Value& value) {
    if (auto* string = value.if_string(); string && string->size() > longest_text) {
        std::size_t end = longest_text;
        while (end > 0 && (static_cast<unsigned char>((*string)[end]) & 0xC0) == 0x80) --end;
        string->resize(end);
        string->append(" … (cut)");
    } else if (auto* object = value.if_object()) {
        for (auto& [key, each] : *object) cut_texts(each);
    } else if (auto* array = value.if_array()) {
        for (auto& each : *array) cut_texts(each);
    }
}

ContactEvent contact_event(const json::Value& row, const FubId& person, EventKind kind,
                           const std::string& id, Instant at) {
    ContactEvent event{.id = {"evt_" + id}, .person = person, .kind = kind, .occurred_at = at};
    event.fub_event_id = id;
    if (const json::Value* property = json::member(row, "property")) {
        event.property_address = address(*property);
        event.property_price = json::integer(*property, "price");
        if (event.property_price && *event.property_price <= 0) event.property_price.reset();
        event.property_mls = json::text(*property, "mlsNumber");
    }
    return event;
}

LeadActivity activity(const json::Value& row, const std::string& type, const std::string& id,
                      Instant at) {
    json::Value data = row;
    cut_texts(data);
    LeadActivity activity{.id = {"evt_" + id}, .type = type, .source = "fub", .occurred_at = at};
    activity.data = JsonText{json::serialized(data)};
    return activity;
}

}  // namespace

std::string snake_case(std::string_view type) {
    std::string result = text::lower(text::trimmed(type));
    for (char& c : result)
        if (c == ' ' || c == '-' || c == '/') c = '_';
    return result;
}

std::string kept_as(std::string_view type, const std::map<std::string, std::string>& types) {
    for (const auto& [theirs, ours] : types)
        if (text::same_word(theirs, type)) return ours;
    if (text::same_word(type, "Visited Website")) return "website_visit";
    if (text::same_word(type, "Viewed Property")) return "property_view";
    if (text::same_word(type, "Saved Property")) return "property_favorite";
    const std::string snake = snake_case(type);
    // FUB names no type for sharing; sites send their own: `Shared Property`, `Property Share` …
    if (snake.find("share") != std::string::npos || snake.find("sharing") != std::string::npos)
        return "property_share";
    return snake.empty() ? "unnamed" : snake;
}

FubEvent event(const json::Value& row, const std::map<std::string, std::string>& types) {
    const auto number = json::integer(row, "id");
    if (!number || *number <= 0) throw Error(Fault::invalid, "an event without an id");
    const std::string id = std::to_string(*number);
    const auto person = json::integer(row, "personId");
    if (!person || *person <= 0) throw Error(Fault::invalid, "event " + id + " belongs to nobody");
    const FubId whose{std::to_string(*person)};
    const Instant at = when(row, "event " + id);
    const std::string kind = kept_as(json::text(row, "type").value_or(""), types);
    if (const auto act = from_word<EventKind>(kind))
        return {*number, whose, contact_event(row, whose, *act, id, at)};
    return {*number, whose, activity(row, kind, id, at)};
}

}  // namespace dreams::sources::fub_read
