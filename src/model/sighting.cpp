#include "model/sighting.h"

#include <string>

#include "base/text.h"
#include "model/county.h"
#include "model/listing_status.h"
#include "model/us_state.h"

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

/// Takes out of one sighting what cannot be, and tells of what is more than "unknown".
class Cleaning {
public:
    Cleaning(Sighting& said, std::vector<LeftOut>& left_out)
        : home_(said.listing), what_(said.features), left_out_(left_out) {}

    void clean() {
        settle_words();
        settle_numbers();
        settle_year();
        settle_place();
        settle_links();
    }

private:
    template <class Value>
    void drop(std::string_view field, std::optional<Value>& value, std::string why) {
        left_out_.push_back({field, std::move(why)});
        value.reset();
    }
    template <class Number>
    void more_than_zero(std::string_view field, std::optional<Number>& number) {
        if (number && *number < 0) drop(field, number, "it is less than nothing");
        if (number && *number == 0) number.reset();
    }

    void settle_words() {
        if (home_.status) home_.status = listing_status(*home_.status);
        if (home_.mls_number) home_.mls_number = std::string(bare_mls_number(*home_.mls_number));
        drop_empty(home_.mls_number);
        if (home_.city) take_state_off_city(*home_.city);
        if (home_.county) home_.county = std::string(county_name(*home_.county));
        if (const auto code = state_code(home_.state.value_or(""))) home_.state = code;
    }

    /// `Sylva, NC`.
    void take_state_off_city(std::string& city) {
        const auto comma = city.rfind(',');
        if (comma == std::string::npos || comma == 0) return;
        const std::string behind(text::trimmed(std::string_view(city).substr(comma + 1)));
        const bool is_state = behind.size() == 2 && text::letters(behind).size() == 2;
        if (!is_state || (home_.state && !text::same_word(*home_.state, behind))) return;
        if (!home_.state) home_.state = behind;
        city = std::string(text::trimmed(std::string_view(city).substr(0, comma)));
    }

    void settle_numbers() {
        more_than_zero("price", home_.price);
        more_than_zero("initial_price", home_.initial_price);
        more_than_zero("baths", home_.baths);
        more_than_zero("sqft", home_.sqft);
        more_than_zero("acreage", home_.acreage);
        more_than_zero("stories", what_.stories);
        more_than_zero("hoa_fee", what_.hoa_fee);
        more_than_zero("tax_assessed_value", what_.tax_assessed_value);
        more_than_zero("tax_annual_amount", what_.tax_annual_amount);
        more_than_zero("zestimate", what_.zestimate);
        more_than_zero("rent_zestimate", what_.rent_zestimate);
        more_than_zero("school_elementary_rating", what_.school_elementary_rating);
        more_than_zero("school_middle_rating", what_.school_middle_rating);
        more_than_zero("school_high_rating", what_.school_high_rating);
        if (home_.beds && (*home_.beds < 0 || !home_.baths)) more_than_zero("beds", home_.beds);
        if (home_.days_on_market && *home_.days_on_market < 0)
            drop("days_on_market", home_.days_on_market, "it is less than nothing");
    }

    void settle_year() {
        constexpr std::int64_t oldest = 1600, youngest = 2200;
        auto& year = home_.year_built;
        if (!year || (*year >= oldest && *year <= youngest)) return;
        if (*year == 0 || *year == 1 || *year == 9999)
            year.reset();  // the portals' ways to say "unknown"
        else
            drop("year_built", year, std::to_string(*year) + " is no year of a home's");
    }

    void settle_place() {
        auto &latitude = what_.latitude, &longitude = what_.longitude;
        if (latitude.value_or(0) == 0 && longitude.value_or(0) == 0) {
            latitude.reset();
            longitude.reset();
        }
        if (latitude && !longitude) drop("latitude", latitude, "it has no longitude beside it");
        if (longitude && !latitude) drop("longitude", longitude, "it has no latitude beside it");
        if (latitude) settle_whereabouts(latitude, longitude);
    }

    /// No home lies outside the USA: such a place is a slip (a lost minus, the two swapped), and
    /// one half of it says nothing.
    void settle_whereabouts(std::optional<double>& latitude, std::optional<double>& longitude) {
        const bool is_north = *latitude >= 17 && *latitude <= 72;
        const bool is_west = *longitude >= -180 && *longitude <= -64;
        if (is_north && is_west) return;
        if (!is_north) drop("latitude", latitude, "it is no place in the USA");
        if (!is_west) drop("longitude", longitude, "it is no place in the USA");
        latitude.reset();
        longitude.reset();
    }

    /// What a browser would run or take for data is no page and no picture.
    void settle_links() {
        const auto check = [&](std::string_view field, std::optional<std::string>& url) {
            if (!url) return;
            const auto scheme = text::lower(url->substr(0, url->find(':')));
            const bool has_scheme =
                scheme.size() < url->size() && scheme.find_first_of("./?#") == std::string::npos;
            if (has_scheme && scheme != "http" && scheme != "https")
                drop(field, url, "it is no web address");
        };
        check("redfin_url", home_.redfin_url);
        check("zillow_url", home_.zillow_url);
        check("realtor_url", home_.realtor_url);
        check("mls_url", home_.mls_url);
        check("primary_photo", home_.primary_photo);
        check("virtual_tour_url", home_.virtual_tour_url);
    }

    Listing& home_;
    Features& what_;
    std::vector<LeftOut>& left_out_;
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

}  // namespace

Sighting cleaned(Sighting said, std::vector<LeftOut>& left_out) {
    const auto drop = [](const char*, auto& value) { drop_empty(value); };
    for_each_column(said.listing, drop);
    for_each_column(said.features, drop);
    Cleaning(said, left_out).clean();
    return said;
}

Sighting cleaned(Sighting said) {
    std::vector<LeftOut> told_to_nobody;
    return cleaned(std::move(said), told_to_nobody);
}

std::string_view bare_mls_number(std::string_view said) {
    auto rest = text::trimmed(said);
    const auto label = text::lower(rest.substr(0, 3));
    if (label == "mls") {
        auto behind = rest.substr(3);
        const bool ends = !behind.empty() && (behind.front() == '#' || behind.front() == ' ' ||
                                              behind.front() == ':' || is_digit(behind.front()));
        if (ends) rest = behind;
    }
    while (!rest.empty() && (rest.front() == '#' || rest.front() == ':' || rest.front() == ' '))
        rest.remove_prefix(1);
    return rest;
}

}  // namespace dreams
