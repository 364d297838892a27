#include "base/error.h"
#include "base/text.h"
#include "sim/fub/people.h"

// POST /events (fub-api §6.2): how lead sources report. The answer is the person.

namespace dreams::sim {
namespace {

/// A property that a lead source describes; one the town knows by its MLS number is that home.
std::int32_t home_in(Town& town, const json::Value& body) {
    const json::Value* property = json::member(body, "property");
    if (!property || !property->is_object()) return -1;
    const auto mls = json::text(*property, "mlsNumber").value_or("");
    const auto& homes = town.homes();
    for (std::size_t i = 0; i < homes.size() && !mls.empty(); ++i)
        if (homes[i].mls == mls) return static_cast<std::int32_t>(i);
    Home home{.mls = mls};
    home.street = json::text(*property, "street").value_or("");
    home.city = json::text(*property, "city").value_or("");
    home.state = json::text(*property, "state").value_or("");
    home.code = json::text(*property, "code").value_or("");
    home.type = json::text(*property, "type").value_or("");
    home.price = home.first_price =
        static_cast<std::int32_t>(json::integer(*property, "price").value_or(0));
    home.beds = static_cast<int>(json::integer(*property, "bedrooms").value_or(0));
    home.half_baths = static_cast<int>(2 * json::number(*property, "bathrooms").value_or(0));
    home.sqft = static_cast<int>(json::integer(*property, "area").value_or(0));
    home.for_rent = json::truth(*property, "forRent").value_or(false);
    return town.add_home(std::move(home));
}

/// `Inquiry` is rewritten by what it is about.
std::string type_in(const json::Value& body) {
    const auto type = json::text(body, "type").value_or("General Inquiry");
    if (!text::same_word(type, "Inquiry")) return type;
    return json::member(body, "property") ? "Property Inquiry" : "General Inquiry";
}

EventMore more_in(const json::Value& body) {
    EventMore more;
    more.message = json::text(body, "message").value_or("");
    more.description = json::text(body, "description").value_or("");
    more.page_title = json::text(body, "pageTitle").value_or("");
    more.page_url = json::text(body, "pageUrl").value_or("");
    if (const auto seconds = json::integer(body, "pageDuration"))
        more.page_seconds = static_cast<int>(*seconds);
    if (const auto* search = json::member(body, "propertySearch"); search && search->is_object())
        more.search_json = json::serialized(*search);
    return more;
}

/// The person an event is about: by id, else by e-mail, else by phone and name. None: a new one.
/// Throws Error{not_found}: an id that is not there.
const Contact* person_in(const Desk& desk, const json::Value& person) {
    if (const auto id = json::integer(person, "id")) return &readable_person(desk, *id);
    std::vector<std::string> emails, phones;
    for (const auto& each : reaches(person, "emails")) emails.push_back(each.value);
    for (const auto& each : reaches(person, "phones")) phones.push_back(each.value);
    const auto first = json::text(person, "firstName"), last = json::text(person, "lastName");
    const auto name = first && last ? std::optional(*first + " " + *last) : std::nullopt;
    if (const Contact* found = person_with(desk.town, emails, {}, std::nullopt)) return found;
    return name ? person_with(desk.town, {}, phones, name) : nullptr;
}

/// What an event adds to a person who is there already: new ways to reach them, tags. An
/// assigned one is not reassigned.
void enrich(const Desk& desk, const json::Value& person, Contact& contact) {
    Contact said{.stage = contact.stage};
    take_fields(desk, person, said, true);
    const auto combine = [](auto& into, const auto& from, auto same) {
        for (const auto& item : from) {
            bool there = false;
            for (const auto& each : into) there = there || same(each, item);
            if (!there) into.push_back(item);
        }
    };
    const auto same_value = [](const Reach& a, const Reach& b) { return a.value == b.value; };
    combine(contact.emails, said.emails, same_value);
    combine(contact.phones, said.phones, same_value);
    combine(contact.tags, said.tags, std::equal_to<>{});
    if (!contact.user) contact.user = said.user;
    contact.stage = said.stage;
    if (said.price) contact.price = said.price;
}

std::int64_t meet(Desk& desk, const json::Value& body, const json::Value& person, bool& is_new) {
    const Contact* known = person_in(desk, person);
    is_new = known == nullptr;
    if (known) {
        Contact changed = *known;
        enrich(desk, person, changed);
        const bool same = changed.emails.size() == known->emails.size() &&
                          changed.phones.size() == known->phones.size() &&
                          changed.tags == known->tags && changed.stage == known->stage &&
                          changed.user == known->user && changed.price == known->price;
        if (!same)
            desk.town.edit_person(
                changed.id, [&](Contact& contact) { contact = changed; }, desk.now);
        return changed.id;
    }
    Contact contact{.created = desk.now, .updated = desk.now};
    take_fields(desk, person, contact, false);
    if (const auto source = json::text(body, "source"))
        contact.source = desk.town.source_id(*source);
    contact.source_url = json::text(person, "sourceUrl").value_or("");
    if (!contact.user && !contact.pond) contact.user = desk.town.users().front().id;
    return desk.town.add_person(std::move(contact));
}

}  // namespace

http::Response post_event(Desk& desk) {
    const auto body = json::parse(desk.request.body);
    const json::Value* person = json::member(body, "person");
    if (!person || !person->is_object()) throw Error(Fault::invalid, "person is required.");
    const auto source = json::text(body, "source").value_or("<unspecified>");
    if (source == desk.options.archived_source) return {.status = 204};
    bool is_new = false;
    const auto id = meet(desk, body, *person, is_new);
    NewEvent event{.person = id, .type = type_in(body), .created = desk.now};
    event.home = home_in(desk.town, body);
    const auto occurred = json::text(body, "occurredAt");
    event.occurred = occurred ? instant_from(*occurred).value_or(desk.now) : desk.now;
    event.source = desk.town.source_id(source);
    event.more = more_in(body);
    desk.town.add_event(std::move(event));
    return one_row(desk, *desk.town.people().find(id), is_new ? 201 : 200);
}

}  // namespace dreams::sim
