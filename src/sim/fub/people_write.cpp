#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "sim/fub/people.h"
#include "sim/town/people.h"

// POST and PUT of people (fub-api §5.5).

namespace dreams::sim {
namespace {

std::int64_t user_named(const Town& town, const std::string& name) {
    for (const auto& user : town.users())
        if (text::same_word(user.name(), name)) return user.id;
    throw Error(Fault::invalid, "There is no user named " + name + ".");
}

void take_names(const json::Value& body, Contact& contact) {
    if (const auto first = json::text(body, "firstName")) contact.first = first;
    if (const auto last = json::text(body, "lastName")) contact.last = last;
    if (const auto name = json::text(body, "name"); name && !contact.first) {
        const auto blank = name->find(' ');
        contact.first = name->substr(0, blank);
        contact.last = blank == std::string::npos ? "" : name->substr(blank + 1);
    }
    if (contact.first || contact.last)
        contact.name = text::trimmed(contact.first.value_or("") + " " + contact.last.value_or(""));
}

void take_assignment(const Desk& desk, const json::Value& body, Contact& contact) {
    if (const auto name = json::text(body, "assignedTo"))
        contact.user = user_named(desk.town, *name);
    if (const auto id = json::integer(body, "assignedUserId")) {
        if (!desk.town.user(*id)) throw Error(Fault::invalid, "There is no such user.");
        contact.user = *id;
    }
    if (const auto id = json::integer(body, "assignedPondId")) {
        contact.pond = *id;
        contact.user.reset();
    }
    if (const auto name = json::text(body, "assignedLenderName"))
        contact.lender = user_named(desk.town, *name);
    if (const auto id = json::integer(body, "assignedLenderId")) contact.lender = *id;
    if (const json::Array* users = json::array(body, "collaborators")) {
        contact.collaborators.clear();
        for (const auto& user : *users)
            if (const auto id = user.is_object() ? json::integer(user, "id")
                                                 : std::optional(user.to_number<std::int64_t>()))
                contact.collaborators.push_back(*id);
    }
}

/// Lists are taken whole: what is not in them is gone (fub-api §0.8).
void take_lists(const json::Value& body, Contact& contact, bool merge_tags) {
    if (json::array(body, "emails")) contact.emails = reaches(body, "emails");
    if (json::array(body, "phones")) contact.phones = reaches(body, "phones");
    if (const json::Array* tags = json::array(body, "tags")) {
        if (!merge_tags) contact.tags.clear();
        for (const auto& tag : *tags)
            if (const auto* word = tag.if_string();
                word && std::ranges::count(contact.tags, std::string(*word)) == 0)
                contact.tags.emplace_back(*word);
    }
    if (const json::Array* addresses = json::array(body, "addresses")) {
        contact.addresses.clear();
        for (const auto& each : *addresses)
            contact.addresses.push_back(
                {json::text(each, "street").value_or(""), json::text(each, "city").value_or(""),
                 json::text(each, "state").value_or(""), json::text(each, "code").value_or("")});
    }
}

/// D23: null clears; a name that the account does not have is refused, or ignored.
void take_custom(const Desk& desk, const json::Value& body, Contact& contact) {
    const auto* object = body.if_object();
    if (!object) throw Error(Fault::invalid, "The request body must be a JSON object.");
    for (const auto& [key, value] : *object) {
        const std::string name(key);
        if (!name.starts_with("custom")) continue;
        if (std::ranges::count(custom_fields(), name, &CustomField::name) == 0) {
            if (!desk.options.unknown_custom_refused) continue;
            throw Error(Fault::invalid, "There is no custom field named " + name + ".");
        }
        if (value.is_null())
            contact.custom.erase(name);
        else
            contact.custom[name] = json::text(body, name).value_or("");
    }
}

}  // namespace

std::string phone_digits(std::string_view phone) {
    std::string digits;
    for (const char c : phone)
        if (c >= '0' && c <= '9') digits += c;
    if (digits.size() == 11 && digits.front() == '1') digits.erase(0, 1);
    return digits;
}

std::vector<Reach> reaches(const json::Value& body, std::string_view key) {
    std::vector<Reach> result;
    const json::Array* entries = json::array(body, key);
    if (!entries) return result;
    for (const auto& entry : *entries) {
        Reach reach;
        if (const auto* word = entry.if_string())
            reach.value = std::string(*word);
        else
            reach.value = json::text(entry, "value").value_or("");
        reach.type = json::text(entry, "type").value_or(key == "phones" ? "mobile" : "home");
        reach.status = json::text(entry, "status").value_or("Valid");
        if (!reach.value.empty()) result.push_back(std::move(reach));
    }
    return result;
}

const Contact* person_with(const Town& town, const std::vector<std::string>& emails,
                           const std::vector<std::string>& phones,
                           const std::optional<std::string>& name) {
    const Contact* by_phone = nullptr;
    for (const auto& contact : town.people().rows()) {
        if (contact.gone) continue;
        for (const auto& own : contact.emails)
            for (const auto& wanted : emails)
                if (text::same_word(own.value, wanted)) return &contact;
        if (name && contact.name != name) continue;
        for (const auto& own : contact.phones)
            for (const auto& wanted : phones)
                if (!by_phone && phone_digits(own.value) == phone_digits(wanted))
                    by_phone = &contact;
    }
    return by_phone;
}

void take_fields(const Desk& desk, const json::Value& body, Contact& contact, bool merge_tags) {
    take_custom(desk, body, contact);
    take_names(body, contact);
    if (const auto name = json::text(body, "stage")) {
        const Stage* stage = desk.town.stage(*name);
        if (!stage) throw Error(Fault::invalid, "There is no stage named " + *name + ".");
        contact.stage = stage->id;
    }
    if (const auto type = json::text(body, "type")) contact.type = *type;
    if (const auto contacted = json::truth(body, "contacted")) contact.contacted = *contacted;
    if (const auto price = json::integer(body, "price")) contact.price = price;
    if (const auto background = json::text(body, "background")) contact.background = *background;
    if (const auto timeframe = json::integer(body, "timeframeId")) contact.timeframe = timeframe;
    take_assignment(desk, body, contact);
    take_lists(body, contact, merge_tags);
}

http::Response post_person(Desk& desk) {
    const auto body = json::parse(desk.request.body);
    Contact contact{.created = desk.now, .updated = desk.now};
    take_fields(desk, body, contact, false);
    if (desk.query.truth("deduplicate")) {
        std::vector<std::string> emails, phones;
        for (const auto& each : contact.emails) emails.push_back(each.value);
        for (const auto& each : contact.phones) phones.push_back(each.value);
        if (const Contact* twin = person_with(desk.town, emails, phones, std::nullopt))
            return one_row(desk, *twin);
    }
    if (const auto source = json::text(body, "source"))
        contact.source = desk.town.source_id(*source);
    contact.source_url = json::text(body, "sourceUrl").value_or("");
    if (const auto created = json::text(body, "createdAt"))
        contact.created = instant_from(*created).value_or(desk.now);
    if (!contact.user && !contact.pond) contact.user = desk.viewer.user().id;
    const auto id = desk.town.add_person(std::move(contact));
    return one_row(desk, *desk.town.people().find(id), 201);
}

http::Response put_person(Desk& desk, std::int64_t id) {
    const auto body = json::parse(desk.request.body);
    Contact changed = readable_person(desk, id);
    take_fields(desk, body, changed, desk.query.truth("mergeTags"));
    desk.town.edit_person(
        id, [&](Contact& contact) { contact = changed; }, desk.now);
    return one_row(desk, readable_person(desk, id));
}

}  // namespace dreams::sim
