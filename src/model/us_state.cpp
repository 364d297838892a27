#include "model/us_state.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace dreams {
namespace {

/// The letters of a name, and its code.
constexpr auto states = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"alabama", "AL"},       {"alaska", "AK"},       {"arizona", "AZ"},
    {"arkansas", "AR"},      {"california", "CA"},   {"colorado", "CO"},
    {"connecticut", "CT"},   {"delaware", "DE"},     {"districtofcolumbia", "DC"},
    {"florida", "FL"},       {"georgia", "GA"},      {"hawaii", "HI"},
    {"idaho", "ID"},         {"illinois", "IL"},     {"indiana", "IN"},
    {"iowa", "IA"},          {"kansas", "KS"},       {"kentucky", "KY"},
    {"louisiana", "LA"},     {"maine", "ME"},        {"maryland", "MD"},
    {"massachusetts", "MA"}, {"michigan", "MI"},     {"minnesota", "MN"},
    {"mississippi", "MS"},   {"missouri", "MO"},     {"montana", "MT"},
    {"nebraska", "NE"},      {"nevada", "NV"},       {"newhampshire", "NH"},
    {"newjersey", "NJ"},     {"newmexico", "NM"},    {"newyork", "NY"},
    {"northcarolina", "NC"}, {"northdakota", "ND"},  {"ohio", "OH"},
    {"oklahoma", "OK"},      {"oregon", "OR"},       {"pennsylvania", "PA"},
    {"puertorico", "PR"},    {"rhodeisland", "RI"},  {"southcarolina", "SC"},
    {"southdakota", "SD"},   {"tennessee", "TN"},    {"texas", "TX"},
    {"utah", "UT"},          {"vermont", "VT"},      {"virginia", "VA"},
    {"washington", "WA"},    {"westvirginia", "WV"}, {"wisconsin", "WI"},
    {"wyoming", "WY"},
});

}  // namespace

std::optional<std::string> state_code(std::string_view said) {
    const auto letters = text::letters(said);
    for (const auto& [name, code] : states)
        if (letters == name || letters == text::lower(code)) return std::string(code);
    return std::nullopt;
}

}  // namespace dreams
