#include "sources/capture.h"

#include <algorithm>

#include "base/text.h"
#include "model/listing_status.h"
#include "sources/address_line.h"
#include "sources/json_values.h"

namespace dreams::sources {
namespace {

/// A capture on its way: what still has to be put together.
struct Draft {
    CaptureReading reading;
    std::optional<std::string> source, source_id, zpid, url, seen_at;
    std::optional<double> lot_acres;
};

constexpr auto reading = &Draft::reading;
constexpr auto capture = &CaptureReading::capture;
constexpr auto said = &Capture::said;
constexpr auto listing = &Sighting::listing;
constexpr auto features = &Sighting::features;
constexpr auto engagement = &Sighting::engagement;
constexpr auto workflow = &Capture::workflow;

// ---- Readers: `path` leads from the draft to the member

template <auto... path>
std::string text(Draft& draft, const json::Value& value) {
    return read_text(value, (draft.*....*path));
}
template <auto... path>
std::string code(Draft& draft, const json::Value& value) {
    return read_code(value, (draft.*....*path));
}
template <Measure measure, auto... path>
std::string whole(Draft& draft, const json::Value& value) {
    return read_whole(value, (draft.*....*path), measure);
}
template <Measure measure, auto... path>
std::string number(Draft& draft, const json::Value& value) {
    return read_number(value, (draft.*....*path), measure);
}

template <auto member>
constexpr auto listing_text = text<reading, capture, said, listing, member>;
template <auto member>
constexpr auto listing_code = code<reading, capture, said, listing, member>;
template <auto member, Measure measure>
constexpr auto listing_whole = whole<measure, reading, capture, said, listing, member>;
template <auto member>
constexpr auto feature_text = text<reading, capture, said, features, member>;
template <auto member>
std::string feature_words(Draft& draft, const json::Value& value) {
    return read_words(value, draft.reading.capture.said.features.*member);
}
template <auto member>
constexpr auto feature_dollars = whole<Measure::dollars, reading, capture, said, features, member>;
template <auto member>
constexpr auto feature_count = whole<Measure::count, reading, capture, said, features, member>;
template <auto member>
constexpr auto agents_text = text<reading, capture, workflow, member>;

std::string latitude(Draft& draft, const json::Value& value) {
    return read_degrees(value, 90, draft.reading.capture.said.features.latitude);
}
std::string longitude(Draft& draft, const json::Value& value) {
    return read_degrees(value, 180, draft.reading.capture.said.features.longitude);
}

std::string photos(Draft& draft, const json::Value& value) {
    int left_out = 0;
    auto wrong = read_addresses(value, draft.reading.capture.said.listing.photo_urls, left_out);
    if (left_out > 0)
        draft.reading.ignored.push_back(
            {"photo_urls", std::to_string(left_out) + " of them are no web addresses"});
    return wrong;
}

std::string added_by(Draft& draft, const json::Value& value) {
    auto& said_by = draft.reading.capture.workflow;
    auto wrong = read_text(value, said_by.added_by);
    said_by.captured_by = said_by.added_by;
    return wrong;
}

/// Sent, and of no use to us.
std::string passed_over(Draft&, const json::Value&) {
    return "";
}

struct Key : CaptureKey {
    std::string (*read)(Draft&, const json::Value&);
};

std::vector<Key> all_keys() {
    using L = Listing;
    using F = Features;
    using E = Engagement;
    using W = HomeWorkflow;
    const auto keys = [](std::string_view type, auto... pairs) {
        return std::vector<Key>{Key{{pairs.first, type}, pairs.second}...};
    };
    const auto key = [](std::string_view name, std::string (*read)(Draft&, const json::Value&)) {
        return std::pair(name, read);
    };
    auto all = keys(
        "string", key("address", listing_text<&L::address>), key("city", listing_text<&L::city>),
        key("state", listing_text<&L::state>), key("zip", listing_code<&L::zip>),
        key("county", listing_text<&L::county>),
        key("property_type", listing_text<&L::property_type>),
        key("style", listing_text<&L::style>), key("status", listing_text<&L::status>),
        key("mls_number", listing_code<&L::mls_number>),
        key("mls_source", listing_text<&L::mls_source>),
        key("parcel_id", listing_code<&L::parcel_id>), key("source", text<&Draft::source>),
        key("source_id", code<&Draft::source_id>), key("zpid", code<&Draft::zpid>),
        key("zillow_id", listing_code<&L::zillow_id>),
        key("realtor_id", listing_code<&L::realtor_id>),
        key("redfin_id", listing_code<&L::redfin_id>), key("url", text<&Draft::url>),
        key("zillow_url", listing_text<&L::zillow_url>),
        key("realtor_url", listing_text<&L::realtor_url>),
        key("redfin_url", listing_text<&L::redfin_url>),
        key("listing_agent_name", listing_text<&L::listing_agent_name>),
        key("listing_agent_phone", listing_code<&L::listing_agent_phone>),
        key("listing_agent_email", listing_text<&L::listing_agent_email>),
        key("listing_brokerage", listing_text<&L::listing_brokerage>),
        key("heating", feature_words<&F::heating>), key("cooling", feature_words<&F::cooling>),
        key("garage", feature_words<&F::garage>), key("sewer", feature_words<&F::sewer>),
        key("roof", feature_words<&F::roof>), key("subdivision", feature_text<&F::subdivision>),
        key("primary_photo", listing_text<&L::primary_photo>),
        key("virtual_tour_url", listing_text<&L::virtual_tour_url>),
        key("added_for", agents_text<&W::added_for>), key("added_by", added_by),
        key("notes", agents_text<&W::notes>), key("scraped_at", text<&Draft::seen_at>));
    const auto wholes =
        keys("integer", key("price", listing_whole<&L::price, Measure::dollars>),
             key("beds", listing_whole<&L::beds, Measure::count>),
             key("sqft", listing_whole<&L::sqft, Measure::square_feet>),
             key("year_built", listing_whole<&L::year_built, Measure::count>),
             key("days_on_market", listing_whole<&L::days_on_market, Measure::count>),
             key("hoa_fee", feature_dollars<&F::hoa_fee>),
             key("tax_assessed_value", feature_dollars<&F::tax_assessed_value>),
             key("tax_annual_amount", feature_dollars<&F::tax_annual_amount>),
             key("zestimate", feature_dollars<&F::zestimate>),
             key("rent_zestimate", feature_dollars<&F::rent_zestimate>),
             key("page_views",
                 whole<Measure::count, reading, capture, said, engagement, &E::page_views>),
             key("favorites_count",
                 whole<Measure::count, reading, capture, said, engagement, &E::favorites_count>),
             key("stories", feature_count<&F::stories>),
             key("school_elementary_rating", feature_count<&F::school_elementary_rating>),
             key("school_middle_rating", feature_count<&F::school_middle_rating>),
             key("school_high_rating", feature_count<&F::school_high_rating>),
             key("confidence", passed_over));
    const auto numbers = keys(
        "number", key("baths", number<Measure::baths, reading, capture, said, listing, &L::baths>),
        key("lot_acres", number<Measure::acres, &Draft::lot_acres>),
        key("acreage", number<Measure::acres, reading, capture, said, listing, &L::acreage>),
        key("latitude", latitude), key("longitude", longitude));
    all.insert(all.end(), wholes.begin(), wholes.end());
    all.insert(all.end(), numbers.begin(), numbers.end());
    all.push_back({{"photo_urls", "array"}, photos});
    all.push_back({{"isSearchResult", "boolean"}, passed_over});
    return all;
}

const std::vector<Key>& known_keys() {
    static const std::vector<Key> keys = all_keys();
    return keys;
}

// ---- From the draft to the capture

/// `Realtor.com` and `realtor` are one.
std::string source_word(const std::string& source) {
    const auto lower = text::lower(source);
    for (const char* portal : {"redfin", "zillow", "realtor"})
        if (lower.find(portal) != std::string::npos) return portal;
    constexpr std::size_t longest = 40;
    return lower.substr(0, longest);
}

void set_if_new(std::optional<std::string>& value, const std::optional<std::string>& found) {
    if (!value && found) value = found;
}

/// The Zillow and the Realtor.com page send their own id under one key, `zpid`.
void settle_ids(Draft& draft) {
    auto& made = draft.reading.capture;
    auto& home = made.said.listing;
    if (made.source == "zillow") set_if_new(home.zillow_id, draft.source_id);
    if (made.source == "realtor") set_if_new(home.realtor_id, draft.source_id);
    if (made.source == "redfin") set_if_new(home.redfin_id, draft.source_id);
    set_if_new(made.source == "realtor" ? home.realtor_id : home.zillow_id, draft.zpid);
}

void settle_links(Draft& draft) {
    auto& made = draft.reading.capture;
    auto& home = made.said.listing;
    const auto check = [&](const char* field, std::optional<std::string>& url) {
        if (!url || is_web_address(*url)) return;
        draft.reading.ignored.push_back({field, "it is no web address"});
        url.reset();
    };
    check("url", draft.url);
    auto& own = made.source == "zillow"    ? home.zillow_url
                : made.source == "realtor" ? home.realtor_url
                : made.source == "redfin"  ? home.redfin_url
                                           : home.mls_url;
    set_if_new(own, draft.url);
    check("zillow_url", home.zillow_url);
    check("realtor_url", home.realtor_url);
    check("redfin_url", home.redfin_url);
    check("virtual_tour_url", home.virtual_tour_url);
    check("primary_photo", home.primary_photo);
    if (!home.primary_photo && home.photo_urls) {
        const auto list = json::parse(home.photo_urls->text);
        home.primary_photo = std::string(list.at(0).as_string());
    }
}

void note_status(Capture& made, std::vector<FieldRemark>& ignored) {
    const auto& status = made.said.listing.status;
    made.named_status = status && !text::trimmed(*status).empty();
    if (!made.named_status) return;
    if (!is_known_status(*status))
        ignored.push_back(
            {"status", "it is a word that is not known; a status that is known stays"});
    else if (!listing_status(*status))
        ignored.push_back(
            {"status", "it says that nothing is known; a status that is known stays"});
}

/// What the store will pass over is named, so that the sender does not take it for kept.
void name_what_tells_nothing(Capture& made, std::vector<FieldRemark>& ignored) {
    note_status(made, ignored);
    std::vector<LeftOut> left_out;
    made.said = cleaned(std::move(made.said), left_out);
    for (auto& each : left_out) ignored.push_back({std::string(each.field), std::move(each.why)});
}

void settle(Draft& draft) {
    auto& made = draft.reading.capture;
    if (draft.source) made.source = source_word(*draft.source);
    settle_ids(draft);
    split_address(made.said.listing);
    settle_links(draft);
    if (draft.lot_acres) made.said.listing.acreage = draft.lot_acres;
    if (draft.seen_at) {
        made.seen_at = instant_from(*draft.seen_at);
        if (!made.seen_at) draft.reading.ignored.push_back({"scraped_at", "it is no UTC time"});
    }
    name_what_tells_nothing(made, draft.reading.ignored);
}

}  // namespace

CaptureReading read_capture(const json::Value& payload) {
    if (!payload.is_object()) throw Error(Fault::invalid, "a capture is a JSON object");
    Draft draft;
    for (const auto& [name, value] : payload.get_object()) {
        const std::string_view called(name);
        const auto key = std::ranges::find(known_keys(), called, &Key::name);
        if (key == known_keys().end()) {
            draft.reading.unknown.emplace_back(text::valid_utf8(called));
        } else if (const auto wrong = key->read(draft, value); !wrong.empty()) {
            draft.reading.refused.push_back(
                {std::string(called), std::string(called) + " " + wrong});
        }
    }
    if (draft.reading.refused.empty()) settle(draft);
    if (!draft.reading.capture.said.listing.address)
        draft.reading.refused.insert(draft.reading.refused.begin(),
                                     {"address", "address is required"});
    return std::move(draft.reading);
}

const std::vector<CaptureKey>& capture_keys() {
    static const std::vector<CaptureKey> keys(known_keys().begin(), known_keys().end());
    return keys;
}

}  // namespace dreams::sources
