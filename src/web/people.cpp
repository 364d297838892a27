#include "web/people.h"

#include <array>

#include "base/json_writer.h"
#include "base/text.h"
#include "store/people.h"
#include "templates/option.h"
#include "templates/people.h"
#include "templates/people_empty.h"
#include "templates/people_row.h"
#include "web/listing.h"
#include "web/phone.h"
#include "web/response.h"
#include "web/trend.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;
using store::PeopleOrder;
using store::SortDirection;

/// Names begin with A, figures with the highest.
SortDirection usual_direction(PeopleOrder order) {
    return order == PeopleOrder::name || order == PeopleOrder::stage ? SortDirection::ascending
                                                                     : SortDirection::descending;
}

store::PeopleFilter filter_of(const Request& request) {
    store::PeopleFilter filter;
    filter.search = request.text("search");
    if (const auto stage = request.text("stage"); !stage.empty()) filter.stage = stage;
    filter.min_heat = request.number("min_heat", {.fallback = 0, .least = 0, .most = 100});
    filter.deleted_too = request.flag("deleted");
    filter.order = request.word_of("sort", PeopleOrder::priority);
    filter.direction = request.word_of("direction", usual_direction(filter.order));
    filter.page = request.number("page", {.fallback = 1, .least = 1, .most = 1'000'000});
    filter.page_size = request.number("page_size", {.fallback = 50, .least = 1, .most = 200});
    return filter;
}

/// The address of the same people in another order, or on another page.
std::string people_address(const store::PeopleFilter& filter) {
    const bool usual = filter.direction == usual_direction(filter.order);
    return address(
        "/people",
        {{"search", filter.search},
         {"stage", filter.stage.value_or("")},
         {"min_heat", filter.min_heat ? std::to_string(filter.min_heat) : ""},
         {"deleted", filter.deleted_too ? "1" : ""},
         {"sort", filter.order == PeopleOrder::priority ? "" : std::string(word(filter.order))},
         {"direction", usual ? "" : std::string(word(filter.direction))},
         {"page", filter.page > 1 ? std::to_string(filter.page) : ""},
         {"page_size", filter.page_size != 50 ? std::to_string(filter.page_size) : ""}});
}

/// A head that sorts the same people by `order`, or turns the order round.
void append_sorting_head(html::Safe& heads, std::string_view label, PeopleOrder order,
                         store::PeopleFilter filter) {
    const bool here = filter.order == order;
    const auto sorted = here ? std::optional(filter.direction) : std::nullopt;
    const bool number = order != PeopleOrder::name && order != PeopleOrder::stage &&
                        order != PeopleOrder::last_activity;
    filter.page = 1;
    filter.order = order;
    filter.direction = here ? store::other_way(filter.direction) : usual_direction(order);
    append_head(heads, {label, people_address(filter), sorted, number});
}

html::Safe heads_of(const store::PeopleFilter& filter) {
    html::Safe heads;
    append_sorting_head(heads, "Name", PeopleOrder::name, filter);
    append_sorting_head(heads, "Stage", PeopleOrder::stage, filter);
    append_sorting_head(heads, "Priority", PeopleOrder::priority, filter);
    append_sorting_head(heads, "Heat", PeopleOrder::heat, filter);
    append_sorting_head(heads, "Value", PeopleOrder::value, filter);
    append_sorting_head(heads, "Relationship", PeopleOrder::relationship, filter);
    append_head(heads, {.label = "Trend"});
    append_head(heads, {.label = "Signs", .number = true});
    append_sorting_head(heads, "Last active", PeopleOrder::last_activity, filter);
    append_head(heads, {.label = "Phone"});
    return heads;
}

html::Safe rows_of(const std::vector<store::PersonLine>& lines, Instant now) {
    html::Safe rows;
    for (const auto& line : lines) {
        const auto phone = phone_of(line.phone, line.no_call);
        html::append<templates::people_row>(
            rows, arg<"id">(line.lead), arg<"name">(line.name), arg<"email">(line.email),
            arg<"stage">(line.stage), arg<"phone">(phone.text), arg<"tel">(phone.tel),
            arg<"no_call">(phone.no_call), arg<"priority">(line.priority), arg<"heat">(line.heat),
            arg<"value">(line.value), arg<"relationship">(line.relationship),
            arg<"signals">(line.intent_signals), arg<"trend">(trend_mark(line.trend)),
            arg<"last_activity">(ago(line.last_activity_at, now)),
            arg<"last_activity_at">(line.last_activity_at),
            arg<"deleted">(line.deleted_at.has_value()));
    }
    return rows;
}

html::Safe stage_options(const store::PeopleFilter& filter,
                         const std::vector<store::StageCount>& stages) {
    html::Safe options;
    html::append<templates::option>(options, arg<"value">(""), arg<"label">("All stages"),
                                    arg<"chosen">(!filter.stage));
    bool listed = !filter.stage;
    for (const auto& stage : stages) {
        if (stage.stage.empty()) continue;
        const bool chosen = filter.stage == stage.stage;
        listed = listed || chosen;
        html::append<templates::option>(
            options, arg<"value">(stage.stage),
            arg<"label">(stage.stage + " (" + text::grouped(stage.people) + ")"),
            arg<"chosen">(chosen));
    }
    if (!listed)  // so that the form says what it filters by, though nobody is left there
        html::append<templates::option>(options, arg<"value">(*filter.stage),
                                        arg<"label">(*filter.stage + " (0)"), arg<"chosen">(true));
    return options;
}

html::Safe paging_of(store::PeopleFilter filter, const store::People& people) {
    return paging(
        {filter.page, filter.page_size, std::ssize(people.lines), people.total, people.pages},
        [&](std::int64_t page) {
            filter.page = page;
            return people_address(filter);
        });
}

http::Response as_page(Request& request, const store::PeopleFilter& filter,
                       const store::People& people) {
    const bool filtered =
        !filter.search.empty() || filter.stage || filter.min_heat > 0 || filter.deleted_too;
    const auto empty = people.lines.empty()
                           ? html::render<templates::people_empty>(arg<"filtered">(filtered))
                           : html::Safe();
    const auto min_heat = filter.min_heat > 0 ? std::optional(filter.min_heat) : std::nullopt;
    const auto content = html::render<templates::people>(
        arg<"total">(counted(people.total, "person", "people")), arg<"search">(filter.search),
        arg<"min_heat">(min_heat), arg<"deleted">(filter.deleted_too), arg<"sort">(filter.order),
        arg<"direction">(filter.direction), arg<"filtered">(filtered),
        arg<"stages">(stage_options(filter, people.stages)), arg<"heads">(heads_of(filter)),
        arg<"rows">(rows_of(people.lines, request.now())), arg<"paging">(paging_of(filter, people)),
        arg<"empty">(empty));
    return page(request, Tab::people, "People", content);
}

http::Response as_json(const store::PeopleFilter& filter, const store::People& people) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true);
    writer.member("count", people.lines.size()).member("total", people.total);
    writer.member("page", filter.page).member("pages", people.pages);
    writer.member("people", people.lines).member("stages", people.stages).end_object();
    return json(std::move(body));
}

}  // namespace

http::Response get_people(Request& request) {
    const auto filter = filter_of(request);
    const auto people = store::people(request.db(), filter, request.roster());
    return request.wants_json() ? as_json(filter, people) : as_page(request, filter, people);
}

}  // namespace dreams::web
