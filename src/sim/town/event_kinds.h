#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace dreams::sim {

/// The event types that the town itself uses: an index into Town::event_types(). FUB documents
/// fourteen (fub-api §6.1) and answers with others too; the two at the end are such.
enum Kind : std::uint16_t {
    visited_website,
    viewed_property,
    saved_property,
    registration,
    property_inquiry,
    general_inquiry,
    seller_inquiry,
    property_search,
    saved_property_search,
    visited_open_house,
    viewed_page,
    unsubscribed,
    incoming_call,
    inquiry,
    virtually_toured,
    shared_property,
};

inline constexpr std::array<std::string_view, 16> kind_names{
    "Visited Website",    "Viewed Property",  "Saved Property",
    "Registration",       "Property Inquiry", "General Inquiry",
    "Seller Inquiry",     "Property Search",  "Saved Property Search",
    "Visited Open House", "Viewed Page",      "Unsubscribed",
    "Incoming Call",      "Inquiry",          "Virtually Toured Property",
    "Shared Property"};

/// The four that the dictionary's contact_events holds.
constexpr bool of_the_four(std::uint16_t kind) {
    return kind <= saved_property || kind == shared_property;
}

}  // namespace dreams::sim
