#include "sources/idx_read.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "model/address_likeness.h"
#include "model/listing_status.h"
#include "sources/listing_page.h"
#include "sources/listing_values.h"
#include "sources/page_scan.h"
#include "sources/page_text.h"

namespace dreams::sources {
namespace {

using json::Value;

constexpr std::size_t most_hits = 200;

/// A field in either shape: `{"data":"$489,000","raw":489000}`, or the value itself.
std::optional<std::string> said(const Value& fields, std::string_view key) {
    const auto* field = json::member(fields, key);
    if (!field || !field->is_object()) return json::text(fields, key);
    const auto data = json::text(*field, "data");
    return data ? data : json::text(*field, "raw");
}

std::optional<std::int64_t> dollars(const Value& fields, std::string_view key) {
    const auto* field = json::member(fields, key);
    const auto text = field && field->is_object() && json::text(*field, "raw")
                          ? json::text(*field, "raw")
                          : said(fields, key);
    const auto price = text ? whole_in(*text, Measure::dollars) : std::nullopt;
    return price && *price > 0 ? price : std::nullopt;
}

/// `Active`: the word that the file uses, with a capital as its column has it.
std::optional<std::string> status_of(const std::optional<std::string>& text) {
    auto status = text ? listing_status(*text) : std::nullopt;
    if (status && (*status)[0] >= 'a' && (*status)[0] <= 'z')
        (*status)[0] = static_cast<char>((*status)[0] - 'a' + 'A');
    return status;
}

/// Only what a browser may open.
std::optional<std::string> address_on(const http::Url& site,
                                      const std::optional<std::string>& reference) {
    const auto url = reference ? resolved(site, *reference) : std::nullopt;
    return url && !url->has_user ? std::optional(url->text()) : std::nullopt;
}

std::optional<std::string> photo_of(const Value& fields) {
    for (const auto key : {"images", "photos"})
        if (const auto* list = json::array(fields, key); list && !list->empty()) {
            const auto& first = list->front();
            if (const auto full = json::text(first, "full")) return full;
            if (first.is_string()) return std::string(first.get_string());
        }
    return said(fields, "photo");
}

/// Street, city, state and ZIP on one line, however many of them stand in the address already.
std::string whole_address(const Value& fields) {
    const auto address = said(fields, "address");
    if (address && address->find(',') != std::string::npos) return *address;
    auto whole = address ? *address : said(fields, "street").value_or("");
    if (whole.empty()) return "";
    if (const auto city = said(fields, "city")) whole += ", " + *city;
    const auto state = said(fields, "state"), zip = said(fields, "zip");
    if (state) whole += ", " + *state;
    if (zip) whole += " " + *zip;
    return whole;
}

IdxHome home_of(const Value& hit, const http::Url& site) {
    const auto* inner = json::member(hit, "fields");
    const Value& fields = inner ? *inner : hit;
    IdxHome home{.mls_number = said(fields, "mls_number").value_or(""),
                 .address = whole_address(fields),
                 .city = said(fields, "city"),
                 .price = dollars(fields, "list_price"),
                 .status = status_of(said(fields, "status")),
                 .photo_url = address_on(site, photo_of(fields)),
                 .url = address_on(site, said(fields, "url")),
                 .board = json::text(hit, "board")};
    return home;
}

bool any_of(const std::string& text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words,
                               [&](auto word) { return text.find(word) != std::string::npos; });
}

/// The title and the first short lines of a page, in lower case.
std::vector<std::string> headings(const PageScan& scan) {
    constexpr std::size_t lines_looked_at = 30, longest = 160;
    std::vector<std::string> said{text::lower(scan.title)};
    for (const auto& line : scan.lines) {
        if (said.size() > lines_looked_at) break;
        std::string whole;
        for (const auto& piece : line) whole += piece + " ";
        if (whole.size() < longest) said.push_back(text::lower(whole));
    }
    return said;
}

/// Whether a page of results says that nothing was found.
bool says_nothing_found(const PageScan& scan) {
    return std::ranges::any_of(headings(scan), [](const std::string& line) {
        return any_of(" " + line,
                      {" no results", " no homes", " no listings", " no properties", " no matches",
                       " no matching", " nothing found", " 0 results", " 0 homes", " 0 listings",
                       " 0 properties", " did not match", " didn't match", " not found",
                       " could not find", " couldn't find"});
    });
}

/// What a page that shows no home says of it in its title or headings; none: nothing.
std::optional<IdxOutcome> farewell(const std::string& html) {
    const auto said = headings(scan_page(html));
    for (const auto& line : said)
        if (any_of(line, {"no longer available", "no longer active", "no longer on the market",
                          "has been sold", "off the market", "been removed"}))
            return IdxOutcome::gone;
    for (const auto& line : said)
        if (any_of(line, {"not found", "could not be found", "couldn't find", "does not exist"}))
            return IdxOutcome::not_found;
    return std::nullopt;
}

IdxAnswer unclear(std::string why) {
    return {.outcome = IdxOutcome::unclear, .why = std::move(why)};
}

IdxHome home_of(const ListingPage& page, std::string_view wanted) {
    const Listing& home = page.all.listing;
    IdxHome found{.mls_number = std::string(wanted),
                  .address = home.address.value_or(""),
                  .city = home.city,
                  .price = home.price,
                  .status = status_of(page.said.listing.status),
                  .photo_url = home.primary_photo,
                  .url = page.url,
                  .board = home.mls_source};
    if (home.city) found.address += ", " + *home.city;
    if (home.state) found.address += ", " + *home.state;
    if (home.zip) found.address += " " + *home.zip;
    return found;
}

}  // namespace

