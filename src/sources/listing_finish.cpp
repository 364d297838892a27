#include <cmath>

#include "base/text.h"
#include "model/address_key.h"
#include "model/listing_status.h"
#include "sources/address_line.h"
#include "sources/listing_fields.h"

namespace dreams::sources {
namespace {

constexpr double square_feet_per_acre = 43'560;

/// The digits that stand between `before` and `after` in a listing's address; empty: not there.
std::string digits_between(const std::string& url, std::string_view before,
                           std::string_view after) {
    const auto at = url.find(before);
    if (at == std::string::npos) return "";
    const auto from = at + before.size();
    const auto to = url.find_first_not_of("0123456789", from);
    const auto end = to == std::string::npos ? url.size() : to;
    if (!after.empty() && url.compare(end, after.size(), after) != 0) return "";
    return url.substr(from, end - from);
}

void set_if_new(std::optional<std::string>& value, std::string found) {
    if (!value && !found.empty()) value = std::move(found);
}

/// The id of a portal stands in the address of its page.
void recognise(Listing& home, const std::string& url) {
    if (url.find("redfin.com/") != std::string::npos) {
        home.redfin_url = url;
        set_if_new(home.redfin_id, digits_between(url, "/home/", ""));
    } else if (url.find("zillow.com/") != std::string::npos) {
        home.zillow_url = url;
        const auto at = url.rfind("_zpid");
        const auto slash = at == std::string::npos ? at : url.rfind('/', at);
        if (slash != std::string::npos)
            set_if_new(home.zillow_id, digits_between(url.substr(slash), "/", "_zpid"));
    } else if (url.find("realtor.com/") != std::string::npos) {
        home.realtor_url = url;
        const auto at = url.rfind("_M");
        if (at != std::string::npos) {
            std::string id;
            for (const char c : url.substr(at + 2))
                if (c >= '0' && c <= '9') id += c;
            set_if_new(home.realtor_id, id);
        }
    } else {
        home.mls_url = url;
    }
}

bool has_digit(std::string_view text) {
    return text.find_first_of("0123456789") != text.npos;
}

/// The street from its parts; a number of its own before an address that has none.
void put_together(Listing& home, const StreetParts& street) {
    if (!home.address)
        home.address = joined(street);
    else if (street.number && !has_digit(*home.address))
        home.address = joined({.number = street.number, .name = home.address});
}

void add_unit(Listing& home, const std::string& unit) {
    if (!home.address) return;
    const std::string bare(text::trimmed(unit.starts_with('#') ? unit.substr(1) : unit));
    const bool named = text::lower(bare).starts_with("unit") ||
                       text::lower(bare).starts_with("apt") || text::lower(bare).starts_with("lot");
    const std::string longer = *home.address + (named ? " " : " #") + bare;
    // The street may hold the unit already, written in another way.
    const auto key = address_key(*home.address), unit_key = address_key(longer);
    const auto last = unit_key.substr(unit_key.rfind(' ') + 1);
    if (!bare.empty() && !(" " + key).ends_with(" " + last)) home.address = longer;
}

void settle_sale(ListingDraft& draft) {
    Listing& home = draft.said.listing;
    if (!home.status && draft.sale_type) {
        if (text::same_word(*draft.sale_type, "PAST SALE")) home.status = "sold";
    } else if (!home.status && draft.said.sold_on) {
        home.status = "sold";
    }
    if (is_sold(home.status)) {
        if (draft.sold_price && *draft.sold_price > 0) home.price = draft.sold_price;
        // Files name a listing date behind the sale: that of another listing.
        if (draft.said.sold_on && home.list_date && *home.list_date > to_text(*draft.said.sold_on))
            home.list_date.reset();
    } else {
        draft.said.sold_on.reset();  // an earlier sale's
    }
}

double rounded(double number, double to) {
    return std::round(number * to) / to;
}

}  // namespace

std::optional<std::string> joined(const StreetParts& parts) {
    std::string street;
    if (parts.number) {
        street = *parts.number;
        constexpr std::string_view point = ".0";
        if (street.ends_with(point)) street.resize(street.size() - point.size());
    }
    for (const auto* part : {&parts.direction, &parts.name, &parts.suffix, &parts.direction_behind})
        if (*part) street += (street.empty() ? "" : " ") + **part;
    return street.empty() ? std::nullopt : std::optional(street);
}

Sighting finished(ListingDraft draft) {
    Listing& home = draft.said.listing;
    put_together(home, draft.street);
    split_address(home);
    if (draft.unit) add_unit(home, *draft.unit);
    if (!home.baths && draft.full_baths)
        home.baths = *draft.full_baths + 0.5 * draft.half_baths.value_or(0);
    if (!home.acreage && draft.lot_sqft)
        home.acreage = rounded(*draft.lot_sqft / square_feet_per_acre, 1e4);
    if (draft.url) recognise(home, *draft.url);
    if (!home.primary_photo && home.photo_urls) {
        const auto end = home.photo_urls->text.find('"', 2);
        home.primary_photo = home.photo_urls->text.substr(2, end - 2);
    }
    settle_sale(draft);
    return std::move(draft.said);
}

}  // namespace dreams::sources
