#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "web/homes_view.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using store::HomeOrder;
using store::SortDirection;

/// `450000`, `$450,000` and `450k`; none: it is none of these.
std::optional<std::int64_t> dollars(const std::string& typed) {
    std::string digits = text::lower(typed);
    std::erase_if(digits, [](char c) { return c == '$' || c == ',' || c == ' '; });
    if (digits.empty()) return std::nullopt;
    const char last = digits.back();
    const double unit = last == 'k' ? 1e3 : last == 'm' ? 1e6 : 1;
    if (unit > 1) digits.pop_back();
    const auto amount = text::number(digits);
    if (!amount || *amount < 0 || *amount * unit > 1e12) return std::nullopt;
    return static_cast<std::int64_t>(*amount * unit);
}

/// The price that was typed in a field. `wrong` gets why it is none, for a page; a program is
/// told with an Error{invalid}.
std::optional<std::int64_t> price_in(const Request& request, std::string_view name,
                                     const std::string& typed, std::optional<std::string>& wrong) {
    auto price = dollars(typed);
    if (price || typed.empty()) return price;
    if (request.wants_json())
        throw Error(Fault::invalid, "'" + std::string(name) +
                                        "' is a price in dollars as 450000 or $450,000, not '" +
                                        typed + "'");
    wrong = "“" + typed + "” is no price in dollars, as 450000 or 450k are; it is left out.";
    return price;
}

/// `south,west,north,east` in degrees.
std::optional<store::Area> area_of(const std::string& typed) {
    if (typed.empty()) return std::nullopt;
    std::array<double, 4> sides{};
    const auto parts = text::split(typed, ',');
    bool sound = parts.size() == sides.size();
    for (std::size_t i = 0; sound && i < sides.size(); ++i) {
        const auto side = text::number(parts[i]);
        sound = side && *side >= -180 && *side <= 180;
        if (sound) sides[i] = *side;
    }
    if (!sound || sides[0] > sides[2] || sides[1] > sides[3])
        throw Error(Fault::invalid,
                    "'area' is a piece of the map as 35.4,-82.7,35.7,-82.4 (south, west, north, "
                    "east), not '" +
                        typed + "'");
    return store::Area{sides[0], sides[1], sides[2], sides[3]};
}

std::string text_of(const std::optional<store::Area>& area) {
    if (!area) return "";
    return fmt::format("{:.5f},{:.5f},{:.5f},{:.5f}", area->south, area->west, area->north,
                       area->east);
}

std::string text_of(const std::optional<std::int64_t>& number) {
    return number ? std::to_string(*number) : "";
}

SortDirection usual_direction(HomeOrder order) {
    return order == HomeOrder::city || order == HomeOrder::status ? SortDirection::ascending
                                                                  : SortDirection::descending;
}

}  // namespace

HomesAsked homes_asked(const Request& request) {
    HomesAsked asked;
    auto& filter = asked.filter;
    asked.view = request.word_of("view", HomesView::table);
    filter.search = request.text("search");
    filter.status = request.text("status");
    filter.city = request.text("city");
    filter.county = request.text("county");
    filter.client = request.text("client");
    asked.min_typed = request.text("min_price");
    asked.max_typed = request.text("max_price");
    filter.min_price = price_in(request, "min_price", asked.min_typed, asked.min_wrong);
    filter.max_price = price_in(request, "max_price", asked.max_typed, asked.max_wrong);
    if (filter.min_price && filter.max_price && *filter.min_price > *filter.max_price)
        asked.max_wrong = "No price is from " + money(*filter.min_price) + " to " +
                          money(*filter.max_price) + ": swap the two.";
    filter.min_beds = request.number("min_beds", {.fallback = 0, .least = 0, .most = 99});
    filter.area = area_of(request.text("area"));
    filter.order = request.word_of("sort", HomeOrder::updated);
    filter.direction = request.word_of("direction", usual_direction(filter.order));
    filter.page = request.number("page", {.fallback = 1, .least = 1, .most = 1'000'000});
    filter.page_size = request.number("page_size", {.fallback = 50, .least = 1, .most = 200});
    return asked;
}

std::string address_of(const HomesAsked& asked) {
    const auto& filter = asked.filter;
    const bool usual = filter.direction == usual_direction(filter.order);
    return address(
        "/properties",
        {{"view", asked.view == HomesView::table ? "" : std::string(word(asked.view))},
         {"search", filter.search},
         {"status", filter.status},
         {"city", filter.city},
         {"county", filter.county},
         {"client", filter.client},
         {"min_price", text_of(filter.min_price)},
         {"max_price", text_of(filter.max_price)},
         {"min_beds", filter.min_beds ? std::to_string(filter.min_beds) : ""},
         {"area", text_of(filter.area)},
         {"sort", filter.order == HomeOrder::updated ? "" : std::string(word(filter.order))},
         {"direction", usual ? "" : std::string(word(filter.direction))},
         {"page", filter.page > 1 ? std::to_string(filter.page) : ""},
         {"page_size", filter.page_size != 50 ? std::to_string(filter.page_size) : ""}});
}

}  // namespace dreams::web
