#include <algorithm>
#include <functional>
#include <map>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "sim/fub/paging.h"
#include "sim/fub/people.h"
#include "sim/fub/static_rows.h"
#include "sim/town/people.h"

// Lists of a page or two: users, stages, custom fields and the like (fub-api §12, §13).

namespace dreams::sim {
namespace {

std::string_view role_word(Role role) {
    return role == Role::agent ? "Agent" : role == Role::broker ? "Broker" : "Lender";
}

void write_user(json::Writer& json, const User& user, bool calling) {
    json.begin_object().member("id", user.id).member("created", user.created);
    json.member("updated", user.created).member("name", user.name());
    json.member("firstName", user.first).member("lastName", user.last);
    json.member("email", user.email);
    json.key("phone");
    user.phone.empty() ? json.null() : json.string(user.phone);
    json.member("role", role_word(user.role)).member("status", user.deleted ? "Deleted" : "Active");
    json.member("timezone", "America/New_York").member("beta", false).key("picture").raw("{}");
    json.member("pauseLeadDistribution", false).key("lastSeenIos").null();
    json.key("lastSeenAndroid").null().key("lastSeenFub2").null();
    json.member("canExport", user.owner).member("canCreateApiKeys", user.owner);
    json.member("acceptedShowingtimeConsent", false).member("acceptedShowingtimeConsentV2", false);
    json.member("fuid", "fau_" + std::to_string(10'000'000'000 + user.id));
    json.member("isOwner", user.owner).key("groups").raw(R"([{"id":1,"name":"Everyone"}])");
    json.key("teamIds").raw(user.role == Role::agent ? "[3]" : "[]").key("teamLeaderOf").raw("[]");
    json.member("leadEmailAddress", text::lower(user.first) + "@leads.ridgeline.example");
    json.key("mlsMemberships").raw("[]");
    if (calling)
        json.key("calling").begin_object().member("enabled", !user.phone.empty()).end_object();
    json.end_object();
}

/// A row of a small list: its JSON, and what it can be filtered and sorted by.
using Rows = std::vector<std::string>;

Rows users(const Desk& desk) {
    const auto fields = desk.query.list("fields");
    const bool calling =
        std::ranges::count(fields, "calling") + std::ranges::count(fields, "allFields") > 0;
    const auto role = desk.query.get("role"), name = desk.query.get("name"),
               email = desk.query.get("email");
    Rows rows;
    for (const auto& user : desk.town.users()) {
        if (user.deleted && !desk.query.truth("includeDeleted")) continue;
        if (role && *role != role_word(user.role)) continue;
        if (name && text::lower(user.name()).find(text::lower(*name)) == std::string::npos)
            continue;
        if (email && !text::same_word(*email, user.email)) continue;
        json::Writer json(rows.emplace_back());
        write_user(json, user, calling);
    }
    return rows;
}

Rows stages(const Desk& desk) {
    std::map<std::int64_t, std::int64_t> people;
    for (const auto& contact : desk.town.people().rows())
        if (!contact.gone) ++people[contact.stage];
    Rows rows;
    for (const auto& stage : desk.town.stages()) {
        json::Writer json(rows.emplace_back());
        json.begin_object().member("id", stage.id).member("name", stage.name);
        json.member("orderWeight", 1000 * static_cast<std::int64_t>(rows.size()));
        json.member("isProtected", stage.is_protected).key("pipelineId").null();
        json.member("description", "").key("systems").raw("[]");
        json.member("peopleCount", people[stage.id]).end_object();
    }
    return rows;
}

Rows custom_field_rows(const Desk& desk) {
    const auto label = desk.query.get("label");
    Rows rows;
    for (const auto& field : custom_fields()) {
        if (label && field.label != *label) continue;
        json::Writer json(rows.emplace_back());
        json.begin_object().member("id", field.id).member("name", field.name);
        json.member("label", field.label).member("type", field.type);
        if (field.type == "dropdown") json.key("choices").raw(R"(["FHA","VA","Conventional"])");
        json.member("orderWeight", field.id * 1000 - 4000).member("hideIfEmpty", false);
        json.member("readOnly", false).end_object();
    }
    return rows;
}

Rows smart_list_rows(const Desk& desk) {
    Rows rows;
    for (const auto& list : smart_lists()) {
        json::Writer json(rows.emplace_back());
        json.begin_object()
            .member("id", list.id)
            .member("created", desk.town.users().front().created);
        json.member("name", list.name).member("isFub2", true).member("description", "");
        json.key("defaultSmartListId").null().end_object();
    }
    return rows;
}

Rows pond_rows(const Desk& desk) {
    const auto& owner = desk.town.users().front();
    Rows rows;
    for (const auto& pond : desk.town.ponds()) {
        json::Writer json(rows.emplace_back());
        json.begin_object().member("id", pond.id).member("name", pond.name);
        json.member("userId", owner.id).key("users").begin_array().begin_object();
        json.member("id", owner.id).member("name", owner.name()).end_object().end_array();
        json.member("isDefault", false).end_object();
    }
    return rows;
}

Rows team_rows(const Desk& desk) {
    Rows rows(1);
    json::Writer json(rows.front());
    json.begin_object().member("id", 3).member("name", "North").key("userIds").begin_array();
    for (const auto& user : desk.town.users())
        if (user.role == Role::agent && !user.deleted) json.integer(user.id);
    json.end_array().key("leaderIds").raw("[23]").end_object();
    return rows;
}

Rows tag_rows(const Desk& desk) {
    struct Count {
        std::int64_t people = 0, trashed = 0;
    };
    std::map<std::string, Count> counts;
    for (const auto& contact : desk.town.people().rows())
        for (const auto& tag : contact.tags)
            if (!contact.gone)
                ++(contact.stage == stage_id::trash ? counts[tag].trashed : counts[tag].people);
    Rows rows;
    for (const auto& [tag, count] : counts) {
        json::Writer json(rows.emplace_back());
        json.begin_object().member("id", 9500 + static_cast<std::int64_t>(rows.size()));
        json.member("name", tag).member("peopleCount", count.people);
        json.member("trashedPeopleCount", count.trashed).end_object();
    }
    return rows;
}

Rows deal_rows(const Desk& desk) {
    const auto wanted = desk.query.integer("personId");
    Rows rows;
    for (const auto& contact : desk.town.people().rows()) {
        if (contact.gone || contact.stage != stage_id::closed || !desk.viewer.sees(contact))
            continue;
        if (wanted && *wanted != contact.id) continue;
        json::Writer json(rows.emplace_back());
        json.begin_object().member("id", 2000 + contact.id).member("name", "Purchase");
        json.member("type", 1)
            .member("status", "Active")
            .member("price", contact.price.value_or(0));
        json.member("createdAt", contact.updated).member("orderWeight", 1000);
        json.member("description", "").key("projectedCloseDate").null().member("pipelineId", 1);
        json.member("pipelineName", "Buyers").member("stageId", 12).member("stageName", "Closed");
        json.member("enteredStageAt", contact.updated).key("people").begin_array().begin_object();
        json.member("id", contact.id).member("name", contact.name).key("avatar").null();
        json.end_object().end_array().key("users").raw("[]").end_object();
    }
    return rows;
}

/// `tags` take 2000 at once (fub-api §3); everything else a hundred.
Window window_of_small(const Desk& desk) {
    Window window = window_of(desk);
    if (desk.endpoint == "tags")
        window.limit = std::clamp<std::int64_t>(desk.query.integer("limit").value_or(10), 1, 2000);
    return window;
}

/// Small lists have an order of their own: their cursors are offsets.
http::Response page_of(Desk& desk, std::string_view key, const Rows& rows) {
    const Window window = window_of_small(desk);
    const auto count = std::ssize(rows);
    const auto first = std::min(window.offset, static_cast<std::int64_t>(count));
    const auto last = std::min(first + window.limit, static_cast<std::int64_t>(count));
    std::string body;
    json::Writer json(body);
    const bool on = goes_on(desk, window, last - first, last < count);
    begin_list(json, desk, key, window, count, on ? Cursor{.offset = last}.text() : "");
    for (auto i = first; i < last; ++i) json.raw(rows[static_cast<std::size_t>(i)]);
    end_list(json);
    return json_answer(std::move(body));
}

/// `/users/25`: the row of that id.
http::Response row_of(const Desk& desk, const Rows& rows) {
    const auto start = "{\"id\":" + desk.rest.front() + ",";
    for (const auto& row : rows)
        if (row.starts_with(start)) return json_answer(row);
    throw Error(Fault::not_found, "The requested resource could not be found.");
}

struct SmallList {
    std::string_view key;  ///< of the array, where it differs from the path (fub-api §3)
    std::function<Rows(const Desk&)> rows;
};

const std::map<std::string_view, SmallList>& small_lists() {
    static const std::map<std::string_view, SmallList> lists{
        {"users", {"users", users}},
        {"stages", {"stages", stages}},
        {"customFields", {"customfields", custom_field_rows}},
        {"smartLists", {"smartlists", smart_list_rows}},
        {"ponds", {"ponds", pond_rows}},
        {"teams", {"teams", team_rows}},
        {"tags", {"tags", tag_rows}},
        {"deals", {"deals", deal_rows}},
    };
    return lists;
}

}  // namespace

std::optional<http::Response> small_list(Desk& desk) {
    const auto found = small_lists().find(desk.endpoint);
    if (found != small_lists().end()) {
        if (!desk.rest.empty()) {
            const auto rows = found->second.rows(desk);
            return row_of(desk, rows);
        }
        window_of(desk);
        return page_of(desk, found->second.key, found->second.rows(desk));
    }
    const auto* fixed = static_rows(desk.endpoint);
    if (!fixed) return std::nullopt;
    if (!desk.rest.empty()) return row_of(desk, fixed->rows);
    return page_of(desk, fixed->key, fixed->rows);
}

}  // namespace dreams::sim
