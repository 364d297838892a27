#pragma once

#include "base/json.h"
#include "sim/fub/listing.h"

namespace dreams::sim {

/// What GET /people asks for: filters, order, a smart list's rules.
Question<Contact> question_of_people(Desk& desk);

/// The sort key of `field` (fub-api §5.1); empty: there is no such order, or it is by id.
std::function<SortKey(const Contact&)> order_of_people(const Town& town, const std::string& field);

/// The account's custom fields for people.
struct CustomField {
    std::int64_t id;
    std::string_view name, label, type;
};
const std::vector<CustomField>& custom_fields();

/// The smart lists: an id, a name, and who is on it at `now`.
struct SmartList {
    std::int64_t id;
    std::string_view name;
    bool (*holds)(const Town& town, const Contact& contact, Instant now);
};
const std::vector<SmartList>& smart_lists();

/// Takes what POST and PUT may say of a person. Throws Error{invalid}: an unknown custom field,
/// an unknown stage or user.
void take_fields(const Desk& desk, const json::Value& body, Contact& contact, bool merge_tags);

/// The person of that id, if the viewer sees them and they are ready to be read. Throws
/// Error{not_found}.
const Contact& readable_person(const Desk& desk, std::int64_t id);

/// Who has this e-mail address, or this phone number (by digits). None: nobody.
const Contact* person_with(const Town& town, const std::vector<std::string>& emails,
                           const std::vector<std::string>& phones,
                           const std::optional<std::string>& name);

/// Digits of a phone number, the country's 1 left out.
std::string phone_digits(std::string_view phone);

/// `value`s of an array of objects (or of strings), such as `emails`.
std::vector<Reach> reaches(const json::Value& body, std::string_view key);

}  // namespace dreams::sim
