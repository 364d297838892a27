#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams {

/// What is offered, where, for how much: identity, address, price, status, links and the agent who
/// lists it. Written by a source (capture, file, feed, Notion) through jobs, and by nobody else.
struct Listing {
    std::optional<std::string> mls_number;           ///< MLS listing number
    std::optional<std::string> parcel_id;            ///< County parcel ID
    std::optional<std::string> zillow_id;            ///< Zillow property ID
    std::optional<std::string> redfin_id;            ///< Redfin property ID
    std::optional<std::string> realtor_id;           ///< Realtor.com ID
    std::optional<std::string> address;              ///< Full street address
    std::optional<std::string> city;                 ///< City
    std::optional<std::string> state;                ///< State
    std::optional<std::string> zip;                  ///< ZIP code
    std::optional<std::string> county;               ///< County
    std::optional<std::int64_t> price;               ///< Current list price
    std::optional<std::int64_t> beds;                ///< Bedrooms
    std::optional<double> baths;                     ///< Bathrooms
    std::optional<std::int64_t> sqft;                ///< Square footage
    std::optional<double> acreage;                   ///< Lot size in acres
    std::optional<std::int64_t> year_built;          ///< Year built
    std::optional<std::string> property_type;        ///< Property type
    std::optional<std::string> style;                ///< Architectural style
    std::optional<std::string> status;               ///< 'active', 'pending', 'sold'
    std::optional<std::int64_t> days_on_market;      ///< DOM
    std::optional<std::string> list_date;            ///< Original list date
    std::optional<std::int64_t> initial_price;       ///< Initial list price
    std::optional<JsonText> price_history;           ///< JSON price history
    std::optional<JsonText> status_history;          ///< JSON status history
    std::optional<std::string> listing_agent_name;   ///< Listing agent
    std::optional<std::string> listing_agent_phone;  ///< Agent phone
    std::optional<std::string> listing_agent_email;  ///< Agent email
    std::optional<std::string> listing_brokerage;    ///< Listing brokerage
    std::optional<std::string> zillow_url;           ///< Zillow listing URL
    std::optional<std::string> realtor_url;          ///< Realtor.com URL
    std::optional<std::string> redfin_url;           ///< Redfin URL
    std::optional<std::string> mls_url;              ///< MLS URL
    std::optional<std::string> idx_url;              ///< IDX URL
    std::optional<JsonText> photo_urls;              ///< JSON array of photo URLs
    std::optional<std::string> primary_photo;        ///< Primary photo URL
    std::optional<std::string> virtual_tour_url;     ///< Virtual tour URL
    std::optional<std::string> mls_source;           ///< MLS data source
    std::optional<std::string> source;               ///< Data source

    static constexpr auto columns() {
        return Columns{
            Column{"mls_number", &Listing::mls_number},
            Column{"parcel_id", &Listing::parcel_id},
            Column{"zillow_id", &Listing::zillow_id},
            Column{"redfin_id", &Listing::redfin_id},
            Column{"realtor_id", &Listing::realtor_id},
            Column{"address", &Listing::address},
            Column{"city", &Listing::city},
            Column{"state", &Listing::state},
            Column{"zip", &Listing::zip},
            Column{"county", &Listing::county},
            Column{"price", &Listing::price},
            Column{"beds", &Listing::beds},
            Column{"baths", &Listing::baths},
            Column{"sqft", &Listing::sqft},
            Column{"acreage", &Listing::acreage},
            Column{"year_built", &Listing::year_built},
            Column{"property_type", &Listing::property_type},
            Column{"style", &Listing::style},
            Column{"status", &Listing::status},
            Column{"days_on_market", &Listing::days_on_market},
            Column{"list_date", &Listing::list_date},
            Column{"initial_price", &Listing::initial_price},
            Column{"price_history", &Listing::price_history},
            Column{"status_history", &Listing::status_history},
            Column{"listing_agent_name", &Listing::listing_agent_name},
            Column{"listing_agent_phone", &Listing::listing_agent_phone},
            Column{"listing_agent_email", &Listing::listing_agent_email},
            Column{"listing_brokerage", &Listing::listing_brokerage},
            Column{"zillow_url", &Listing::zillow_url},
            Column{"realtor_url", &Listing::realtor_url},
            Column{"redfin_url", &Listing::redfin_url},
            Column{"mls_url", &Listing::mls_url},
            Column{"idx_url", &Listing::idx_url},
            Column{"photo_urls", &Listing::photo_urls},
            Column{"primary_photo", &Listing::primary_photo},
            Column{"virtual_tour_url", &Listing::virtual_tour_url},
            Column{"mls_source", &Listing::mls_source},
            Column{"source", &Listing::source},
        };
    }
};

/// What the home is like, where it lies and what it costs to keep. Written by a source.
struct Features {
    std::optional<std::string> views;                      ///< View features
    std::optional<std::string> water_features;             ///< Water features
    std::optional<std::string> amenities;                  ///< Amenities list
    std::optional<std::string> heating;                    ///< Heating type
    std::optional<std::string> cooling;                    ///< Cooling type
    std::optional<std::string> garage;                     ///< Garage details
    std::optional<std::string> sewer;                      ///< Sewer type
    std::optional<std::string> roof;                       ///< Roof type
    std::optional<std::int64_t> stories;                   ///< Number of stories
    std::optional<std::string> subdivision;                ///< Subdivision name
    std::optional<double> latitude;                        ///< GPS latitude
    std::optional<double> longitude;                       ///< GPS longitude
    std::optional<std::int64_t> school_elementary_rating;  ///< Elementary school rating
    std::optional<std::int64_t> school_middle_rating;      ///< Middle school rating
    std::optional<std::int64_t> school_high_rating;        ///< High school rating
    std::optional<std::int64_t> hoa_fee;                   ///< Monthly HOA fee
    std::optional<std::int64_t> tax_assessed_value;        ///< Tax assessed value
    std::optional<std::int64_t> tax_annual_amount;         ///< Annual property tax
    std::optional<std::int64_t> zestimate;                 ///< Zillow estimate
    std::optional<std::int64_t> rent_zestimate;            ///< Zillow rent estimate

