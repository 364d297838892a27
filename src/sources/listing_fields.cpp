#include "sources/listing_fields.h"

#include <algorithm>

#include "base/text.h"
#include "sources/listing_values.h"

namespace dreams::sources {
namespace {

// ---- Readers, a kind of value each; the cell is not empty

template <auto Member>
bool listing_text(ListingDraft& draft, std::string_view cell) {
    draft.said.listing.*Member = std::string(cell);
    return true;
}

/// `SINGLE_FAMILY` as people write it: `Single Family`.
template <auto Member>
bool listing_words(ListingDraft& draft, std::string_view cell) {
    std::string words(cell);
    if (words.find('_') != std::string::npos || words == "CONDOS" || words == "LAND") {
        words = text::lower(words);
        bool begins = true;
        for (char& c : words) {
            if (c == '_') c = ' ';
            if (begins && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            begins = c == ' ';
        }
    }
    draft.said.listing.*Member = words;
    return true;
}

template <auto Member, Measure measure>
bool listing_whole(ListingDraft& draft, std::string_view cell) {
    return (draft.said.listing.*Member = whole_in(cell, measure)).has_value();
}

template <auto Member, Measure measure>
bool listing_number(ListingDraft& draft, std::string_view cell) {
    return (draft.said.listing.*Member = number_in(cell, measure)).has_value();
}

template <auto Member>
bool listing_day(ListingDraft& draft, std::string_view cell) {
    const auto day = day_in(cell);
    if (day) draft.said.listing.*Member = to_text(*day);
    return day.has_value();
}

template <auto Member>
bool feature_text(ListingDraft& draft, std::string_view cell) {
    draft.said.features.*Member = std::string(cell);
    return true;
}

template <auto Member, Measure measure = Measure::dollars>
bool feature_whole(ListingDraft& draft, std::string_view cell) {
    return (draft.said.features.*Member = whole_in(cell, measure)).has_value();
}

template <auto Member>
bool feature_place(ListingDraft& draft, std::string_view cell) {
    return (draft.said.features.*Member = number_in(cell, Measure::plain)).has_value();
}

template <auto Member>
bool draft_text(ListingDraft& draft, std::string_view cell) {
    draft.*Member = std::string(cell);
    return true;
}

template <auto Member>
bool street_part(ListingDraft& draft, std::string_view cell) {
    draft.street.*Member = std::string(cell);
    return true;
}

template <auto Member, Measure measure>
bool draft_number(ListingDraft& draft, std::string_view cell) {
    return (draft.*Member = number_in(cell, measure)).has_value();
}

bool baths(ListingDraft& draft, std::string_view cell) {
    return (draft.said.listing.baths = baths_in(cell)).has_value();
}

bool sold_price(ListingDraft& draft, std::string_view cell) {
    return (draft.sold_price = whole_in(cell, Measure::dollars)).has_value();
}

bool sold_on(ListingDraft& draft, std::string_view cell) {
    return (draft.said.sold_on = day_in(cell)).has_value();
}

/// Realtor.com writes `RateCardRequest` where it does not tell the agent.
bool agent(ListingDraft& draft, std::string_view cell) {
    if (cell != "RateCardRequest") draft.said.listing.listing_agent_name = std::string(cell);
    return true;
}

bool agent_phone(ListingDraft& draft, std::string_view cell) {
    auto& phone = draft.said.listing.listing_agent_phone;
    if (cell.starts_with('['))
        phone = python_value(cell, "number");
    else
        phone = std::string(cell);
    return phone.has_value() || cell == "[]";
}

bool photos(ListingDraft& draft, std::string_view cell) {
    std::vector<std::string> urls;
    for (auto& url : text::split(cell, ','))
        if (url.starts_with("http")) urls.push_back(std::move(url));
    if (!urls.empty()) draft.said.listing.photo_urls = JsonText{text::json_array(urls)};
    return !urls.empty();
}

std::vector<ListingField> all_fields() {
    using L = Listing;
    using F = Features;
    return {
        {"address",
         listing_text<&L::address>,
         {"address", "streetaddress", "fullstreetline", "street", "fulladdress", "unparsedaddress",
          "propertyaddress", "siteaddress"}},
        {"street_number",
         street_part<&StreetParts::number>,
         {"streetnumber", "street#", "streetno", "streetnum", "streetnbr", "housenumber", "house#",
          "houseno", "housenum", "housenbr", "addressnumber", "st#", "stno", "stnum", "stnumber"}},
        {"street_direction",
         street_part<&StreetParts::direction>,
         {"streetdirprefix", "streetdirection", "streetdir", "direction", "dir", "dirprefix",
          "predirection", "predir", "streetprefix", "stdir"}},
        {"street_name", street_part<&StreetParts::name>, {"streetname", "stname", "roadname"}},
        {"street_suffix",
         street_part<&StreetParts::suffix>,
         {"streetsuffix", "suffix", "streettype", "stsuffix", "sttype"}},
        {"street_direction_suffix",
         street_part<&StreetParts::direction_behind>,
         {"streetdirsuffix", "dirsuffix", "postdirection", "postdir", "streetpostdir"}},
        {"unit",
         draft_text<&ListingDraft::unit>,
         {"unit", "unitnumber", "unit#", "unitno", "apt", "apt#", "aptnumber", "aptno"}},
        {"city", listing_text<&L::city>, {"city", "town", "postalcity"}},
        {"state", listing_text<&L::state>, {"state", "stateorprovince"}},
        {"zip", listing_text<&L::zip>, {"zip", "zipcode", "postalcode", "ziporpostalcode", "zip5"}},
        {"county", listing_text<&L::county>, {"county", "countyorparish"}},
        {"mls_number",
         listing_text<&L::mls_number>,
         {"mls#", "mlsnumber", "mlsid", "listingid", "listingnumber", "mlsno", "mls"}},
        {"mls_source",
         listing_text<&L::mls_source>,
         {"mlssource", "originatingsystemname", "board"}},
        {"parcel_id",
         listing_text<&L::parcel_id>,
         {"parcelid", "parcelnumber", "parcel", "apn", "pin", "pid"}},
        {"redfin_id", listing_text<&L::redfin_id>, {"redfinid"}},
        {"zillow_id", listing_text<&L::zillow_id>, {"zillowid", "zpid"}},
        {"realtor_id", listing_text<&L::realtor_id>, {"realtorid"}},
        {"url",
         draft_text<&ListingDraft::url>,
         {"url", "link", "listingurl", "propertyurl", "redfinurl", "zillowurl", "realtorurl"}},
        {"status",
         listing_text<&L::status>,
         {"status", "standardstatus", "mlsstatus", "listingstatus"}},
        {"sale_type", draft_text<&ListingDraft::sale_type>, {"saletype"}},
        {"price",
         listing_whole<&L::price, Measure::dollars>,
         {"price", "listprice", "askingprice", "currentprice", "listingprice"}},
        {"initial_price",
         listing_whole<&L::initial_price, Measure::dollars>,
         {"originallistprice", "originalprice", "initialprice"}},
        {"sold_price",
         sold_price,
         {"soldprice", "saleprice", "closeprice", "closedprice", "salesprice"}},
        {"sold_on",
         sold_on,
         {"solddate", "saledate", "closedate", "closingdate", "dateofsale", "lastsolddate"}},
        {"list_date",
         listing_day<&L::list_date>,
         {"listdate", "listingdate", "onmarketdate", "listingcontractdate"}},
        {"days_on_market",
         listing_whole<&L::days_on_market, Measure::count>,
         {"daysonmarket", "dom", "daysonmls", "cumulativedaysonmarket"}},
        {"beds",
         listing_whole<&L::beds, Measure::count>,
         {"beds", "bedrooms", "bedroomstotal", "bedroomcount", "br"}},
        {"baths", baths, {"baths", "bathrooms", "bathroomstotal", "bathroomstotaldecimal"}},
        {"full_baths",
         draft_number<&ListingDraft::full_baths, Measure::baths>,
         {"fullbaths", "bathroomsfull", "bathsfull"}},
        {"half_baths",
         draft_number<&ListingDraft::half_baths, Measure::baths>,
         {"halfbaths", "bathroomshalf", "bathshalf"}},
        {"sqft",
         listing_whole<&L::sqft, Measure::square_feet>,
         {"sqft", "squarefeet", "sqftliving", "livingarea", "livingsqft", "finishedsqft",
          "grlivarea", "heatedsqft"}},
        {"lot_sqft",
         draft_number<&ListingDraft::lot_sqft, Measure::lot>,
         {"lotsqft", "sqftlot", "lotsize", "lotsizesquarefeet", "lotarea"}},
        {"acreage",
         listing_number<&L::acreage, Measure::acres>,
         {"acreage", "acres", "lotacres", "lotsizeacres"}},
        {"year_built",
         listing_whole<&L::year_built, Measure::count>,
         {"yearbuilt", "yrbuilt", "built"}},
        {"property_type",
         listing_words<&L::property_type>,
         {"propertytype", "type", "hometype", "propertysubtype"}},
        {"style", listing_words<&L::style>, {"architecturalstyle", "housestyle"}},
        {"hoa_fee",
         feature_whole<&F::hoa_fee>,
         {"hoafee", "hoa", "hoa/month", "associationfee", "monthlyhoa"}},
        {"subdivision",
         feature_text<&F::subdivision>,
         {"subdivision", "subdivisionname", "neighborhood", "neighborhoods", "location"}},
        {"stories",
         feature_whole<&F::stories, Measure::count>,
         {"stories", "floors", "storiestotal", "levels"}},
        {"garage",
         feature_text<&F::garage>,
         {"garage", "garagespaces", "parkinggarage", "garagecars"}},
        {"heating", feature_text<&F::heating>, {"heating"}},
        {"cooling", feature_text<&F::cooling>, {"cooling"}},
        {"sewer", feature_text<&F::sewer>, {"sewer"}},
        {"roof", feature_text<&F::roof>, {"roof"}},
        {"views", feature_text<&F::views>, {"views"}},
        {"water_features",
         feature_text<&F::water_features>,
         {"waterfeatures", "waterfrontfeatures"}},
        {"amenities", feature_text<&F::amenities>, {"amenities"}},
        {"latitude", feature_place<&F::latitude>, {"latitude", "lat"}},
        {"longitude", feature_place<&F::longitude>, {"longitude", "lon", "lng", "long"}},
        {"tax_assessed_value",
         feature_whole<&F::tax_assessed_value>,
         {"taxassessedvalue", "assessedvalue"}},
        {"tax_annual_amount",
         feature_whole<&F::tax_annual_amount>,
         {"taxannualamount", "annualtax", "tax", "taxes"}},
        {"zestimate", feature_whole<&F::zestimate>, {"zestimate"}},
        {"listing_agent_name",
         agent,
         {"listingagent", "listingagentname", "agentname", "listagentfullname", "agent"}},
        {"listing_agent_phone",
         agent_phone,
         {"listingagentphone", "agentphone", "agentphones", "listagentpreferredphone"}},
        {"listing_agent_email",
         listing_text<&L::listing_agent_email>,
         {"listingagentemail", "agentemail", "listagentemail"}},
        {"listing_brokerage",
         listing_text<&L::listing_brokerage>,
         {"brokerage", "listingbrokerage", "officename", "listofficename", "brokername"}},
        {"primary_photo",
         listing_text<&L::primary_photo>,
         {"primaryphoto", "photo", "photourl", "image"}},
        {"photo_urls", photos, {"altphotos", "photos", "photourls", "images"}},
        {"virtual_tour_url", listing_text<&L::virtual_tour_url>, {"virtualtoururl", "tour"}},
    };
}

}  // namespace

const std::vector<ListingField>& listing_fields() {
    static const std::vector<ListingField> fields = all_fields();
    return fields;
}

const ListingField* listing_field(std::string_view name) {
    const auto& fields = listing_fields();
    const auto at = std::ranges::find(fields, name, &ListingField::name);
    return at == fields.end() ? nullptr : &*at;
}

std::string normal_header(std::string_view header) {
    std::string normal;
    for (const char c : text::folded(header))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '$' || c == '#' || c == '/')
            normal += c;
    return normal;
}

}  // namespace dreams::sources
