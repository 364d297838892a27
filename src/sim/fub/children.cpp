#include <algorithm>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "sim/fub/listing.h"

// GET of events, calls, texts, e-mails and notes; logging of the last four.

namespace dreams::sim {
namespace {

/// D21: a person who has only just come is not there yet for anybody who asks by id.
void must_be_readable(const Desk& desk, std::int64_t person) {
    const Contact* contact = desk.town.people().find(person);
    const bool fresh = contact && desk.now - contact->created < desk.options.fresh_for;
    if (fresh) throw Error(Fault::not_found, "The requested person could not be found.");
}

template <class Row>
http::Response one(Desk& desk, const Table<Row>& table) {
    const auto id = text::integer(desk.rest.front());
    const Row* row = id ? table.find(*id) : nullptr;
    if (!row || !desk.viewer.sees_of(row->person))
        throw Error(Fault::not_found, "The requested resource could not be found.");
    return one_row(desk, *row);
}

/// Where to look: a person's children, an id list, or (none) everywhere.
template <class Row>
std::optional<Indexes> among(Desk& desk, const Table<Row>& table,
                             const std::vector<std::uint32_t>& (Town::*children)(std::int64_t)
                                 const) {
    if (const auto person = desk.query.integer("personId")) {
        must_be_readable(desk, *person);
        return (desk.town.*children)(*person);
    }
    if (const auto ids = desk.query.ids(); !ids.empty()) return indexes_of(table, ids);
    return std::nullopt;
}

/// Adds a condition to those that a question already has.
template <class Row, class Test>
void also(Question<Row>& question, Test test) {
    if (!question.wanted)
        question.wanted = std::move(test);
    else
        question.wanted = [first = std::move(question.wanted), test](const Row& row) {
            return first(row) && test(row);
        };
}

template <class Row>
void visible_only(Desk& desk, Question<Row>& question) {
    if (!desk.viewer.sees_all())
        also(question, [&](const Row& row) { return desk.viewer.sees_of(row.person); });
}

bool has(const std::string& text, const std::string& part) {
    return text::lower(text).find(text::lower(part)) != std::string::npos;
}

/// Lists calls and texts by the numbers that took part.
template <class Row>
void by_numbers(Desk& desk, Question<Row>& question) {
    if (const auto to = desk.query.get("toNumber"))
        also(question, [to](const Row& row) { return row.to == *to; });
    if (const auto from = desk.query.get("fromNumber"))
        also(question, [from](const Row& row) { return row.from == *from; });
    if (const auto phone = desk.query.get("phone"))
        also(question, [phone](const Row& row) { return row.to == *phone || row.from == *phone; });
}

std::int64_t person_in(const Desk& desk, const json::Value& body) {
    const auto id = json::integer(body, "personId");
    const Contact* contact = id ? desk.town.people().find(*id) : nullptr;
    if (!contact || !desk.viewer.sees(*contact))
        throw Error(Fault::invalid, "personId is required and must be a person you can see.");
    return *id;
}

http::Response post_call(Desk& desk) {
    const auto body = json::parse(desk.request.body);
    Call call{.person = person_in(desk, body), .created = desk.now, .updated = desk.now};
    const auto incoming = json::truth(body, "isIncoming");
    const auto phone = json::text(body, "phone");
    if (!incoming || !phone) throw Error(Fault::invalid, "phone and isIncoming are required.");
    call.user = json::integer(body, "userId").value_or(desk.viewer.user().id);
    call.incoming = *incoming;
    call.from = json::text(body, "fromNumber").value_or(call.incoming ? *phone : "");
    call.to = json::text(body, "toNumber").value_or(call.incoming ? "" : *phone);
    call.note = json::text(body, "note").value_or("");
    call.outcome = json::text(body, "outcome").value_or("");
    call.seconds = static_cast<int>(json::integer(body, "duration").value_or(0));
    const auto id = desk.town.add_call(std::move(call));
    return one_row(desk, *desk.town.calls().find(id), 201);
}

http::Response put_call(Desk& desk) {
    const auto id = text::integer(desk.rest.front()).value_or(0);
    const auto body = json::parse(desk.request.body);
    desk.town.edit_call(id, [&](Call& call) {
        if (const auto outcome = json::text(body, "outcome")) call.outcome = *outcome;
        if (const auto note = json::text(body, "note")) call.note = *note;
        if (const auto seconds = json::integer(body, "duration"))
            call.seconds = static_cast<int>(*seconds);
    });
    return one_row(desk, *desk.town.calls().find(id));
}

http::Response post_text(Desk& desk) {
    if (!desk.registered)
        throw Error(Fault::unauthorized, "Only registered systems may log text messages.");
    const auto body = json::parse(desk.request.body);
    Text text{.person = person_in(desk, body), .created = desk.now, .updated = desk.now};
    const auto message = json::text(body, "message");
    if (!message) throw Error(Fault::invalid, "message is required.");
    text.message = *message;
    text.user = desk.viewer.user().id;
    text.incoming = json::truth(body, "isIncoming").value_or(false);
    text.from = json::text(body, "fromNumber").value_or("");
    text.to = json::text(body, "toNumber").value_or("");
    const auto id = desk.town.add_text(std::move(text));
    return one_row(desk, *desk.town.texts().find(id), 201);
}

http::Response post_note(Desk& desk) {
    const auto body = json::parse(desk.request.body);
    Note note{.person = person_in(desk, body), .created = desk.now, .updated = desk.now};
    note.user = desk.viewer.user().id;
    note.subject = json::text(body, "subject").value_or("");
    note.body = json::text(body, "body").value_or("");
    note.html = json::truth(body, "isHtml").value_or(false);
    const auto id = desk.town.add_note(std::move(note));
    return one_row(desk, *desk.town.notes().find(id), 201);
}

}  // namespace

http::Response events(Desk& desk) {
    if (desk.request.method == "POST") return post_event(desk);
    if (!desk.rest.empty()) return one(desk, desk.town.events());
    Question<Event> question{.collection = "events"};
    window_of(desk);  // a bad offset is refused before any work
    question.among = among(desk, desk.town.events(), &Town::events_of);
    visible_only(desk, question);
    if (const CommonFilters common(desk.query); common.any())
        also(question,
             [common](const Event& row) { return common.take(row.id, row.created, row.created); });
    if (const auto types = desk.query.list("type"); !types.empty())
        also(question, [types, &town = desk.town](const Event& row) {
            return std::ranges::count(types, town.event_types()[row.type]) != 0;
        });
    if (const auto has_home = desk.query.get("hasProperty"))
        also(question, [yes = desk.query.truth("hasProperty")](const Event& row) {
            return (row.home >= 0) == yes;
        });
    if (const auto address = desk.query.get("propertyAddress"))
        also(question, [address, &homes = desk.town.homes()](const Event& row) {
            return row.home >= 0 && has(homes[static_cast<std::size_t>(row.home)].street, *address);
        });
    sort_children(desk.query, question);
    return list(desk, desk.town.events(), question);
}

http::Response calls(Desk& desk) {
    if (desk.request.method == "POST") return post_call(desk);
    if (desk.request.method == "PUT" && !desk.rest.empty()) return put_call(desk);
    if (!desk.rest.empty()) return one(desk, desk.town.calls());
    Question<Call> question{.collection = "calls"};
    window_of(desk);
    question.among = among(desk, desk.town.calls(), &Town::calls_of);
    if (!desk.viewer.sees_all())
        also(question, [&](const Call& row) {
            return desk.viewer.sees_of(row.person) || row.user == desk.viewer.user().id;
        });
    if (const CommonFilters common(desk.query); common.any())
        also(question,
             [common](const Call& row) { return common.take(row.id, row.created, row.updated); });
    by_numbers(desk, question);
    sort_children(desk.query, question);
    return list(desk, desk.town.calls(), question);
}

http::Response text_messages(Desk& desk) {
    if (desk.request.method == "POST") return post_text(desk);
    if (!desk.rest.empty()) return one(desk, desk.town.texts());
    Question<Text> question{.collection = "textmessages"};
    window_of(desk);
    bool scoped = !desk.query.ids().empty();
    for (const auto name : {"personId", "threadId", "phone", "toNumber", "fromNumber",
                            "sharedInboxId", "groupTextId", "participants"})
        scoped = scoped || desk.query.get(name).has_value();
    if (!scoped)
        throw Error(Fault::invalid,
                    "personId, threadId, phone, toNumber, fromNumber, sharedInboxId, groupTextId, "
                    "participants, or id list must be specified for GET /v1/textMessages.");
    question.among = among(desk, desk.town.texts(), &Town::texts_of);
    visible_only(desk, question);
    by_numbers(desk, question);
    // The town has no threads, shared inboxes or group texts: asked for one, it finds nothing.
    for (const auto name : {"threadId", "sharedInboxId", "groupTextId", "participants"})
        if (desk.query.get(name)) also(question, [](const Text&) { return false; });
    sort_children(desk.query, question);
    return list(desk, desk.town.texts(), question);
}

http::Response emails(Desk& desk) {
    if (!desk.options.emails || desk.request.method != "GET")
        throw Error(Fault::unauthorized, "You do not have access to this API endpoint");
    Question<Email> question{.collection = "emails"};
    window_of(desk);
    if (desk.query.ids().empty() && !desk.query.get("personId") && !desk.query.get("inboxThreadId"))
        throw Error(Fault::invalid,
                    "id list, inboxThreadId, personId or personId and threadId arguments must be "
                    "specified for GET /v1/emails.");
    question.among = among(desk, desk.town.emails(), &Town::emails_of);
    if (!desk.viewer.sees_all())
        also(question, [&](const Email& row) {
            return std::ranges::any_of(row.people, [&](const auto& related) {
                return desk.viewer.sees_of(related.person);
            });
        });
    for (const auto name : {"threadId", "inboxThreadId"})
        if (const auto thread = desk.query.integer(name))
            also(question, [thread](const Email& row) { return row.thread == *thread; });
    sort_children(desk.query, question);
    return list(desk, desk.town.emails(), question);
}

http::Response notes(Desk& desk) {
    if (desk.request.method == "POST") return post_note(desk);
    if (!desk.rest.empty()) return one(desk, desk.town.notes());
    Question<Note> question{.collection = "notes"};
    window_of(desk);
    question.among = among(desk, desk.town.notes(), &Town::notes_of);
    visible_only(desk, question);
    if (const auto author = desk.query.integer("createdById"))
        also(question, [author](const Note& row) { return row.user == *author; });
    if (const auto after = desk.query.instant("createdAfter"))
        also(question, [after](const Note& row) { return row.created >= *after; });
    sort_children(desk.query, question);
    return list(desk, desk.town.notes(), question);
}

}  // namespace dreams::sim
