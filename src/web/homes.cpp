#include "web/homes.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "model/days_on_market.h"
#include "templates/homes.h"
#include "templates/homes_card.h"
#include "templates/homes_empty.h"
#include "templates/homes_photos.h"
#include "templates/homes_row.h"
#include "templates/homes_table.h"
#include "templates/option.h"
#include "web/homes_view.h"
#include "web/listing.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;
using store::HomeOrder;

void append_sorting_head(html::Safe& heads, std::string_view label, HomeOrder order,
                         HomesAsked asked, bool number = false) {
    auto& filter = asked.filter;
    const bool here = filter.order == order;
    const auto sorted = here ? std::optional(filter.direction) : std::nullopt;
    filter.page = 1;
    filter.order = order;
    filter.direction = here ? store::other_way(filter.direction)
                       : order == HomeOrder::city || order == HomeOrder::status
                           ? store::SortDirection::ascending
                           : store::SortDirection::descending;
    append_head(heads, {label, address_of(asked), sorted, number});
}

/// A row that came out of an old file is new, and what it says is not.
std::optional<std::string> updated_text(const store::HomeLine& home, Instant now) {
    constexpr std::chrono::days old{31};
    if (home.updated_at && home.told_at && *home.updated_at - *home.told_at > old)
        return "as of " + ago(*home.told_at, now);
    return ago(home.updated_at, now);
}

html::Safe table_of(const store::Homes& homes, const HomesAsked& asked, Instant now) {
    html::Safe heads, rows;
    append_sorting_head(heads, "Home", HomeOrder::city, asked);
    append_sorting_head(heads, "Status", HomeOrder::status, asked);
    append_sorting_head(heads, "Price", HomeOrder::price, asked, true);
    append_sorting_head(heads, "Size", HomeOrder::beds, asked);
    append_head(heads, {.label = "MLS"});
    append_head(heads, {.label = "Client"});
    append_head(heads, {.label = "Looked at by", .number = true});
    append_sorting_head(heads, "Updated", HomeOrder::updated, asked);
    for (const auto& home : homes.lines) {
        const auto said = texts_of(home);
        html::append<templates::homes_row>(
            rows, arg<"id">(home.id), arg<"name">(said.name), arg<"place">(said.place),
            arg<"status">(home.status), arg<"status_kind">(status_kind(home.status)),
            arg<"price">(said.price), arg<"drop">(said.drop), arg<"size">(said.size),
            arg<"mls">(home.mls_number), arg<"client">(home.added_for),
            arg<"lookers">(said.lookers), arg<"updated">(updated_text(home, now)),
            arg<"updated_at">(home.updated_at));
    }
    return html::render<templates::homes_table>(arg<"heads">(heads), arg<"rows">(rows));
}

html::Safe photos_of(const store::Homes& homes) {
    html::Safe cards;
    for (const auto& home : homes.lines) {
        const auto said = texts_of(home);
        html::append<templates::homes_card>(
            cards, arg<"id">(home.id), arg<"name">(said.name), arg<"photo">(said.photo),
            arg<"place">(said.place), arg<"status">(home.status),
            arg<"status_kind">(status_kind(home.status)), arg<"price">(said.price),
            arg<"size">(said.size), arg<"mls">(home.mls_number), arg<"lookers">(said.lookers));
    }
    return html::render<templates::homes_photos>(arg<"cards">(cards));
}

html::Safe options(std::string_view any, const std::vector<store::HomeChoice>& list,
                   const std::string& chosen) {
    html::Safe options;
    if (list.empty() && chosen.empty()) return options;
    html::append<templates::option>(options, arg<"value">(""), arg<"label">(any),
                                    arg<"chosen">(chosen.empty()));
    bool listed = chosen.empty();
    for (const auto& [word, homes] : list) {
        const bool here = !chosen.empty() && text::folded(word) == text::folded(chosen);
        listed = listed || here;
        html::append<templates::option>(options, arg<"value">(word),
                                        arg<"label">(word + " (" + text::grouped(homes) + ")"),
                                        arg<"chosen">(here));
    }
    if (!listed)  // so that the form says what it filters by, though no home has it
        html::append<templates::option>(options, arg<"value">(chosen),
                                        arg<"label">(chosen + " (0)"), arg<"chosen">(true));
    return options;
}

std::string viewed_as(HomesAsked asked, HomesView view) {
    asked.filter.page = 1;
    asked.view = view;
    return address_of(asked);
}

/// What is on the page below the form.
struct Body {
    std::int64_t total = 0;
    html::Safe content, empty, paging;
    std::string numbers;  ///< the MLS numbers of the page
    std::int64_t number_count = 0;
};

bool is_filtered(const store::HomeFilter& f) {
    return !(f.search + f.status + f.city + f.county + f.client).empty() || f.min_price ||
           f.max_price || f.min_beds > 0 || f.area;
}