    static constexpr auto columns() {
        return Columns{
            Column{"views", &Features::views},
            Column{"water_features", &Features::water_features},
            Column{"amenities", &Features::amenities},
            Column{"heating", &Features::heating},
            Column{"cooling", &Features::cooling},
            Column{"garage", &Features::garage},
            Column{"sewer", &Features::sewer},
            Column{"roof", &Features::roof},
            Column{"stories", &Features::stories},
            Column{"subdivision", &Features::subdivision},
            Column{"latitude", &Features::latitude},
            Column{"longitude", &Features::longitude},
            Column{"school_elementary_rating", &Features::school_elementary_rating},
            Column{"school_middle_rating", &Features::school_middle_rating},
            Column{"school_high_rating", &Features::school_high_rating},
            Column{"hoa_fee", &Features::hoa_fee},
            Column{"tax_assessed_value", &Features::tax_assessed_value},
            Column{"tax_annual_amount", &Features::tax_annual_amount},
            Column{"zestimate", &Features::zestimate},
            Column{"rent_zestimate", &Features::rent_zestimate},
        };
    }
};

/// What a portal counted on the listing. Written by a source.
struct Engagement {
    std::optional<std::int64_t> page_views;       ///< Listing page views
    std::optional<std::int64_t> favorites_count;  ///< Favorites count

    static constexpr auto columns() {
        return Columns{
            Column{"page_views", &Engagement::page_views},
            Column{"favorites_count", &Engagement::favorites_count},
        };
    }
};

/// What the team's IDX site says of the MLS number. Written by the IDX validation.
struct IdxCheck {
    std::optional<std::string> idx_mls_number;         ///< Validated IDX MLS#
    std::optional<std::string> original_mls_number;    ///< Original MLS# before validation
    std::optional<std::string> idx_validation_status;  ///< 'pending', 'validated', 'not_found'
    std::optional<Instant> idx_validated_at;           ///< Validation timestamp
    std::optional<std::string> idx_mls_source;         ///< IDX source

    static constexpr auto columns() {
        return Columns{
            Column{"idx_mls_number", &IdxCheck::idx_mls_number},
            Column{"original_mls_number", &IdxCheck::original_mls_number},
            Column{"idx_validation_status", &IdxCheck::idx_validation_status},
            Column{"idx_validated_at", &IdxCheck::idx_validated_at},
            Column{"idx_mls_source", &IdxCheck::idx_mls_source},
        };
    }
};

/// Which Notion page is this home's, and whether both agree. Written by the Notion sync.
struct NotionLink {
    std::optional<std::string> notion_page_id;  ///< Notion page ID
    std::optional<Instant> notion_synced_at;    ///< Last Notion sync
    std::optional<std::string> sync_status;     ///< 'pending', 'synced', 'error'
    std::optional<std::string> sync_error;      ///< Sync error message

    static constexpr auto columns() {
        return Columns{
            Column{"notion_page_id", &NotionLink::notion_page_id},
            Column{"notion_synced_at", &NotionLink::notion_synced_at},
            Column{"sync_status", &NotionLink::sync_status},
            Column{"sync_error", &NotionLink::sync_error},
        };
    }
};

/// For whom a home was added, by whom, and what they noted. Written by the agent.
struct HomeWorkflow {
    std::optional<std::string> added_for;    ///< Client name
    std::optional<std::string> added_by;     ///< Agent who added
    std::optional<std::string> notes;        ///< Notes
    std::optional<std::string> captured_by;  ///< Capture source

    static constexpr auto columns() {
        return Columns{
            Column{"added_for", &HomeWorkflow::added_for},
            Column{"added_by", &HomeWorkflow::added_by},
            Column{"notes", &HomeWorkflow::notes},
            Column{"captured_by", &HomeWorkflow::captured_by},
        };
    }
};

/// When the row was made, changed and last looked at.
struct HomeStamps {
    std::optional<Instant> created_at;         ///< Creation timestamp
    std::optional<Instant> updated_at;         ///< Update timestamp
    std::optional<Instant> last_monitored_at;  ///< Last monitoring check

    static constexpr auto columns() {
        return Columns{
            Column{"created_at", &HomeStamps::created_at},
            Column{"updated_at", &HomeStamps::updated_at},
            Column{"last_monitored_at", &HomeStamps::last_monitored_at},
        };
    }
};

/// A row of `properties`: its 77 columns as parts, each with exactly one writer.
struct Property {
    PropertyId id;
    Listing listing;
    Features features;
    Engagement engagement;
    IdxCheck idx;
    NotionLink notion;
    HomeWorkflow workflow;
    HomeStamps stamps;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &Property::id}, Part{&Property::listing}, Part{&Property::features},
            Part{&Property::engagement}, Part{&Property::idx},     Part{&Property::notion},
            Part{&Property::workflow},   Part{&Property::stamps},
        };
    }
};

}  // namespace dreams
