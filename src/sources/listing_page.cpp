#include "sources/listing_page.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "sources/listing_fields.h"
#include "sources/listing_page_facts.h"
#include "sources/page_text.h"
#include "sources/wall.h"

namespace dreams::sources {
namespace {

constexpr std::size_t most_bytes = 6u << 20;
constexpr int by_image = 75, by_any_image = 40, by_own_address = 70;
/// An address can lead to another home's page: what the page says itself goes before.
constexpr int by_number_in_address = 52;

std::string meta(const PageScan& scan, std::string_view name) {
    for (const auto& [key, content] : scan.meta)
        if (key == name && !content.empty()) return content;
    return "";
}

/// The page's own address: as it names itself, as a browser noted it, as it was asked for.
std::optional<http::Url> address_of(const PageScan& scan, const PageOrigin& origin) {
    std::optional<http::Url> known = http::url_from(origin.url);
    if (!known) known = http::url_from(scan.saved_from);
    for (const auto& named : {scan.canonical, meta(scan, "og:url")}) {
        if (named.empty()) continue;
        const auto url = known ? resolved(*known, named) : http::url_from(named);
        if (url) return url;
    }
    return known;
}

/// `/property/4100001/` of a Real Geeks site, `/idx/mls-4100001-12_elm_st` of dsIDXpress.
std::string number_in_path(std::string_view path) {
    for (const auto before : {std::string_view("/property/"), std::string_view("/idx/mls-")}) {
        const auto at = path.find(before);
        if (at == path.npos) continue;
        const auto rest = path.substr(at + before.size());
        const auto number = rest.substr(0, rest.find_first_of("/-?"));
        if (number.find_first_of("0123456789") != number.npos) return std::string(number);
    }
    return "";
}

void read_photos(const PageScan& scan, const std::optional<http::Url>& page, Facts& facts) {
    for (const auto* name : {"og:image", "og:image:secure_url", "twitter:image"})
        facts.add("primary_photo", photo_in(meta(scan, name), page), ReadFrom::meta, by_image);
    for (const auto& image : scan.images) {
        const auto url = photo_in(image, page);
        const auto lower = text::lower(url);
        const auto is = [&](std::string_view ending) {
            return lower.find(ending) != std::string::npos;
        };
        if (is(".jpg") || is(".jpeg") || is(".webp") || is(".png"))
            facts.add("primary_photo", url, ReadFrom::text, by_any_image);
    }
}

Sighting sighting_of(const std::vector<PageField>& fields, int least_confidence) {
    ListingDraft draft;
    for (const auto& field : fields)
        if (field.confidence >= least_confidence)
            listing_field(field.name)->read(draft, field.value);
    return finished(std::move(draft));
}

void require_home(std::string_view html, const Facts& facts) {
    if (facts.has("address") || facts.has("mls_number")) return;
    if (const auto how = wall_in(200, html); !how.empty())
        throw Error(Fault::invalid, "this is not the home's page: it " + how);
    throw Error(Fault::invalid,
                "the page shows no home: neither an address nor an MLS number; of a list of homes "
                "save the CSV instead");
}

}  // namespace

bool is_page(std::string_view text) {
    if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) text = text.substr(2, 8);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto begin = text.find_first_not_of(std::string_view(" \t\r\n\0", 5));
    return begin != text.npos && text[begin] == '<';
}

std::string_view page_source(const ListingPage& page) {
    const auto& home = page.all.listing;
    if (home.redfin_url) return "redfin";
    if (home.zillow_url) return "zillow";
    if (home.realtor_url) return "realtor";
    return "page";
}

ListingPage read_listing_page(std::string_view bytes, const PageOrigin& origin) {
    if (bytes.size() > most_bytes)
        throw Error(Fault::invalid, "the page is larger than 6 MB, which no listing's page is");
    const auto html = page_text(bytes, origin.content_type);
    auto scan = scan_page(html);
    const auto url = address_of(scan, origin);
    Facts facts;
    ListingPage page{.url = url ? url->text() : "", .notices = std::move(scan.notices)};
    read_json_ld(scan, url, facts, page.notices);
    read_marks(scan, facts);
    read_words(scan, facts);
    read_photos(scan, url, facts);
    if (url)
        facts.add("mls_number", number_in_path(url->path), ReadFrom::meta, by_number_in_address);
    require_home(html, facts);
    if (url) facts.add("url", page.url, ReadFrom::meta, by_own_address);
    page.fields = facts.best();
    page.said = sighting_of(page.fields, sure_enough);
    page.all = sighting_of(page.fields, 0);
    return page;
}

}  // namespace dreams::sources
