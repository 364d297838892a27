#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "sim/fub/people.h"
#include "sim/town/people.h"

// What GET /people filters and sorts by (fub-api §5.1).

namespace dreams::sim {
namespace {

using Test = std::function<bool(const Contact&)>;

bool has(const std::optional<std::string>& text, const std::string& part) {
    return text && text::folded(*text).find(text::folded(part)) != std::string::npos;
}

bool any_value(const std::vector<Reach>& reaches, auto test) {
    return std::ranges::any_of(reaches, [&](const Reach& each) { return test(each.value); });
}

/// `custom*`: a text that is equal, or a range of dates `from,to` with either end left out.
bool custom_fits(const Contact& contact, const std::string& name, const std::string& wanted) {
    const auto found = contact.custom.find(name);
    if (found == contact.custom.end()) return false;
    const auto comma = wanted.find(',');
    if (comma == std::string::npos) return found->second == wanted;
    const auto from = wanted.substr(0, comma), to = wanted.substr(comma + 1);
    return found->second >= from && (to.empty() || found->second <= to);
}

class Tests {
public:
    explicit Tests(Desk& desk) : desk_(desk), town_(desk.town) {}

    void add_names();
    void add_reach();
    void add_assignment();
    void add_numbers();
    void add_lists();

    Test all() && {
        if (tests_.empty()) return {};
        return [tests = std::move(tests_)](const Contact& contact) {
            return std::ranges::all_of(tests, [&](const Test& test) { return test(contact); });
        };
    }

private:
    /// With the value of parameter `name`, if it was given.
    template <class Make>
    void with(std::string_view name, Make test) {
        if (auto value = desk_.query.get(name))
            tests_.push_back(
                [value = *value, test](const Contact& contact) { return test(contact, value); });
    }
    template <class Make>
    void with_number(std::string_view name, Make test) {
        if (const auto value = desk_.query.integer(name))
            tests_.push_back(
                [value = *value, test](const Contact& contact) { return test(contact, value); });
    }