http::Response framed(Request& request, const HomesAsked& asked, const Body& body) {
    const auto& filter = asked.filter;
    const auto& catalog = request.catalog();
    auto whole = asked;
    whole.filter.area.reset();
    const auto beds = filter.min_beds ? std::optional(filter.min_beds) : std::nullopt;
    const auto content = html::render<templates::homes>(
        arg<"total">(counted(body.total, "home", "homes")), arg<"search">(filter.search),
        arg<"min_price">(asked.min_typed), arg<"max_price">(asked.max_typed),
        arg<"min_wrong">(asked.min_wrong), arg<"max_wrong">(asked.max_wrong), arg<"min_beds">(beds),
        arg<"area">(request.text("area")), arg<"whole">(viewed_as(whole, whole.view)),
        arg<"view">(asked.view), arg<"sort">(filter.order), arg<"direction">(filter.direction),
        arg<"filtered">(is_filtered(filter)),
        arg<"statuses">(options("Any status", catalog.statuses().list(), filter.status)),
        arg<"cities">(options("Any city", catalog.cities().list(), filter.city)),
        arg<"counties">(options("Any county", catalog.counties().list(), filter.county)),
        arg<"clients">(options("Any client", catalog.clients().list_apart(), filter.client)),
        arg<"table">(viewed_as(asked, HomesView::table)),
        arg<"photos">(viewed_as(asked, HomesView::photos)),
        arg<"map">(viewed_as(asked, HomesView::map)),
        arg<"on_table">(asked.view == HomesView::table),
        arg<"on_photos">(asked.view == HomesView::photos),
        arg<"on_map">(asked.view == HomesView::map), arg<"content">(body.content),
        arg<"paging">(body.paging), arg<"empty">(body.empty), arg<"numbers">(body.numbers),
        arg<"numbers_count">(counted(body.number_count, "MLS number", "MLS numbers")));
    return page(request, Tab::homes, "Properties", content,
                {.photos = asked.view == HomesView::photos, .copying = true});
}

html::Safe nothing(const HomesAsked& asked, bool somewhere) {
    return html::render<templates::homes_empty>(
        arg<"filtered">(is_filtered(asked.filter) && !somewhere), arg<"somewhere">(somewhere));
}

http::Response list_page(Request& request, const HomesAsked& asked, const store::Homes& homes) {
    Body body{.total = homes.total};
    if (homes.lines.empty())
        body.empty = nothing(asked, false);
    else
        body.content = asked.view == HomesView::photos ? photos_of(homes)
                                                       : table_of(homes, asked, request.now());
    body.paging = paging({asked.filter.page, asked.filter.page_size, std::ssize(homes.lines),
                          homes.total, homes.pages},
                         [&](std::int64_t page) {
                             auto other = asked;
                             other.filter.page = page;
                             return address_of(other);
                         });
    for (const auto& home : homes.lines) {
        if (!home.mls_number || home.mls_number->empty()) continue;
        body.numbers += (body.numbers.empty() ? "" : ", ") + *home.mls_number;
        ++body.number_count;
    }
    return framed(request, asked, body);
}

http::Response list_json(const HomesAsked& asked, const store::Homes& homes,
                         const store::Catalog& catalog) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("count", homes.lines.size());
    writer.member("total", homes.total).member("page", asked.filter.page);
    writer.member("pages", homes.pages).member("properties", homes.lines);
    writer.member("statuses", catalog.statuses().list()).member("cities", catalog.cities().list());
    writer.member("counties", catalog.counties().list());
    writer.member("clients", catalog.clients().list_apart()).end_object();
    return json(std::move(body));
}

http::Response map_page(Request& request, const HomesAsked& asked, const store::HomeMap& map) {
    Body body{.total = map.total};
    if (map.spots.empty())
        body.empty = nothing(asked, map.nowhere > 0);
    else
        body.content = map_of(request.db(), request.catalog(), asked, map);
    return framed(request, asked, body);
}

http::Response map_json(const store::HomeMap& map) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("total", map.total);
    writer.member("without_coordinates", map.nowhere).key("spots").begin_array();
    for (const auto& spot : map.spots) {
        writer.begin_object().member("latitude", spot.latitude);
        writer.member("longitude", spot.longitude).member("count", spot.homes);
        if (spot.home) writer.member("property", *spot.home);
        writer.end_object();
    }
    writer.end_array().end_object();
    return json(std::move(body));
}

}  // namespace

http::Response get_homes(Request& request) {
    const auto asked = homes_asked(request);
    auto& catalog = request.catalog();
    if (asked.view == HomesView::map) {
        const auto map = store::home_map(request.db(), asked.filter, catalog);
        return request.wants_json() ? map_json(map) : map_page(request, asked, map);
    }
    auto homes = store::homes(request.db(), asked.filter, catalog);
    for (auto& line : homes.lines) count_days_on_market(line, request.today());
    return request.wants_json() ? list_json(asked, homes, catalog)
                                : list_page(request, asked, homes);
}

}  // namespace dreams::web
