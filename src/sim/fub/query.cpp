#include "sim/fub/query.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "base/text.h"

namespace dreams::sim {
namespace {

using Names = std::vector<std::string_view>;

/// fub-api §4: documented for most lists.
const Names common{"sort",         "limit",         "offset",       "next",
                   "id",           "ids",           "idLessThan",   "idGreaterThan",
                   "createdAfter", "createdBefore", "updatedAfter", "updatedBefore",
                   "fields"};

Names with_common(Names names) {
    names.insert(names.end(), common.begin(), common.end());
    return names;
}

Names paged(Names names) {
    names.insert(names.end(), {"limit", "offset", "next", "sort"});
    return names;
}

using Table = std::map<std::string_view, Names>;

/// What the lists of people and of what they did know (fub-api §5–§10). `custom*` on people
/// stands beside.
Table of_people() {
    return {
        {"people", with_common({"name",
                                "firstName",
                                "lastName",
                                "email",
                                "phone",
                                "stage",
                                "source",
                                "assignedTo",
                                "assignedUserId",
                                "assignedPondId",
                                "assignedLenderName",
                                "assignedLenderId",
                                "contacted",
                                "priceAbove",
                                "priceBelow",
                                "lastActivityAfter",
                                "lastActivityBefore",
                                "smartListId",
                                "tags",
                                "includeTrash",
                                "includeUnclaimed",
                                "includePonds",
                                "q",
                                "idsOnly",
                                "mergeTags",
                                "deduplicate"})},
        {"events", with_common({"personId", "type", "hasProperty", "propertyAddress"})},
        {"calls", with_common({"personId", "phone", "toNumber", "fromNumber"})},
        {"textMessages",
         paged({"personId", "threadId", "phone", "toNumber", "fromNumber", "sharedInboxId",
                "groupTextId", "participants", "id", "ids", "fields"})},
        {"emails", paged({"personId", "inboxThreadId", "threadId", "id", "ids", "fields"})},
        {"notes", paged({"personId", "createdById", "createdAfter"})},
    };
}

/// What the others know (fub-api §11–§14).
Table of_others() {
    return {
        {"users", paged({"role", "name", "email", "fields", "includeDeleted"})},
        {"smartLists", paged({"fub2", "all"})},
        {"customFields", paged({"label"})},
        {"dealCustomFields", paged({"label"})},
        {"deals", paged({"pipelineId", "userId", "personId", "includeDeleted", "includeArchived",
                         "status"})},
        {"groups", paged({"type"})},
        {"webhooks", paged({"event", "status"})},
        {"*", paged({})},
    };
}

const Table& allowed() {
    static const Table table = [] {
        Table all = of_people();
        all.merge(of_others());
        return all;
    }();
    return table;
}

constexpr std::array<std::string_view, 9> not_filters{"limit",     "offset",      "next",
                                                      "sort",      "fields",      "idsOnly",
                                                      "mergeTags", "deduplicate", "includePonds"};

}  // namespace

Query::Query(const http::Request& request, std::string_view endpoint) {
    const auto found = allowed().find(endpoint);
    const Names& names = found == allowed().end() ? allowed().at("*") : found->second;
    for (const auto& [name, value] : request.query) {
        const bool custom_field = endpoint == "people" && name.starts_with("custom");
        if (custom_field || std::ranges::count(names, name) != 0) known_.emplace_back(name, value);
    }
}

std::optional<std::string> Query::get(std::string_view name) const {
    for (const auto& [key, value] : known_)
        if (key == name && !value.empty()) return value;
    return std::nullopt;
}

std::optional<std::int64_t> Query::integer(std::string_view name) const {
    const auto value = get(name);
    return value ? text::integer(*value) : std::nullopt;
}

std::optional<Instant> Query::instant(std::string_view name) const {
    auto value = get(name);
    if (!value) return std::nullopt;
    // `2016-11-23 01:02:03` is documented, and a bare day is understood: both mean UTC.
    if (value->size() == 10) *value += "T00:00:00";
    if (value->size() == 19) *value += "Z";
    return instant_from(*value);
}

bool Query::truth(std::string_view name) const {
    const auto value = get(name);
    return value == "true" || value == "1";
}

std::vector<std::string> Query::list(std::string_view name) const {
    const auto value = get(name);
    return value ? text::split(*value, ',') : std::vector<std::string>{};
}

std::vector<std::int64_t> Query::ids() const {
    std::vector<std::int64_t> ids;
    for (const auto name : {"id", "ids"})
        for (const auto& word : list(name))
            if (const auto id = text::integer(word)) ids.push_back(*id);
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::string Query::filters() const {
    std::string result;
    for (const auto& [name, value] : known_)
        if (std::ranges::count(not_filters, name) == 0 && !value.empty())
            result += name + '=' + value + '\n';
    return result;
}

std::vector<std::pair<std::string, std::string>> Query::custom() const {
    std::vector<std::pair<std::string, std::string>> result;
    for (const auto& pair : known_)
        if (pair.first.starts_with("custom") && !pair.second.empty()) result.push_back(pair);
    return result;
}

Fields::Fields(const Query& query) {
    for (auto& name : query.list("fields")) {
        if (name == "allFields") all_ = true;
        if (name == "allCustom") custom_ = true;
        named_.insert(std::move(name));
    }
}

bool Fields::usual(std::string_view key) const {
    if (all_ || named_.empty() || key == "id" || named_.contains(key)) return true;
    return named_.size() == 1 && custom_;  // allCustom alone adds to the default row
}

bool Fields::further(std::string_view key) const {
    return all_ || named_.contains(key);
}

bool Fields::custom(std::string_view key) const {
    return all_ || custom_ || named_.contains(key);
}

}  // namespace dreams::sim
