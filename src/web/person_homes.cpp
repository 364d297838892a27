#include "templates/person_home.h"
#include "templates/person_other.h"
#include "web/homes_view.h"
#include "web/person_view.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

html::Safe others_of(const store::HomeSeen& home) {
    html::Safe others;
    for (const auto& other : home.others)
        html::append<templates::person_other>(others, arg<"id">(other.lead),
                                              arg<"name">(other.name), arg<"looks">(other.looks),
                                              arg<"priority">(other.priority));
    return others;
}

std::string name_of(const store::HomeSeen& home) {
    if (home.address && !home.address->empty()) return *home.address;
    return home.mls ? "Home with the number " + *home.mls : "Home without an address";
}

/// Where the home can be looked at, if the file knows, else where the team's site has its number.
std::optional<std::string> listing_of(const store::HomeSeen& home, const WebOptions& options) {
    const auto known = web_address(home.url);
    return known ? known : idx_address(home.mls, options);
}

}  // namespace

html::Safe home_rows(const PersonView& view, const WebOptions& options, Instant now) {
    html::Safe rows;
    for (const auto& home : view.homes.homes) {
        const auto unnamed = home.other_count - std::ssize(home.others);
        html::append<templates::person_home>(
            rows, arg<"name">(name_of(home)), arg<"mls">(home.mls),
            arg<"price">(home.price ? std::optional(money(*home.price)) : std::nullopt),
            arg<"property">(home.property), arg<"url">(listing_of(home, options)),
            arg<"views">(home.views), arg<"favorites">(home.favorites), arg<"shares">(home.shares),
            arg<"last">(ago(home.last_at, now)), arg<"last_at">(home.last_at),
            arg<"others">(others_of(home)),
            arg<"more">(unnamed > 0 ? std::optional("and " + counted(unnamed, "more", "more"))
                                    : std::nullopt));
    }
    return rows;
}

}  // namespace dreams::web