bool is_same_number(std::string_view a, std::string_view b) {
    const auto bare = [](std::string_view number) {
        std::string letters;
        for (const char c : text::lower(number))
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) letters += c;
        return letters;
    };
    const auto one = bare(a);
    return !one.empty() && one == bare(b);
}

std::string number_of_path(std::string_view path) {
    constexpr std::string_view before = "/property/";
    if (!path.starts_with(before)) return "";
    path.remove_prefix(before.size());
    return std::string(path.substr(0, path.find_first_of("/?")));
}

bool heard_number(std::string_view body, std::string_view number) {
    try {
        const auto metadata = json::parse(body);
        const auto* criteria = json::object(metadata, "criteria");
        const auto* heard = criteria ? criteria->if_contains("mls_number") : nullptr;
        if (!heard) return false;
        if (const auto* list = heard->if_array())
            return std::ranges::any_of(*list, [&](const Value& each) {
                return is_same_number(json::text(Value{{"n", each}}, "n").value_or(""), number);
            });
        return is_same_number(json::text(Value(*criteria), "mls_number").value_or(""), number);
    } catch (const Error&) {
        return false;  // a page where JSON was wanted: the site has no such search
    }
}

std::optional<IdxHits> idx_hits(std::string_view body, std::string_view wanted,
                                const http::Url& site) {
    IdxHits hits;
    try {
        const auto list = json::parse(body);
        if (!list.is_array()) return std::nullopt;
        for (const auto& hit : list.get_array()) {
            if (!hit.is_object()) return std::nullopt;
            if (hits.homes.size() >= most_hits) break;
            auto home = home_of(hit, site);
            if (!is_same_number(home.mls_number, wanted))
                hits.foreign = true;
            else if (home.address.empty())
                hits.withheld = true;
            else
                hits.homes.push_back(std::move(home));
        }
    } catch (const Error&) {
        return std::nullopt;
    }
    return hits;
}

IdxAnswer idx_page(const Fetched& page, std::string_view wanted) {
    const std::string number(wanted);
    if (page.status == 404) return {.outcome = IdxOutcome::not_found};
    if (page.status == 410) return {.outcome = IdxOutcome::gone};
    if (page.status != 200)
        return unclear("the page of " + number + " came with status " +
                       std::to_string(page.status));
    const auto html = page_text(page.body, page.content_type);
    try {
        const auto read = read_listing_page(html, {.url = page.url});
        const auto& home = read.all.listing;
        if (!home.address) {
            if (const auto told = farewell(html)) return {.outcome = *told};
            return unclear("the page of " + number + " shows no address");
        }
        if (!is_same_number(home.mls_number.value_or(""), wanted))
            return unclear("the page of " + number + " shows " +
                           home.mls_number.value_or("a home without a number"));
        return {.outcome = IdxOutcome::found,
                .homes = {home_of(read, wanted)},
                .mark = IdxMark{page.url, page.etag, page.last_modified}};
    } catch (const Error& error) {
        if (const auto told = farewell(html)) return {.outcome = *told};
        return unclear("the page of " + number + " could not be read: " + error.what());
    }
}

std::optional<std::vector<std::string>> idx_links(const Fetched& page, const std::string& wanted) {
    const auto at = http::url_from(page.url);
    if (!at) return std::nullopt;
    struct Likeness {
        double of_street = 0, of_all = 0;
    };
    std::map<std::string, Likeness> alike;  // by number
    const auto scan = scan_page(page_text(page.body, page.content_type));
    for (const auto& [href, text] : scan.links) {
        const auto to = resolved(*at, href);
        if (!to || to->site() != at->site()) continue;
        const auto number = number_of_path(to->path);
        if (number.empty()) continue;
        auto& best = alike[number];
        best.of_street = std::max(best.of_street, address_likeness(text, wanted));
        best.of_all = std::max(best.of_all, whole_address_likeness(text, wanted));
    }
    if (alike.empty() && !says_nothing_found(scan)) return std::nullopt;
    std::vector<std::string> numbers;
    for (const auto& [number, likeness] : alike)
        if (likeness.of_street >= alike_enough) numbers.push_back(number);
    std::ranges::stable_sort(numbers, std::ranges::greater{}, [&](const std::string& number) {
        return std::pair(alike[number].of_all, alike[number].of_street);
    });
    return numbers;
}

}  // namespace dreams::sources
