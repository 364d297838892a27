// Values as RESO's services write them: three styles of enumerations, units, and whatever else a
// vendor may put into a field.

#include "sources/reso_values.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "base/json.h"
#include "base/text.h"

namespace dreams::sources::reso_read {
namespace {

const std::vector<std::string> some_words{"Heat Pump", "Wood Stove", "Active Under Contract",
                                          "Mountain",  "Long Range", "Public Sewer"};

std::string without_spaces(std::string text) {
    std::erase(text, ' ');
    return text;
}

RC_GTEST_PROP(ResoValues, MeanTheSameInEachStyleOfEnumerations, ()) {
    const auto chosen = *rc::gen::unique<std::vector<std::string>>(rc::gen::elementOf(some_words));
    json::Array as_text, as_names;
    std::string with_commas;
    for (const auto& word : chosen) {
        as_text.emplace_back(word);
        as_names.emplace_back(without_spaces(word));
        with_commas += (with_commas.empty() ? "" : ",") + without_spaces(word);
    }
    const json::Value row{{"Text", as_text}, {"Names", as_names}, {"Commas", with_commas}};
    RC_ASSERT(words(row, "Text") == chosen);
    RC_ASSERT(words(row, "Names") == chosen);
    RC_ASSERT(words(row, "Commas") == chosen);
}

RC_GTEST_PROP(ResoValues, OfALotAgreeInWhicheverUnitItIsTold, ()) {
    const double size = *rc::gen::inRange(10, 200'000) / 100.0;  // acres
    const json::Value in_acres{{"LotSizeAcres", size}};
    const json::Value in_feet{{"LotSizeSquareFeet", size * 43'560}};
    const json::Value in_hectares{{"LotSizeArea", size / 2.47105}, {"LotSizeUnits", "Hectares"}};
    const json::Value twice{
        {"LotSizeAcres", size}, {"LotSizeArea", size * 43'560}, {"LotSizeUnits", "Square Feet"}};
    for (const auto& row : {in_acres, in_feet, in_hectares, twice}) {
        const auto told = acres(row);
        RC_ASSERT(told.has_value());
        RC_ASSERT(std::abs(*told - size) < 0.001);
    }
    const json::Value torn{{"LotSizeAcres", size}, {"LotSizeSquareFeet", size * 10}};
    RC_ASSERT(!acres(torn).has_value());
}

/// What no data dictionary foresees.
rc::Gen<json::Value> any_value() {
    return rc::gen::oneOf(
        rc::gen::map(rc::gen::arbitrary<double>(),
                     [](double number) {
                         return std::isfinite(number) ? json::Value(number) : json::Value();
                     }),
        rc::gen::map(rc::gen::element(1e300, -1e300, 9.3e18, -1.0, 0.0, 5e-324),
                     [](double number) { return json::Value(number); }),
        rc::gen::map(rc::gen::arbitrary<std::int64_t>(),
                     [](std::int64_t number) { return json::Value(number); }),
        rc::gen::map(rc::gen::arbitrary<std::string>(),
                     [](const std::string& text) { return json::Value(text::valid_utf8(text)); }),
        rc::gen::map(rc::gen::element<std::string>("TBD", "12.0", "1,250", "true", "2026-13-45",
                                                   "Square Meters", "SquareFeet", "Acres",
                                                   "Monthly", "Annually", "javascript:alert(1)"),
                     [](const std::string& text) { return json::Value(text); }),
        rc::gen::map(rc::gen::arbitrary<bool>(), [](bool truth) { return json::Value(truth); }),
        rc::gen::element(json::Value(), json::Value(json::Array{}), json::Value(json::Object{}),
                         json::Value(json::Array{json::Value(), json::Value(5), json::Value("None"),
                                                 json::Value("x")})));
}

constexpr std::array keys{"LivingArea",
                          "LivingAreaUnits",
                          "AboveGradeFinishedArea",
                          "LotSizeAcres",
                          "LotSizeArea",
                          "LotSizeUnits",
                          "LotSizeSquareFeet",
                          "BathroomsFull",
                          "BathroomsHalf",
                          "BathroomsTotalInteger",
                          "BathroomsTotalDecimal",
                          "BathroomsPartial",
                          "Stories",
                          "Levels",
                          "AssociationFee",
                          "ListPrice",
                          "GarageSpaces",
                          "AssociationFeeFrequency",
                          "GarageYN",
                          "AttachedGarageYN",
                          "ParkingFeatures",
                          "ModificationTimestamp",
                          "OnMarketDate",
                          "Media",
                          "BathroomsThreeQuarter"};

RC_GTEST_PROP(ResoValues, AreSaneOrNothingWhateverStandsThere, ()) {
    json::Object fields;
    for (const auto* key : keys)
        if (*rc::gen::weightedElement<bool>({{3, true}, {1, false}})) fields[key] = *any_value();
    const json::Value row = std::move(fields);
    RC_ASSERT(std::abs(whole(row, "ListPrice").value_or(0)) <= 1'000'000'000'000);
    const auto area = living_area(row).value_or(1);
    RC_ASSERT(area > 0 && area < 10'000'000);
    const auto lot = acres(row).value_or(1);
    RC_ASSERT(lot >= 0 && lot < 1e9);
    const auto baths = bathrooms(row).value_or(0);
    RC_ASSERT(baths >= 0 && baths < 1000);
    const auto floors = stories(row).value_or(1);
    RC_ASSERT(floors > 0 && floors < 1000);
    RC_ASSERT(monthly_fee(row).value_or(1) >= 0);
    RC_ASSERT(garage(row).value_or("x") != "");
    instant(row, "ModificationTimestamp");
    day(row, "OnMarketDate");
    RC_ASSERT(photos(row).urls.empty());
}

}  // namespace
}  // namespace dreams::sources::reso_read
