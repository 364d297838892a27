#include "sim/fub/desk.h"
#include "sim/town/event_kinds.h"
#include "sim/town/exchanges.h"

// Rows of what people did and said, key by key in the order of live answers (fub-api §6–§10).

namespace dreams::sim {
namespace {

constexpr std::string_view hidden_body = "* Body is hidden for privacy reasons *";
constexpr std::string_view hidden_recording = "* Recording URL is hidden for privacy reasons *";

/// Micro-degrees as a decimal: 35488700 → `35.4887`.
std::string degrees(std::int64_t micro) {
    const auto size = micro < 0 ? -micro : micro;
    auto fraction = std::to_string(1'000'000 + size % 1'000'000).substr(1);
    while (fraction.size() > 1 && fraction.back() == '0') fraction.pop_back();
    return (micro < 0 ? "-" : "") + std::to_string(size / 1'000'000) + "." + fraction;
}

void text_or_null(json::Writer& json, std::string_view key, const std::string& text) {
    json.key(key);
    text.empty() ? json.null() : json.string(text);
}

void write_home(json::Writer& json, const Home& home, std::int32_t price) {
    json.begin_object().member("id", home.id).member("street", home.street);
    json.member("city", home.city).member("state", home.state).member("code", home.code);
    json.member("mlsNumber", home.mls).member("price", std::to_string(price));
    json.member("forRent", home.for_rent ? 1 : 0);
    json.member("url", "https://homes.ridgeline.example/property/" + home.mls);
    json.member("type", home.type).member("bedrooms", std::to_string(home.beds));
    json.member("bathrooms",
                std::to_string(home.half_baths / 2) + (home.half_baths % 2 ? ".5" : ".0"));
    text_or_null(json, "area", home.sqft > 0 ? std::to_string(home.sqft) : "");
    text_or_null(
        json, "lot",
        home.acres_hundredths > 0 ? std::to_string(home.acres_hundredths * 43'560 / 100) : "");
    json.key("lat").raw(degrees(home.lat_e6)).key("lng").raw(degrees(home.lng_e6));
    json.end_object();
}

/// `name`, `firstName`, `lastName` of a child's person; null for an unknown one.
void write_names(RowWriter& row, const Contact* contact) {
    row.set("name", contact ? contact->name : std::nullopt);
    row.set("firstName", contact ? contact->first : std::nullopt);
    row.set("lastName", contact ? contact->last : std::nullopt);
}

void write_user(RowWriter& row, const User* user) {
    if (!user) return void(row.null("userId").null("userName"));
    row.set("userId", user->id).set("userName", user->name());
}

template <class T>
std::optional<T> unless_zero(T value) {
    return value == T{} ? std::nullopt : std::optional(value);
}

std::optional<std::string> unless_empty(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
}

void end_row(RowWriter& row) {
    if (row.options().strange_keys)
        row.raw("zzFuture", R"({"of":["nobody",{"knows":null}],"1":1.5e3})");
}

}  // namespace

void write_row(Desk& desk, RowWriter& row, const Event& event) {
    const auto more = desk.town.more(event);
    row.set("id", event.id).set("created", event.created).set("updated", event.created);
    row.set("occurred", event.occurred).set("personId", event.person);
    row.set("message", more.message).set("description", more.description).null("noteId");
    row.set("source", desk.town.source_name(event.source));
    row.set("type", desk.town.event_types()[event.type]).raw("additional", "[]");
    if (row.fields().usual("property")) {
        row.json().key("property");
        if (event.home >= 0)
            write_home(row.json(), desk.town.homes()[static_cast<std::size_t>(event.home)],
                       event.price);
        else
            row.json().null();
    }
    row.raw("propertySearch", more.search_json.empty() ? "null" : more.search_json);
    row.set("pageTitle", unless_empty(more.page_title));
    row.set("pageUrl", unless_empty(more.page_url)).set("pageDuration", more.page_seconds);
    end_row(row);
}

void write_row(Desk& desk, RowWriter& row, const Call& call) {
    const Contact* contact = desk.town.people().find(call.person);
    row.set("id", call.id).null("relationshipId").set("created", call.created);
    row.set("updated", call.updated).set("createdById", -1).set("updatedById", -1);
    row.set("personId", call.person);
    write_names(row, contact);
    write_user(row, desk.town.user(call.user));
    row.set("phone", call.incoming ? call.from : call.to);
    row.set("fromNumber", call.from).set("toNumber", call.to).null("forwardNumber");
    row.set("note", call.note).set("outcome", unless_empty(call.outcome));
    row.set("isIncoming", call.incoming).set("duration", call.seconds);
    if (desk.options.recordings_hidden && !call.recording.empty())
        row.set("recordingUrl", hidden_recording);
    else
        row.set("recordingUrl", unless_empty(call.recording));
    row.null("sharedInboxId").null("conferenceCallId").set("systemId", 1);
    row.set("ringDuration", call.ring_seconds);
    row.set("startedAt", call.created + std::chrono::seconds{call.ring_seconds});
    end_row(row);
}

void write_row(Desk& desk, RowWriter& row, const Text& text) {
    row.set("id", text.id).set("created", text.created).set("updated", text.updated);
    row.set("createdById", text.user).set("updatedById", text.user);
    row.set("personId", text.person);
    write_names(row, desk.town.people().find(text.person));
    row.null("picture");
    write_user(row, desk.town.user(text.user));
    row.set("status", text.incoming ? "Received" : "Sent");
    row.set("message", desk.options.bodies_hidden ? hidden_body : std::string_view(text.message));
    row.set("fromNumber", text.from).set("toNumber", text.to).set("sent", text.created);
    row.set("isIncoming", text.incoming).set("archived", false).set("read", false);
    row.null("sharedInboxId").set("actionPlanId", unless_zero(text.action_plan));
    row.null("groupTextId").set("isExternal", false).null("externalUrl").null("externalLabel");
    row.set("systemId", 1).null("systemName");
    row.set("deliveryStatus", text.delivery).raw("media", "[]");
    end_row(row);
}

void write_row(Desk& desk, RowWriter& row, const Email& email) {
    row.set("id", email.id).set("created", email.created).set("date", email.date);
    row.set("status", email.incoming ? "Received" : "Sent").set("threadId", email.thread);
    row.set("subject", subject_of(email));
    row.set("bodyExcerpt", desk.options.bodies_hidden ? std::string(hidden_body) : body_of(email));
    row.set("userId", email.user).set("actionPlanId", unless_zero(email.action_plan));
    row.set("campaignId", unless_zero(email.campaign));
    if (email.campaign != 0) row.set("campaignOrigin", "Ridgeline News");
    if (row.fields().usual("relatedPeople")) {
        auto& json = row.json().key("relatedPeople").begin_array();
        for (const auto& related : email.people)
            json.begin_object()
                .member("personId", related.person)
                .member("sentByPerson", related.wrote)
                .end_object();
        json.end_array();
    }
    end_row(row);
}

void write_row(Desk& desk, RowWriter& row, const Note& note) {
    const User* user = desk.town.user(note.user);
    const std::string name = user ? user->name() : "";
    row.set("id", note.id).set("created", note.created).set("updated", note.updated);
    row.set("createdById", note.user).set("updatedById", note.user);
    row.set("createdBy", name).set("updatedBy", name).set("personId", note.person);
    row.set("showContent", true).set("subject", note.subject).set("body", note.body);
    row.set("type", "Note").set("isHtml", note.html).null("actionPlanId");
    row.set("isExternal", false).set("systemId", 1).null("systemName").null("automationId");
    end_row(row);
}

}  // namespace dreams::sim
