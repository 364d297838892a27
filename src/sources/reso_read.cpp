#include "sources/reso_read.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "model/listing_status.h"
#include "sources/listing_fields.h"

namespace dreams::sources::reso_read {
namespace {

/// Of RESO's data dictionary, `Property` (property-sources B2).
constexpr auto standard_fields = std::to_array<const char*>({
    "ListingKey",
    "ListingId",
    "OriginatingSystemName",
    "SourceSystemName",
    "ModificationTimestamp",
    "StandardStatus",
    "MlsStatus",
    "PropertyType",
    "PropertySubType",
    "ArchitecturalStyle",
    "InternetEntireListingDisplayYN",
    "InternetAddressDisplayYN",
    "ParcelNumber",
    "UnparsedAddress",
    "StreetNumber",
    "StreetDirPrefix",
    "StreetName",
    "StreetSuffix",
    "StreetDirSuffix",
    "UnitNumber",
    "City",
    "StateOrProvince",
    "PostalCode",
    "CountyOrParish",
    "SubdivisionName",
    "Latitude",
    "Longitude",
    "ListPrice",
    "OriginalListPrice",
    "ClosePrice",
    "CloseDate",
    "ListingContractDate",
    "OnMarketDate",
    "DaysOnMarket",
    "BedroomsTotal",
    "BathroomsTotalInteger",
    "BathroomsFull",
    "BathroomsHalf",
    "BathroomsThreeQuarter",
    "BathroomsOneQuarter",
    "BathroomsPartial",
    "LivingArea",
    "LivingAreaUnits",
    "AboveGradeFinishedArea",
    "AboveGradeFinishedAreaUnits",
    "LotSizeAcres",
    "LotSizeSquareFeet",
    "LotSizeArea",
    "LotSizeUnits",
    "YearBuilt",
    "Stories",
    "StoriesTotal",
    "Levels",
    "View",
    "ViewYN",
    "WaterfrontYN",
    "WaterfrontFeatures",
    "WaterBodyName",
    "Heating",
    "Cooling",
    "Sewer",
    "Roof",
    "GarageYN",
    "AttachedGarageYN",
    "GarageSpaces",
    "ParkingFeatures",
    "InteriorFeatures",
    "ExteriorFeatures",
    "CommunityFeatures",
    "AssociationAmenities",
    "AssociationFee",
    "AssociationFeeFrequency",
    "TaxAssessedValue",
    "TaxAnnualAmount",
    "ListAgentFullName",
    "ListAgentPreferredPhone",
    "ListAgentDirectPhone",
    "ListAgentMobilePhone",
    "ListAgentOfficePhone",
    "ListAgentEmail",
    "ListOfficeName",
    "VirtualTourURLUnbranded",
});

using Text = std::optional<std::string>;

/// The first of `keys` that says something.
Text first_of(const json::Value& row, std::initializer_list<const char*> keys) {
    for (const char* key : keys)
        if (auto text = json::text(row, key)) return text;
    return std::nullopt;
}

/// The street alone: `UnparsedAddress` may go on with city, state and ZIP.
Text street(const json::Value& row) {
    if (auto whole = json::text(row, "UnparsedAddress")) {
        const auto city = text::lower(json::text(row, "City").value_or(""));
        for (auto comma = whole->find(','); comma != whole->npos && !city.empty();
             comma = whole->find(',', comma + 1))
            if (text::lower(text::trimmed(std::string_view(*whole).substr(comma + 1)))
                    .starts_with(city))
                return std::string(text::trimmed(whole->substr(0, comma)));
        return whole;
    }
    return joined(StreetParts{.number = json::text(row, "StreetNumber"),
                              .direction = json::text(row, "StreetDirPrefix"),
                              .name = json::text(row, "StreetName"),
                              .suffix = json::text(row, "StreetSuffix"),
                              .direction_behind = json::text(row, "StreetDirSuffix")});
}

/// `Land` where the type says so: what kind of land matters less than that there is no house.
Text property_type(const json::Value& row) {
    const auto types = words(row, "PropertyType"), kinds = words(row, "PropertySubType");
    if (!types.empty() && (types[0] == "Land" || kinds.empty())) return types[0];
    return kinds.empty() ? std::nullopt : Text(kinds[0]);
}

/// The number as the public sees it.
Text number(const json::Value& row, const ResoHost& host) {
    auto number = json::text(row, "ListingId");
    const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto end = static_cast<std::ptrdiff_t>(host.prefix);
    if (number && host.prefix > 0 && number->size() > host.prefix &&
        std::all_of(number->begin(), number->begin() + end, is_letter))
        number->erase(0, host.prefix);
    return number;
}

Text status(const json::Value& row) {
    const auto said = words(row, "StandardStatus");
    if (!said.empty()) return said[0];
    return json::text(row, "MlsStatus");
}

/// Why a row may not be shown; none: it may.
Text out_of_view(const json::Value& row) {
    const auto said = letters(status(row).value_or(""));
    const auto type = letters(json::text(row, "PropertyType").value_or(""));
    const auto* uses = json::array(row, "MlgCanUse");
    if (json::truth(row, "MlgCanView") == false || said == "delete" || said == "deleted")
        return "the MLS has withdrawn it";
    if (uses && uses->empty()) return "the MLS lets it be used for nothing";
    if (json::truth(row, "InternetEntireListingDisplayYN") == false)
        return "its seller wants it off the internet";
    if (said == "incomplete") return "it is not complete at the MLS yet";
    if (type == "residentiallease" || type == "commerciallease") return "it is offered for rent";
    return std::nullopt;
}

void read_place(const json::Value& row, ListingDraft& draft, bool address_shown) {
    Listing& home = draft.said.listing;
    home.city = json::text(row, "City");
    home.state = json::text(row, "StateOrProvince");
    home.zip = json::text(row, "PostalCode");
    home.county = json::text(row, "CountyOrParish");
    home.parcel_id = json::text(row, "ParcelNumber");
    draft.said.features.subdivision = json::text(row, "SubdivisionName");
    if (!address_shown) return;  // a point on the map tells it as well
    home.address = street(row);
    draft.unit = json::text(row, "UnitNumber");
    draft.said.features.latitude = json::number(row, "Latitude");
    draft.said.features.longitude = json::number(row, "Longitude");
}

void read_offer(const json::Value& row, ListingDraft& draft) {
    Listing& home = draft.said.listing;
    home.status = status(row);
    home.initial_price = whole(row, "OriginalListPrice");
    home.days_on_market = whole(row, "DaysOnMarket");
    auto listed = day(row, "OnMarketDate");
    if (!listed) listed = day(row, "ListingContractDate");
    if (listed) home.list_date = to_text(*listed);
    draft.sold_price = whole(row, "ClosePrice");
    draft.said.sold_on = day(row, "CloseDate");
    // Of a sold home the price is what was paid; where that is not told, the asking price is not.
    if (!is_sold(home.status)) home.price = whole(row, "ListPrice");
    home.listing_agent_name = json::text(row, "ListAgentFullName");
    home.listing_agent_phone = first_of(row, {"ListAgentPreferredPhone", "ListAgentDirectPhone",
                                              "ListAgentMobilePhone", "ListAgentOfficePhone"});
    home.listing_agent_email = json::text(row, "ListAgentEmail");
    home.listing_brokerage = json::text(row, "ListOfficeName");
    home.virtual_tour_url = web_address(row, "VirtualTourURLUnbranded");
}

void read_house(const json::Value& row, Listing& home) {
    home.property_type = property_type(row);
    home.style = list(row, {"ArchitecturalStyle"});
    home.beds = whole(row, "BedroomsTotal");
    home.baths = bathrooms(row);
    home.sqft = living_area(row);
    home.acreage = acres(row);
    home.year_built = whole(row, "YearBuilt");
}

Text yes(const json::Value& row, const char* key, const char* text) {
    return json::truth(row, key) == true ? Text(text) : std::nullopt;
}

void read_features(const json::Value& row, Features& what) {
    what.views = list(row, {"View"});
    if (!what.views) what.views = yes(row, "ViewYN", "Yes");
    what.water_features = list(row, {"WaterfrontFeatures"});
    if (!what.water_features) what.water_features = yes(row, "WaterfrontYN", "Waterfront");
    if (const auto water = json::text(row, "WaterBodyName"))
        what.water_features = what.water_features ? *what.water_features + ", " + *water : *water;
    what.amenities = list(
        row, {"InteriorFeatures", "ExteriorFeatures", "CommunityFeatures", "AssociationAmenities"});
    what.heating = list(row, {"Heating"});
    what.cooling = list(row, {"Cooling"});
    what.sewer = list(row, {"Sewer"});
    what.roof = list(row, {"Roof"});
    what.garage = garage(row);
    what.stories = stories(row);
    what.hoa_fee = monthly_fee(row);
    what.tax_assessed_value = whole(row, "TaxAssessedValue");
    what.tax_annual_amount = whole(row, "TaxAnnualAmount");
}

MlsListing state(const json::Value& row, const ResoHost& host, const std::string& system) {
    const auto listing_key = key(row);
    if (!listing_key) throw Error(Fault::invalid, "it has neither ListingKey nor ListingId");
    MlsListing listing{.system = system.empty() ? "feed" : system, .key = *listing_key};
    listing.id = listing.system + " " + listing.key;
    listing.number = json::text(row, "ListingId");
    listing.modified_at = instant(row, host.modified);
    listing.out_of_view = out_of_view(row);
    listing.address_shown = json::truth(row, "InternetAddressDisplayYN") == false ? 0 : 1;
    if (const auto* uses = json::array(row, "MlgCanUse"))
        listing.can_use = JsonText{json::serialized(*uses)};
    return listing;
}

}  // namespace

std::vector<std::string> fields(const ResoHost& host) {
    std::vector<std::string> all(standard_fields.begin(), standard_fields.end());
    all.insert(all.end(), host.own_fields.begin(), host.own_fields.end());
    return all;
}

std::optional<std::string> key(const json::Value& row) {
    return first_of(row, {"ListingKey", "ListingId"});
}

ResoListing listing(const json::Value& row, const ResoHost& host, const std::string& system) {
    ResoListing read{.listing = state(row, host, system)};
    ListingDraft draft;
    draft.said.listing.mls_number = number(row, host);
    draft.said.listing.mls_source = json::text(row, "OriginatingSystemName");
    if (!draft.said.listing.mls_source && !system.empty()) draft.said.listing.mls_source = system;
    if (!draft.said.listing.mls_source)
        draft.said.listing.mls_source = json::text(row, "SourceSystemName");
    read_place(row, draft, read.listing.address_shown != 0);
    read_offer(row, draft);
    read_house(row, draft.said.listing);
    read_features(row, draft.said.features);
    if (host.photos == ResoHost::Photos::linked) {
        const auto found = photos(row);
        if (!found.urls.empty())
            draft.said.listing.photo_urls = JsonText{text::json_array(found.urls)};
        draft.said.listing.primary_photo = found.first;
    }
    read.said = cleaned(finished(std::move(draft)));
    const auto& home = read.said.listing;
    read.listing.on_market =
        is_for_sale(home.status) || home.status == "pending" || home.status == "contingent";
    read.listing.listed_on = home.list_date.value_or("");
    return read;
}

std::string raw(const json::Value& row, const ResoHost& host) {
    json::Object kept;
    for (const auto& field : fields(host))
        if (const auto* value = json::member(row, field)) kept[field] = *value;
    return json::serialized(kept);
}

}  // namespace dreams::sources::reso_read
