#include "sources/reso_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "sources/listing_values.h"

namespace dreams::sources::reso_read {
namespace {

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

void add_words(std::vector<std::string>& words, std::string_view text) {
    for (const auto& part : text::split(text, ',')) {
        auto value = worded(part);
        if (letters(value) == "none" || says_nothing(value)) continue;
        if (std::ranges::find(words, value) == words.end()) words.push_back(std::move(value));
    }
}

/// A size or a count; none: less than nothing, or more than there is anywhere.
std::optional<double> amount(const json::Value& row, std::string_view key, double most) {
    const auto number = json::number(row, key);
    return number && *number >= 0 && *number <= most ? number : std::nullopt;
}

constexpr double most_rooms = 200, most_square_feet = 1e6, most_acres = 1e6, most_fee = 1e7;

std::string_view string_in(const json::Value& value) {
    const auto* text = value.if_string();
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

}  // namespace

std::string letters(std::string_view value) {
    std::string kept;
    for (const char c : text::lower(value))
        if (is_lower(c) || (c >= '0' && c <= '9')) kept += c;
    return kept;
}

std::string worded(std::string_view value) {
    const auto text = text::trimmed(value);
    if (text.find_first_of(" -/") != std::string_view::npos) return std::string(text);
    std::string words;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool begins =
            is_upper(c) && i > 0 &&
            (!is_upper(text[i - 1]) || (i + 1 < text.size() && is_lower(text[i + 1])));
        if (begins && words.back() != ' ' && words.back() != '(') words += ' ';
        words += c == '_' ? ' ' : c;
    }
    return words;
}

std::vector<std::string> words(const json::Value& row, std::string_view key) {
    std::vector<std::string> words;
    const json::Value* value = json::member(row, key);
    if (!value) return words;
    if (const auto* array = value->if_array())
        for (const auto& each : *array) add_words(words, string_in(each));
    else
        add_words(words, string_in(*value));
    return words;
}

std::optional<std::string> list(const json::Value& row, std::initializer_list<const char*> keys) {
    std::vector<std::string> all;
    for (const char* key : keys)
        for (auto& word : words(row, key))
            if (std::ranges::find(all, word) == all.end()) all.push_back(std::move(word));
    std::string text;
    for (const auto& word : all) text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? std::nullopt : std::optional(text::valid_utf8(text));
}

std::optional<Instant> instant(const json::Value& row, std::string_view key) {
    const auto text = json::text(row, key);
    if (!text) return std::nullopt;
    if (const auto with_zone = instant_from(*text)) return with_zone;
    if (const auto utc = instant_from(*text + "Z")) return utc;
    const auto day = date_from(*text);
    return day ? std::optional(Instant(day->time_since_epoch())) : std::nullopt;
}

std::optional<Date> day(const json::Value& row, std::string_view key) {
    const auto text = json::text(row, key);
    return text ? day_in(*text) : std::nullopt;
}

std::optional<std::int64_t> whole(const json::Value& row, std::string_view key) {
    constexpr double beyond = 1e12;
    const auto number = json::number(row, key);
    if (!number || std::abs(*number) > beyond) return std::nullopt;
    return std::llround(*number);
}

std::optional<double> bathrooms(const json::Value& row) {
    if (const auto total = amount(row, "BathroomsTotalDecimal", most_rooms); total && *total > 0)
        return total;
    constexpr std::array<std::pair<const char*, double>, 3> parts{
        {{"BathroomsThreeQuarter", 0.75}, {"BathroomsHalf", 0.5}, {"BathroomsOneQuarter", 0.25}}};
    double of_parts = 0, rooms = 0;
    for (const auto& [key, worth] : parts) {
        const auto count = amount(row, key, most_rooms).value_or(0);
        of_parts += count * worth;
        rooms += count;
    }
    if (rooms == 0) {  // partial ones that nobody told apart are mostly half ones
        rooms = amount(row, "BathroomsPartial", most_rooms).value_or(0);
        of_parts = rooms * 0.5;
    }
    const auto full = amount(row, "BathroomsFull", most_rooms);
    const auto all = amount(row, "BathroomsTotalInteger", most_rooms);
    if (full) return *full + of_parts;
    if (all) return std::max(0.0, *all - rooms) + of_parts;
    return rooms > 0 ? std::optional(of_parts) : std::nullopt;
}

std::optional<std::int64_t> living_area(const json::Value& row) {
    constexpr double square_feet_per_square_meter = 10.7639;
    for (const std::string key : {"LivingArea", "AboveGradeFinishedArea"}) {
        const auto area = amount(row, key, most_square_feet);
        if (!area || *area < 1) continue;
        const auto unit = letters(json::text(row, key + "Units").value_or(""));
        const bool metric = unit.starts_with("squaremet") || unit == "sqm";
        return std::llround(metric ? *area * square_feet_per_square_meter : *area);
    }
    return std::nullopt;
}

std::optional<double> acres(const json::Value& row) {
    constexpr std::array<std::pair<std::string_view, double>, 6> units{
        {{"acres", 1},
         {"acre", 1},
         {"squarefeet", 1 / 43'560.0},
         {"sqft", 1 / 43'560.0},
         {"squaremeters", 1 / 4046.86},
         {"hectares", 2.47105}}};
    std::vector<double> told;
    const auto tell = [&](const char* key, double worth) {
        if (worth <= 0) return;
        const auto size = amount(row, key, most_acres / worth);
        if (size && *size > 0) told.push_back(*size * worth);
    };
    tell("LotSizeAcres", 1);
    tell("LotSizeSquareFeet", 1 / 43'560.0);
    const auto unit = letters(json::text(row, "LotSizeUnits").value_or(""));
    const auto known = std::ranges::find(units, unit, &std::pair<std::string_view, double>::first);
    tell("LotSizeArea", known == units.end() ? 0 : known->second);

    const auto agree = [](double a, double b) {  // acres come rounded to hundredths
        return std::abs(a - b) <= std::max(0.0051, 0.02 * std::max(a, b));
    };
    const auto rounded = [](double size) { return std::round(size * 1e4) / 1e4; };
    if (told.size() == 1) return rounded(told[0]);
    for (std::size_t i = 0; i < told.size(); ++i)
        for (std::size_t j = i + 1; j < told.size(); ++j)
            if (agree(told[i], told[j])) return rounded(told[i]);
    return std::nullopt;
}

std::optional<std::int64_t> stories(const json::Value& row) {
    for (const char* key : {"Stories", "StoriesTotal"})
        if (const auto number = amount(row, key, most_rooms); number && *number >= 1)
            return std::llround(*number);
    for (const auto& level : words(row, "Levels")) {
        const auto told = letters(level);
        if (told.starts_with("one")) return 1;
        if (told.starts_with("two")) return 2;
        if (told.starts_with("three")) return 3;
    }
    return std::nullopt;
}

std::optional<std::int64_t> monthly_fee(const json::Value& row) {
    constexpr std::array<std::pair<std::string_view, double>, 9> a_month{
        {{"monthly", 1},
         {"annually", 1 / 12.0},
         {"semiannually", 1 / 6.0},
         {"quarterly", 1 / 3.0},
         {"bimonthly", 1 / 2.0},
         {"semimonthly", 2},
         {"biweekly", 26 / 12.0},
         {"weekly", 52 / 12.0},
         {"daily", 365 / 12.0}}};  // once, and by the season, are no months
    const auto fee = amount(row, "AssociationFee", most_fee);
    const auto often = letters(json::text(row, "AssociationFeeFrequency").value_or(""));
    const auto known =
        std::ranges::find(a_month, often, &std::pair<std::string_view, double>::first);
    if (!fee || *fee <= 0 || known == a_month.end()) return std::nullopt;
    return std::llround(*fee * known->second);
}

std::optional<std::string> garage(const json::Value& row) {
    const auto spaces = std::llround(amount(row, "GarageSpaces", most_rooms).value_or(0));
    const bool attached = json::truth(row, "AttachedGarageYN").value_or(false);
    if (spaces > 0)
        return std::to_string(spaces) + (spaces == 1 ? " space" : " spaces") +
               (attached ? ", attached" : "");
    const auto there = json::truth(row, "GarageYN");
    if (there == true || attached) return attached ? "Attached" : "Yes";
    if (const auto parking = list(row, {"ParkingFeatures"})) return parking;
    return there == false ? std::optional<std::string>("None") : std::nullopt;
}

Photos photos(const json::Value& row) {
    struct Photo {
        std::string url;
        double order;
        bool preferred;
    };
    std::vector<Photo> found;
    if (const auto* media = json::array(row, "Media"))
        for (const auto& each : *media) {
            const auto kind = letters(json::text(each, "MediaCategory").value_or("photo"));
            const auto url = web_address(each, "MediaURL");
            if (!url || (kind != "photo" && kind != "image")) continue;
            found.push_back({*url, json::number(each, "Order").value_or(1e9),
                             json::truth(each, "PreferredPhotoYN").value_or(false)});
        }
    std::ranges::stable_sort(found, {}, &Photo::order);
    Photos photos;
    for (const auto& photo : found) {
        if (std::ranges::find(photos.urls, photo.url) == photos.urls.end())
            photos.urls.push_back(photo.url);
        if (photo.preferred && !photos.first) photos.first = photo.url;
    }
    if (!photos.first && !photos.urls.empty()) photos.first = photos.urls.front();
    return photos;
}

std::optional<std::string> web_address(const json::Value& row, std::string_view key) {
    auto address = json::text(row, key);
    if (!address) return std::nullopt;
    const auto begin = text::lower(address->substr(0, 8));
    if (!begin.starts_with("http://") && !begin.starts_with("https://")) return std::nullopt;
    return address;
}

}  // namespace dreams::sources::reso_read
