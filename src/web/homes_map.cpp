#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/text.h"
#include "templates/homes_cluster.h"
#include "templates/homes_map.h"
#include "templates/homes_place.h"
#include "templates/homes_spot.h"
#include "web/homes_view.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

constexpr double width = 960, height = 600, margin = 48;  // of the picture, as in homes_map.html
constexpr double least_span =
    0.01;  // degrees: about half a mile, so that one home is no dot on nothing
constexpr double miles_a_degree = 69.05;  // of latitude

/// Degrees to the picture: an even scale in both directions at the middle latitude, which is true
/// enough for a county.
class Projection {
public:
    explicit Projection(const store::Area& area)
        : middle_latitude_((area.south + area.north) / 2),
          middle_longitude_((area.west + area.east) / 2),
          narrowing_(std::cos(middle_latitude_ * std::numbers::pi / 180)) {
        const double high = std::max(area.north - area.south, least_span);
        const double wide = std::max(area.east - area.west, least_span) * narrowing_;
        scale_ = std::min((height - 2 * margin) / high, (width - 2 * margin) / wide);
    }
    double x(double longitude) const {
        return width / 2 + (longitude - middle_longitude_) * narrowing_ * scale_;
    }
    double y(double latitude) const { return height / 2 - (latitude - middle_latitude_) * scale_; }
    double miles(double length) const { return length / scale_ * miles_a_degree; }

private:
    double middle_latitude_, middle_longitude_, narrowing_, scale_ = 1;
};

std::string at(double pixels) {
    return fmt::format("{:.1f}", pixels);
}

/// A round number of miles whose line is at most a fifth of the picture, and how long it is.
std::pair<std::string, double> scale_line(const Projection& projection) {
    const double most = projection.miles(width / 5);
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
        arg<"y">(at(projection.y(spot.latitude))), arg<"status_kind">(status_kind(home.status)));
}

/// Wider than its homes by a little, so that none falls out where degrees are rounded.
store::Area around(const store::Area& area) {
    constexpr double little = 0.0005;
    return {area.south - little, area.west - little, area.north + little, area.east + little};
}

void append_cluster(html::Safe& spots, const store::MapSpot& spot, const Projection& projection,
                    HomesAsked asked) {
    asked.filter.page = 1;
    asked.filter.area = around(spot.area);
    html::append<templates::homes_cluster>(
        spots, arg<"href">(address_of(asked)), arg<"what">(counted(spot.homes, "home", "homes")),
        arg<"count">(text::grouped(spot.homes)), arg<"x">(at(projection.x(spot.longitude))),
        arg<"y">(at(projection.y(spot.latitude))),
        arg<"r">(at(std::min(20.0, 9 + 1.8 * std::log2(static_cast<double>(spot.homes))))));
}

html::Safe places_of(const store::HomeMap& map, const Projection& projection) {
    html::Safe places;
    for (const auto& place : map.places)
        html::append<templates::homes_place>(places, arg<"name">(place.name),
                                             arg<"x">(at(projection.x(place.longitude))),
                                             arg<"y">(at(projection.y(place.latitude) - 14)));
    return places;
}

}  // namespace

html::Safe map_of(const store::HomeMap& map, const HomesAsked& asked) {
    const Projection projection(map.area);
    html::Safe spots;
    for (const auto& spot : map.spots) {
        if (spot.home)
            append_home(spots, spot, projection);
        else
            append_cluster(spots, spot, projection, asked);
    }
    const auto [scale, length] = scale_line(projection);
    const auto nowhere = map.nowhere
                             ? std::optional(counted(map.nowhere, "home has", "homes have") +
                                             " no coordinates and cannot be shown here.")
                             : std::nullopt;
    return html::render<templates::homes_map>(
        arg<"spots">(spots), arg<"places">(places_of(map, projection)), arg<"scale">(scale),
        arg<"scale_to">(at(24 + length)), arg<"nowhere">(nowhere));
}

}  // namespace dreams::web
