#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "base/text.h"
#include "templates/homes_cluster.h"
#include "templates/homes_map.h"
#include "templates/homes_map_picture.h"
#include "templates/homes_place.h"
#include "templates/homes_spot.h"
#include "web/homes_view.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

/// A size in which the map is drawn; which one is seen is the stylesheet's business.
struct Shape {
    std::string_view name;         ///< its class
    double width, height, margin;  ///< of the picture, in its own units
    store::MapGrid grid;           ///< cells of about 37 units, so that no two discs touch
    double dot;                    ///< radius of a home: on its screens 24 pixels across
};
constexpr std::array<Shape, 2> shapes{
    {{"map-wide", 960, 600, 48, {24, 14}, 10}, {"map-tall", 390, 585, 27, {9, 14}, 13.5}}};
constexpr double largest_disc = 18, letter = 8.5, line_height = 20;  // units
constexpr double miles_a_degree = 69.05;                             // of latitude

/// Degrees to the picture: an even scale in both directions at the middle latitude, which is true
/// enough for a county.
class Projection {
public:
    Projection(const store::Area& area, const Shape& shape)
        : shape_(shape),
          middle_latitude_((area.south + area.north) / 2),
          middle_longitude_((area.west + area.east) / 2),
          narrowing_(std::cos(middle_latitude_ * std::numbers::pi / 180)) {
        const double high = std::max(area.north - area.south, store::least_map_span);
        const double wide = std::max(area.east - area.west, store::least_map_span) * narrowing_;
        scale_ = std::min((shape.height - 2 * shape.margin) / high,
                          (shape.width - 2 * shape.margin) / wide);
    }
    double x(double longitude) const {
        return shape_.width / 2 + (longitude - middle_longitude_) * narrowing_ * scale_;
    }
    double y(double latitude) const {
        return shape_.height / 2 - (latitude - middle_latitude_) * scale_;
    }
    double miles(double length) const { return length / scale_ * miles_a_degree; }
    const Shape& shape() const { return shape_; }

private:
    const Shape& shape_;
    double middle_latitude_, middle_longitude_, narrowing_, scale_ = 1;
};

std::string at(double pixels) {
    return fmt::format("{:.1f}", pixels);
}

/// A round number of miles whose line is at most a fifth of the picture, and how long it is.
std::pair<std::string, double> scale_line(const Projection& projection) {
    const double most = projection.miles(projection.shape().width / 5);
    double miles = std::pow(10, std::floor(std::log10(most)));
    for (const double times : {5.0, 2.0})
        if (miles * times <= most) {
            miles *= times;
            break;
        }
    return {fmt::format("{:g} mi", miles), miles / projection.miles(1)};
}

void append_home(html::Safe& spots, const store::MapSpot& spot, const Projection& projection) {
    const auto& home = *spot.home;
    const auto what = texts_of(home).name + (home.price ? ", " + money(*home.price) : "") +
                      (home.status ? ", " + *home.status : "");
    html::append<templates::homes_spot>(
        spots, arg<"id">(home.id), arg<"what">(what), arg<"x">(at(projection.x(spot.longitude))),
        arg<"y">(at(projection.y(spot.latitude))), arg<"r">(projection.shape().dot),
        arg<"status_kind">(status_kind(home.status)));
}

/// Wider than its homes by a little, so that none falls out where degrees are rounded.
store::Area around(const store::Area& area) {
    constexpr double little = 0.0005;
    return {area.south - little, area.west - little, area.north + little, area.east + little};
}

double disc_of(std::int64_t homes) {
    return std::min(largest_disc, 12 + std::log2(static_cast<double>(homes)));
}

/// Homes on one spot, which looking closer does not part.
bool is_one_place(const store::Area& area) {
    constexpr double as_good_as_one = store::least_map_span / 24;
    return area.north - area.south < as_good_as_one && area.east - area.west < as_good_as_one;
}

