#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "web/homes_view.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using Text = std::optional<std::string>;

std::string name_of(const store::HomeLine& home) {
    if (home.address && !home.address->empty()) return *home.address;
    if (home.mls_number && !home.mls_number->empty()) return "MLS " + *home.mls_number;
    return home.id.text;
}

Text place_of(const store::HomeLine& home) {
    std::string place = home.city.value_or("");
    for (const auto& part : {home.state, home.zip})
        if (part && !part->empty()) place += (place.empty() ? "" : " ") + *part;
    return place.empty() ? std::nullopt : Text(place);
}

Text price_of(const store::HomeLine& home) {
    return home.price ? Text(money(*home.price)) : std::nullopt;
}

/// How far the price is from the first one.
Text drop_of(const store::HomeLine& home) {
    if (!home.price || !home.initial_price || *home.initial_price <= 0) return std::nullopt;
    const auto moved = *home.price - *home.initial_price;
    if (moved == 0) return std::nullopt;
    return (moved < 0 ? "−" : "+") + money(moved < 0 ? -moved : moved) + " since listed";
}

Text lookers_of(const store::HomeLine& home) {
    return home.lookers ? Text(counted(home.lookers, "person", "people")) : std::nullopt;
}

Text size_of(const store::HomeLine& home) {
    std::string size;
    const auto add = [&](const std::string& part) { size += (size.empty() ? "" : ", ") + part; };
    if (home.beds) add(std::to_string(*home.beds) + " bd");
    if (home.baths) add(fmt::format("{} ba", *home.baths));
    if (home.sqft) add(text::grouped(*home.sqft) + " sq ft");
    if (home.acreage) add(fmt::format("{:g} ac", std::round(*home.acreage * 100) / 100));
    return size.empty() ? std::nullopt : Text(size);
}

}  // namespace

HomeTexts texts_of(const store::HomeLine& home) {
    return {.name = name_of(home),
            .place = place_of(home),
            .price = price_of(home),
            .drop = drop_of(home),
            .size = size_of(home),
            .photo = web_address(home.photo),
            .lookers = lookers_of(home)};
}

std::string_view status_kind(const Text& status) {
    const auto said = text::lower(status.value_or(""));
    for (const std::string_view known : {"active", "pending", "sold"})
        if (said == known) return known;
    return "other";
}

std::optional<std::string> web_address(const std::optional<std::string>& said) {
    const bool is_one = said && (said->starts_with("https://") || said->starts_with("http://"));
    return is_one ? said : std::nullopt;
}

std::optional<std::string> idx_address(const std::optional<std::string>& number,
                                       const WebOptions& options) {
    if (options.idx_homes_url.empty() || !number || number->empty()) return std::nullopt;
    return options.idx_homes_url + http::url_encoded(*number) + "/";
}

}  // namespace dreams::web
