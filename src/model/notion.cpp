#include "model/notion.h"

#include <algorithm>

namespace dreams {

const std::vector<NotionField>& notion_fields() {
    using enum NotionType;
    using Kind = NotionKind;
    using Rule = NotionRule;
    static const std::vector<NotionField> fields{
        {"address", "Address", title, Kind::text, Rule::ask},
        {"price", "Price", number, Kind::whole, Rule::fresher},
        {"beds", "Bedrooms", number, Kind::whole, Rule::fresher, "Beds"},
        {"baths", "Bathrooms", number, Kind::real, Rule::fresher, "Baths"},
        {"sqft", "Sqft", number, Kind::whole, Rule::fresher, "Sq ft"},
        {"acreage", "Acreage", number, Kind::real, Rule::fresher},
        {"year_built", "Year Built", number, Kind::whole, Rule::fresher},
        {"days_on_market", "DOM", number, Kind::whole, Rule::fresher},
        {"hoa_fee", "HOA Fee", number, Kind::whole, Rule::fresher, "HOA"},
        {"tax_assessed_value", "Tax Assessed", number, Kind::whole, Rule::fresher},
        {"tax_annual_amount", "Annual Tax", number, Kind::whole, Rule::fresher, "Tax Annual"},
        {"zestimate", "Zestimate", number, Kind::whole, Rule::fresher},
        {"rent_zestimate", "Rent Zestimate", number, Kind::whole, Rule::fresher},
        {"page_views", "Page Views", number, Kind::whole, Rule::fresher},
        {"favorites_count", "Favorites", number, Kind::whole, Rule::fresher},
        {"stories", "Stories", number, Kind::whole, Rule::fresher},
        {"latitude", "Latitude", number, Kind::real, Rule::fresher},
        {"longitude", "Longitude", number, Kind::real, Rule::fresher},
        {"school_elementary_rating", "Elementary Rating", number, Kind::whole, Rule::fresher},
        {"school_middle_rating", "Middle Rating", number, Kind::whole, Rule::fresher},
        {"school_high_rating", "High Rating", number, Kind::whole, Rule::fresher},
        {"mls_number", "MLS #", rich_text, Kind::text, Rule::ask},
        {"mls_source", "MLS Source", rich_text, Kind::text, Rule::fresher},
        {"parcel_id", "Parcel ID", rich_text, Kind::text, Rule::ask},
        {"zip", "Zip", rich_text, Kind::text, Rule::fresher},
        {"county", "County", rich_text, Kind::text, Rule::fresher},
        {"state", "State", rich_text, Kind::text, Rule::fresher},
        {"listing_agent_name", "Agent Name", rich_text, Kind::text, Rule::fresher},
        {"listing_agent_phone", "Agent Phone", rich_text, Kind::text, Rule::fresher},
        {"listing_brokerage", "Brokerage", rich_text, Kind::text, Rule::fresher},
        {"heating", "Heating", rich_text, Kind::text, Rule::fresher},
        {"cooling", "Cooling", rich_text, Kind::text, Rule::fresher},
        {"garage", "Garage", rich_text, Kind::text, Rule::fresher},
        {"sewer", "Sewer", rich_text, Kind::text, Rule::fresher},
        {"roof", "Roof", rich_text, Kind::text, Rule::fresher},
        {"subdivision", "Subdivision", rich_text, Kind::text, Rule::fresher},
        {"style", "Style", rich_text, Kind::text, Rule::fresher},
        {"idx_mls_number", "IDX MLS #", rich_text, Kind::text, Rule::fresher},
        {"original_mls_number", "Original MLS #", rich_text, Kind::text, Rule::fresher},
        {"idx_mls_source", "IDX MLS Source", rich_text, Kind::text, Rule::fresher},
        {"added_for", "Added For", rich_text, Kind::text, Rule::notion},
        {"notes", "Notes", rich_text, Kind::text, Rule::notion},
        {"added_by", "Added By", select, Kind::text, Rule::notion},
        {"city", "City", select, Kind::text, Rule::fresher},
        {"property_type", "Property Type", select, Kind::text, Rule::fresher, "Type"},
        {"status", "Status", select, Kind::text, Rule::fresher},
        {"source", "Source", select, Kind::text, Rule::fresher},
        {"idx_validation_status", "IDX Status", select, Kind::text, Rule::fresher},
        {"listing_agent_email", "Agent Email", email, Kind::text, Rule::fresher},
        {"zillow_url", "Zillow URL", url, Kind::link, Rule::fresher},
        {"redfin_url", "Redfin URL", url, Kind::link, Rule::fresher},
        {"realtor_url", "Realtor URL", url, Kind::link, Rule::fresher},
        {"list_date", "List Date", date, Kind::day, Rule::fresher},
        {"primary_photo", "Photos", files, Kind::link, Rule::fresher, "Photo"},
        {"url", "URL", url, Kind::link, Rule::once, "Listing"},
        {"monitoring", "Monitoring Active", checkbox, Kind::yes, Rule::once},
        {"date_saved", "Date Saved", date, Kind::day, Rule::once},
        {"last_updated", "Last Updated", date, Kind::day, Rule::stamp},
    };
    return fields;
}

const NotionField* notion_field(std::string_view column) {
    const auto found = std::ranges::find(notion_fields(), column, &NotionField::column);
    return found == notion_fields().end() ? nullptr : &*found;
}

}  // namespace dreams