void append_cluster(html::Safe& spots, const store::MapSpot& spot, const Projection& projection,
                    HomesAsked asked) {
    asked.filter.page = 1;
    asked.filter.area = around(spot.area);
    if (is_one_place(spot.area)) asked.view = HomesView::table;
    html::append<templates::homes_cluster>(
        spots, arg<"href">(address_of(asked)), arg<"what">(counted(spot.homes, "home", "homes")),
        arg<"count">(text::grouped(spot.homes)), arg<"x">(at(projection.x(spot.longitude))),
        arg<"y">(at(projection.y(spot.latitude))), arg<"r">(at(disc_of(spot.homes))));
}

/// What is taken of the picture already.
struct Box {
    double left, top, right, bottom;
    bool meets(const Box& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
};

Box box_of(const store::MapSpot& spot, const Projection& projection) {
    const double x = projection.x(spot.longitude), y = projection.y(spot.latitude);
    const double r = spot.home ? projection.shape().dot : disc_of(spot.homes);
    return {x - r, y - r, x + r, y + r};
}

/// Where a name can stand near a place without covering anything; none: nowhere.
std::optional<Box> free_box(double x, double y, double wide, const Shape& shape,
                            const std::vector<Box>& taken) {
    constexpr double farthest = 120, step = 6, edge = 4;
    x = std::clamp(x, wide / 2 + edge, std::max(wide / 2 + edge, shape.width - wide / 2 - edge));
    for (double away = 0; away <= farthest; away += step)
        for (const double middle : {y - away, y + away}) {
            const Box box{x - wide / 2, middle - line_height / 2, x + wide / 2,
                          middle + line_height / 2};
            if (box.top >= edge && box.bottom <= shape.height - edge &&
                std::ranges::none_of(taken, [&](const Box& each) { return each.meets(box); }))
                return box;
        }
    return std::nullopt;
}

/// The names of towns, those with most homes first; one that has no room is left out.
html::Safe places_of(const store::HomeMap& map, const Projection& projection) {
    const auto& shape = projection.shape();
    std::vector<Box> taken{{0, shape.height - 50, shape.width / 4, shape.height},  // the scale
                           {shape.width - 44, 0, shape.width, 64}};                // the arrow
    for (const auto& spot : map.spots) taken.push_back(box_of(spot, projection));
    html::Safe places;
    for (const auto& place : map.places) {
        const double wide = letter * static_cast<double>(place.name.size()) + 6;
        const auto box = free_box(projection.x(place.longitude), projection.y(place.latitude), wide,
                                  shape, taken);
        if (!box) continue;
        taken.push_back(*box);
        html::append<templates::homes_place>(places, arg<"name">(place.name),
                                             arg<"x">(at((box->left + box->right) / 2)),
                                             arg<"y">(at(box->bottom - 5)));
    }
    return places;
}

html::Safe picture_of(const store::HomeMap& map, const HomesAsked& asked, const Shape& shape) {
    const Projection projection(map.area, shape);
    html::Safe spots;
    for (const auto& spot : map.spots) {
        if (spot.home)
            append_home(spots, spot, projection);
        else
            append_cluster(spots, spot, projection, asked);
    }
    const auto [scale, length] = scale_line(projection);
    return html::render<templates::homes_map_picture>(
        arg<"kind">(shape.name), arg<"width">(at(shape.width)), arg<"height">(at(shape.height)),
        arg<"spots">(spots), arg<"places">(places_of(map, projection)), arg<"scale">(scale),
        arg<"scale_to">(at(24 + length)), arg<"scale_at">(at(shape.height - 30)),
        arg<"text_at">(at(shape.height - 34)), arg<"north_at">(at(shape.width - 30)));
}

}  // namespace

html::Safe map_of(Db& db, store::Catalog& catalog, const HomesAsked& asked,
                  const store::HomeMap& wide) {
    const auto tall = store::home_map(db, asked.filter, catalog, shapes[1].grid);
    const auto nowhere = wide.nowhere
                             ? std::optional(counted(wide.nowhere, "home has", "homes have") +
                                             " no coordinates and cannot be shown here.")
                             : std::nullopt;
    html::Safe pictures = picture_of(wide, asked, shapes[0]);
    pictures += picture_of(tall, asked, shapes[1]);
    return html::render<templates::homes_map>(arg<"pictures">(pictures), arg<"nowhere">(nowhere));
}

}  // namespace dreams::web