    Desk& desk_;
    const Town& town_;
    std::vector<Test> tests_;
};

void Tests::add_names() {
    with("name", [](const Contact& c, const auto& part) { return has(c.name, part); });
    with("firstName", [](const Contact& c, const auto& part) { return has(c.first, part); });
    with("lastName", [](const Contact& c, const auto& part) { return has(c.last, part); });
    with("q", [](const Contact& c, const auto& part) {
        return has(c.name, part) ||
               any_value(c.emails, [&](const auto& value) { return has(value, part); });
    });
}

void Tests::add_reach() {
    with("email", [](const Contact& c, const std::string& wanted) {
        return any_value(c.emails,
                         [&](const auto& value) { return text::same_word(value, wanted); });
    });
    with("phone", [](const Contact& c, const std::string& wanted) {
        return any_value(c.phones, [&](const auto& value) {
            return phone_digits(value) == phone_digits(wanted);
        });
    });
}

void Tests::add_assignment() {
    with("stage", [&town = town_](const Contact& c, const std::string& name) {
        return text::same_word(town.stage_name(c.stage), name);
    });
    with("source", [&town = town_](const Contact& c, const std::string& name) {
        return text::same_word(town.source_name(c.source), name);
    });
    const auto named = [&town = town_](std::optional<std::int64_t> id, const std::string& name) {
        const User* user = id ? town.user(*id) : nullptr;
        return user && text::same_word(user->name(), name);
    };
    with("assignedTo", [=](const Contact& c, const auto& name) { return named(c.user, name); });
    with("assignedLenderName",
         [=](const Contact& c, const auto& name) { return named(c.lender, name); });
    with_number("assignedUserId", [](const Contact& c, auto id) { return c.user == id; });
    with_number("assignedPondId", [](const Contact& c, auto id) { return c.pond == id; });
    with_number("assignedLenderId", [](const Contact& c, auto id) { return c.lender == id; });
}

void Tests::add_numbers() {
    with("contacted", [](const Contact& c, const std::string& wanted) {
        return c.contacted == (wanted == "true" || wanted == "1");
    });
    with_number("priceAbove", [](const Contact& c, auto price) { return c.price > price; });
    with_number("priceBelow",
                [](const Contact& c, auto price) { return c.price && *c.price < price; });
    if (const auto after = desk_.query.instant("lastActivityAfter"))
        tests_.push_back([after, &town = town_](const Contact& c) {
            return town.tally(c.id).activity >= *after;
        });
    if (const auto before = desk_.query.instant("lastActivityBefore"))
        tests_.push_back([before, &town = town_](const Contact& c) {
            return town.tally(c.id).activity <= *before;
        });
    const CommonFilters common(desk_.query);
    const bool blind = !desk_.options.updated_after_on_people && common.updated_after;
    if (common.any())
        tests_.push_back([common, blind](const Contact& c) {
            return !blind && common.take(c.id, c.created, c.updated);
        });
}

void Tests::add_lists() {
    if (const auto tags = desk_.query.list("tags"); !tags.empty())
        tests_.push_back([tags](const Contact& c) {
            return std::ranges::any_of(
                tags, [&](const auto& tag) { return std::ranges::count(c.tags, tag) != 0; });
        });
    for (const auto& [name, value] : desk_.query.custom())
        tests_.push_back(
            [name = name, value = value](const Contact& c) { return custom_fits(c, name, value); });
    if (const auto wanted = desk_.query.integer("smartListId")) {
        const auto& lists = smart_lists();
        const auto found = std::ranges::find(lists, *wanted, &SmartList::id);
        if (found == lists.end()) throw Error(Fault::invalid, "There is no such smart list.");
        tests_.push_back([holds = found->holds, &town = town_, now = desk_.now](const Contact& c) {
            return holds(town, c, now);
        });
    }
    if (!desk_.query.truth("includeTrash"))
        tests_.push_back([](const Contact& c) { return c.stage != stage_id::trash; });
    if (!desk_.query.truth("includeUnclaimed"))
        tests_.push_back([](const Contact& c) { return c.claimed; });
    if (!desk_.viewer.sees_all())
        tests_.push_back([&viewer = desk_.viewer](const Contact& c) { return viewer.sees(c); });
}

using TallyKey = std::int64_t (*)(const Tally&);

std::int64_t at(Instant instant) {
    return instant.time_since_epoch().count();
}

const std::map<std::string_view, TallyKey>& tally_keys() {
    using T = const Tally&;
    static const std::map<std::string_view, TallyKey> keys{
        {"lastActivity", [](T t) { return at(t.activity); }},
        {"lastCommunication", [](T t) { return at(t.communication); }},
        {"lastReceivedEmail", [](T t) { return at(t.email_in.at); }},
        {"lastSentEmail", [](T t) { return at(t.email_out.at); }},
        {"lastEmail", [](T t) { return at(t.email.at); }},
        {"emailsReceived", [](T t) { return t.emails_in; }},
        {"emailsSent", [](T t) { return t.emails_out; }},
        {"lastIncomingCall", [](T t) { return at(t.call_in.at); }},
        {"lastOutgoingCall", [](T t) { return at(t.call_out.at); }},
        {"lastCall", [](T t) { return at(t.call.at); }},
        {"firstCall", [](T t) { return at(t.first_call.at); }},
        {"callsIncoming", [](T t) { return t.calls_in; }},
        {"callsOutgoing", [](T t) { return t.calls_out; }},
        {"callsDuration", [](T t) { return t.call_seconds; }},
        {"lastReceivedText", [](T t) { return at(t.text_in.at); }},
        {"lastSentText", [](T t) { return at(t.text_out.at); }},
        {"lastText", [](T t) { return at(t.text.at); }},
        {"lastLeadActivity", [](T t) { return at(t.event.at); }},
        {"lastIdxVisit", [](T t) { return at(t.last_visit); }},
        {"textsReceived", [](T t) { return t.texts_in; }},
        {"textsSent", [](T t) { return t.texts_out; }},
        {"propertiesViewed", [](T t) { return t.viewed; }},
        {"propertiesSaved", [](T t) { return t.saved; }},
        {"pagesViewed", [](T t) { return t.pages; }},
    };
    return keys;
}

}  // namespace

std::function<SortKey(const Contact&)> order_of_people(const Town& town, const std::string& field) {
    if (const auto key = tally_keys().find(field); key != tally_keys().end())
        return [&town, of = key->second](const Contact& c) {
            return SortKey{of(town.tally(c.id)), ""};
        };
    if (field == "created") return [](const Contact& c) { return SortKey{at(c.created), ""}; };
    if (field == "updated") return [](const Contact& c) { return SortKey{at(c.updated), ""}; };
    if (field == "price") return [](const Contact& c) { return SortKey{c.price.value_or(0), ""}; };
    if (field == "stage") return [](const Contact& c) { return SortKey{c.stage, ""}; };
    if (field == "name") return [](const Contact& c) { return SortKey{0, c.name.value_or("")}; };
    if (field == "firstName")
        return [](const Contact& c) { return SortKey{0, c.first.value_or("")}; };
    if (field == "lastName")
        return [](const Contact& c) { return SortKey{0, c.last.value_or("")}; };
    if (field.starts_with("custom"))
        return [field](const Contact& c) {
            const auto found = c.custom.find(field);
            return SortKey{0, found == c.custom.end() ? "" : found->second};
        };
    return {};
}

Question<Contact> question_of_people(Desk& desk) {
    Question<Contact> question{.collection = "people"};
    Tests tests(desk);
    tests.add_names();
    tests.add_reach();
    tests.add_assignment();
    tests.add_numbers();
    tests.add_lists();
    question.wanted = std::move(tests).all();
    if (const auto ids = desk.query.ids(); !ids.empty())
        question.among = indexes_of(desk.town.people(), ids);
    auto sort = desk.query.get("sort").value_or("-id");
    const bool descending = sort.starts_with('-');
    if (descending) sort.erase(0, 1);
    question.order = order_of_people(desk.town, sort);
    if (question.order || sort == "id") question.descending = descending;
    // A smart list has an order of its own, by place: its cursors are offsets.
    if (desk.query.get("smartListId") && !question.order)
        question.order = [](const Contact& c) { return SortKey{c.id, ""}; };
    return question;
}

}  // namespace dreams::sim
