#include "sim/fub/people.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "sim/town/people.h"

namespace dreams::sim {
namespace {

using namespace std::chrono;

http::Response check_duplicate(Desk& desk) {
    const auto emails = text::split(desk.request.parameter("email").value_or(""), ',');
    const auto phones = text::split(desk.request.parameter("phone").value_or(""), ',');
    if (emails.empty() && phones.empty())
        throw Error(Fault::invalid, "email or phone is required.");
    const Contact* twin = person_with(desk.town, emails, phones, std::nullopt);
    std::string body;
    json::Writer json(body);
    json.begin_object().member("found", twin != nullptr);
    if (twin) json.member("matchedBy", emails.empty() ? "phone" : "email");
    json.key("assignedTo");
    const User* user = twin && twin->user ? desk.town.user(*twin->user) : nullptr;
    if (user)
        json.begin_object().member("id", user->id).member("name", user->name()).end_object();
    else
        json.null();
    json.end_object();
    return json_answer(std::move(body));
}

/// C17: every match in one answer, whatever limit and offset say; undocumented.
http::Response ids_only(Desk& desk) {
    const Found<Contact> found(desk, desk.town.people(), question_of_people(desk));
    std::string body;
    json::Writer json(body);
    json.begin_object().key("ids").begin_array();
    for (std::size_t i = found.size(); i-- > 0;)
        if (!found.skipped(i)) json.integer(found.row(i).id);
    json.end_array().end_object();
    return json_answer(std::move(body));
}

http::Response unclaimed(Desk& desk) {
    Question<Contact> question{.collection = "people"};
    question.wanted = [](const Contact& contact) { return !contact.claimed; };
    return list(desk, desk.town.people(), question);
}

http::Response claim(Desk& desk, bool take) {
    const auto body = json::parse(desk.request.body);
    const auto id = json::integer(body, "personId").value_or(0);
    const Contact& contact = readable_person(desk, id);
    if (contact.claimed) throw Error(Fault::invalid, "This lead was already claimed.");
    if (take)
        desk.town.edit_person(
            id,
            [&](Contact& person) {
                person.claimed = true;
                person.user = desk.viewer.user().id;
            },
            desk.now);
    return one_row(desk, readable_person(desk, id));
}

http::Response on_one(Desk& desk) {
    const auto id = text::integer(desk.rest.front());
    if (!id || desk.rest.size() > 1)
        throw Error(Fault::not_found, "The requested resource could not be found.");
    if (desk.request.method == "PUT") return put_person(desk, *id);
    const Contact& contact = readable_person(desk, *id);
    if (desk.request.method == "DELETE") {
        desk.town.remove_person(*id);
        return {.status = 204};
    }
    return one_row(desk, contact);
}

}  // namespace

http::Response people(Desk& desk) {
    const std::string first = desk.rest.empty() ? "" : desk.rest.front();
    const bool post = desk.request.method == "POST";
    if (first == "checkDuplicate") return check_duplicate(desk);
    if (first == "unclaimed") return unclaimed(desk);
    if (first == "claim" && post) return claim(desk, true);
    if (first == "ignoreUnclaimed" && post) return claim(desk, false);
    if (!first.empty()) return on_one(desk);
    if (post) return post_person(desk);
    window_of(desk);  // a bad offset is refused before any work
    if (desk.options.ids_only && desk.query.truth("idsOnly")) return ids_only(desk);
    return list(desk, desk.town.people(), question_of_people(desk));
}

const Contact& readable_person(const Desk& desk, std::int64_t id) {
    const Contact* contact = desk.town.people().find(id);
    if (!contact || !desk.viewer.sees(*contact) ||
        desk.now - contact->created < desk.options.fresh_for)
        throw Error(Fault::not_found, "The requested person could not be found.");
    return *contact;
}

const std::vector<CustomField>& custom_fields() {
    static const std::vector<CustomField> fields{
        {47, "customFollowUpDate", "Follow Up Date", "date"},
        {48, "customLoan", "Loan", "dropdown"},
        {49, "customBudget", "Budget", "number"},
        {50, "customSpouse", "Spouse", "text"},
    };
    return fields;
}

const std::vector<SmartList>& smart_lists() {
    static const std::vector<SmartList> lists{
        {130, "New leads",
         [](const Town&, const Contact& contact, Instant) {
             return contact.stage == stage_id::lead;
         }},
        {131, "Hot prospects",
         [](const Town&, const Contact& contact, Instant) {
             return contact.stage == stage_id::hot_prospect;
         }},
        {132, "Active this week",
         [](const Town& town, const Contact& contact, Instant now) {
             return town.tally(contact.id).activity > now - days{7};
         }},
    };
    return lists;
}

}  // namespace dreams::sim
