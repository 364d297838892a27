#include "model/sighting.h"

#include <string>

#include "base/text.h"
#include "model/listing_status.h"

namespace dreams {
namespace {

void drop_empty(std::optional<std::string>& text) {
    if (!text) return;
    const auto trimmed = text::trimmed(*text);
    if (trimmed.empty())
        text.reset();
    else if (trimmed.size() != text->size())
        text = std::string(trimmed);
}

void drop_empty(std::optional<JsonText>& json) {
    if (json && (json->text.empty() || json->text == "[]" || json->text == "null")) json.reset();
}

template <class Number>
void drop_empty(std::optional<Number>&) {}

template <class Number>
void drop_zero(std::optional<Number>& number) {
    if (number && *number <= 0) number.reset();
}

}  // namespace

Sighting cleaned(Sighting said) {
    const auto drop = [](const char*, auto& value) { drop_empty(value); };
    for_each_column(said.listing, drop);
    for_each_column(said.features, drop);

    Listing& home = said.listing;
    Features& what = said.features;
    if (home.status) home.status = listing_status(*home.status);
    drop_zero(home.baths);
    drop_zero(home.sqft);
    if (home.beds && (*home.beds < 0 || (*home.beds == 0 && !home.baths))) home.beds.reset();
    for (auto* number :
         {&home.price, &home.initial_price, &what.stories, &what.hoa_fee, &what.tax_assessed_value,
          &what.tax_annual_amount, &what.zestimate, &what.rent_zestimate,
          &what.school_elementary_rating, &what.school_middle_rating, &what.school_high_rating})
        drop_zero(*number);
    drop_zero(home.acreage);
    if (home.days_on_market && *home.days_on_market < 0) home.days_on_market.reset();
    constexpr std::int64_t oldest = 1600, youngest = 2200;  // 0, 1 and 9999 mean unknown
    if (home.year_built && (*home.year_built < oldest || *home.year_built > youngest))
        home.year_built.reset();
    const bool nowhere = what.latitude.value_or(0) == 0 && what.longitude.value_or(0) == 0;
    if (nowhere || !what.latitude || !what.longitude) {
        what.latitude.reset();
        what.longitude.reset();
    }
    return said;
}

}  // namespace dreams
