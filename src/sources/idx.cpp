#include "sources/idx.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "model/address_likeness.h"
#include "sources/idx_read.h"

namespace dreams::sources {
namespace {

const std::string as_json = "application/json";
const std::string as_page = "text/html,application/xhtml+xml";
const std::string no_address = "the site shows no address for it";
constexpr std::size_t most_candidates = 3;

/// The criteria and fields of the newer search, as the vendor's own tools name them.
std::string newer_search(const std::string& number) {
    return "/api/v2/search/?mls_number=" + http::url_encoded(number) +
           "&page=1&per_page=25&fields=mls_number,address,city,list_price,beds,baths,area,type,"
           "status,url&sort_latest=true";
}
std::string metadata(const std::string& number) {
    return "/api/v2/search/metadata/?mls_number=" + http::url_encoded(number);
}
std::string older_search(const std::string& number) {
    return "/search/results?mls_number=" + http::url_encoded(number) + "&format=json";
}

/// None: the answer is a page. Else what it means that there is none.
std::optional<IdxAnswer> no_page(const Fetched& got) {
    using enum Fetched::Outcome;
    switch (got.outcome) {
        case blocked:
            return IdxAnswer{.outcome = IdxOutcome::blocked, .why = got.why};
        case forbidden:
            return IdxAnswer{.outcome = IdxOutcome::unclear, .why = got.why};
        case unchanged:
            return IdxAnswer{.outcome = IdxOutcome::found, .unchanged = true};
        case elsewhere:
        case page:
            break;
    }
    return std::nullopt;
}

/// The homes that a page of results offers for the address; `answer` becomes unclear where it is no
/// such page.
std::vector<std::string> candidates(const Fetched& got, const std::string& address,
                                    IdxAnswer& answer) {
    if (got.status != 200) {
        answer = {.outcome = IdxOutcome::unclear,
                  .why = "the site's search for an address came with status " +
                         std::to_string(got.status)};
        return {};
    }
    if (const auto at = http::url_from(got.url); at && !number_of_path(at->path).empty())
        return {number_of_path(at->path)};  // the search led straight to one home
    auto found = idx_links(got, address);
    if (!found)
        answer = {.outcome = IdxOutcome::unclear,
                  .why =
                      "the site's search for an address shows neither homes nor that there is "
                      "none"};
    return std::move(found).value_or(std::vector<std::string>{});
}

}  // namespace

Idx::Idx(const std::string& url, Fetcher& fetcher) : fetcher_(fetcher) {
    const auto site = http::url_from(url);
    if (!site)
        throw Error(Fault::invalid,
                    "idx.url is '" + url + "', which is no address as https://www.yourteam.com is");
    site_ = *site;
    site_.path = "/";
}

std::string Idx::page_of(const std::string& mls_number) const {
    auto page = site_;
    page.path = "/property/" + http::url_encoded(mls_number) + "/";
    return page.text();
}

/// The site's search sends whoever names an unknown home on to what it has: not followed.
Fetched Idx::get(const std::string& path, const std::string& accept,
                 const std::optional<IdxMark>& mark) {
    auto url = site_;
    url.path = path;
    Wanted wanted{.url = url.text(), .accept = accept};
    if (mark && mark->url == wanted.url) {
        wanted.etag = mark->etag;
        wanted.last_modified = mark->last_modified;
    }
    const bool of_home = !number_of_path(path).empty();
    wanted.follows = [of_home](const http::Url& to) {
        return !of_home || !number_of_path(to.path).empty();
    };
    return fetcher_.get(wanted);
}

bool Idx::hears_numbers(const std::string& number) {
    const auto got = get(metadata(number), as_json);
    return got.outcome == Fetched::Outcome::page && got.status == 200 &&
           heard_number(got.body, number);
}

/// What a search finds, and what it means when it finds nothing. None: it is none to rely on.
std::optional<IdxAnswer> Idx::by_one_search(const std::string& address, const std::string& number,
                                            const std::optional<IdxMark>& mark,
                                            IdxOutcome when_empty) {
    const auto got = get(address, as_json, mark);
    if (auto none = no_page(got)) {
        if (got.outcome == Fetched::Outcome::forbidden) return std::nullopt;
        none->mark = mark;
        return none;
    }
    auto hits = got.status == 200 ? idx_hits(got.body, number, site_) : std::nullopt;
    if (!hits || hits->foreign) return std::nullopt;
    if (hits->homes.empty() && hits->withheld)
        return IdxAnswer{.outcome = IdxOutcome::unclear, .why = no_address};
    if (hits->homes.empty()) return IdxAnswer{.outcome = when_empty};
    return IdxAnswer{.outcome = IdxOutcome::found,
                     .homes = std::move(hits->homes),
                     .mark = IdxMark{got.url, got.etag, got.last_modified}};
}

/// Tries which search the site has, once; what turns out not to be relied on is not tried again.
std::optional<IdxAnswer> Idx::by_search(const std::string& number,
                                        const std::optional<IdxMark>& mark) {
    if (search_ == Search::untried) search_ = hears_numbers(number) ? Search::newer : Search::older;
    if (!closed().empty()) return IdxAnswer{.outcome = IdxOutcome::blocked, .why = closed()};
    if (search_ == Search::newer) {
        if (auto answer = by_one_search(newer_search(number), number, mark, IdxOutcome::not_found))
            return answer;
        search_ = Search::older;
    }
    if (search_ == Search::older) {
        // An empty list of a search that may not have heard the number says nothing.
        if (auto answer = by_one_search(older_search(number), number, mark, IdxOutcome::unclear))
            return answer;
        search_ = Search::none;
    }
    return std::nullopt;
}

IdxAnswer Idx::by_page(const std::string& number, const std::optional<IdxMark>& mark) {
    const auto got = get("/property/" + http::url_encoded(number) + "/", as_page, mark);
    if (auto none = no_page(got)) {
        none->mark = mark;
        return *none;
    }
    if (got.outcome == Fetched::Outcome::elsewhere) return {.outcome = IdxOutcome::not_found};
    return idx_page(got, number);
}

/// Adds what the page has and the search has not, if it is one home's page.
IdxAnswer Idx::with_page(IdxAnswer answer, const std::string& number) {
    if (answer.homes.size() != 1) return answer;
    auto page = by_page(number, {});
    if (page.outcome == IdxOutcome::blocked) return page;
    auto& home = answer.homes.front();
    if (page.outcome != IdxOutcome::found || page.homes.empty()) return answer;
    const auto& shown = page.homes.front();
    if (address_likeness(shown.address, home.address) < alike_enough) return answer;
    if (!home.photo_url) home.photo_url = shown.photo_url;
    if (!home.price) home.price = shown.price;
    if (!home.status) home.status = shown.status;
    if (!home.url) home.url = shown.url;
    if (shown.board) home.board = shown.board;  // a name says more than the site's number
    return answer;
}

IdxAnswer Idx::by_number(const std::string& mls_number, IdxDepth depth,
                         const std::optional<IdxMark>& mark) {
    const std::string number(text::trimmed(mls_number));
    if (number.empty() || !is_same_number(number, number))
        return {.outcome = IdxOutcome::unclear, .why = "there is no MLS number to ask for"};
    const auto found = by_search(number, mark);
    if (found && found->outcome == IdxOutcome::blocked) return *found;
    if (found && found->outcome == IdxOutcome::found)
        return depth == IdxDepth::with_page && !found->unchanged ? with_page(*found, number)
                                                                 : *found;
    // Sold homes leave the search before their pages go.
    auto page = by_page(number, mark);
    const bool says_nothing = page.outcome == IdxOutcome::unclear;
    if (found && found->outcome == IdxOutcome::not_found && says_nothing) return *found;
    const bool is_there = found && found->why == no_address;
    return is_there && (says_nothing || page.outcome == IdxOutcome::not_found) ? *found : page;
}

IdxAnswer Idx::by_address(const std::string& address) {
    const auto got = get("/search/?q=" + http::url_encoded(address), as_page);
    if (const auto none = no_page(got)) return *none;
    IdxAnswer answer{.outcome = IdxOutcome::not_found};
    const auto numbers = candidates(got, address, answer);
    for (std::size_t i = 0; i < numbers.size() && i < most_candidates; ++i) {
        auto offered = by_number(numbers[i], IdxDepth::with_page);
        if (offered.outcome == IdxOutcome::blocked) return offered;
        std::erase_if(offered.homes, [&](const IdxHome& home) {
            return whole_address_likeness(home.address, address) < alike_enough;
        });
        std::ranges::stable_sort(offered.homes, std::ranges::greater{}, [&](const IdxHome& home) {
            return whole_address_likeness(home.address, address);
        });
        if (!offered.homes.empty()) return offered;
        if (offered.outcome == IdxOutcome::unclear) answer = std::move(offered);
    }
    answer.homes.clear();
    return answer;
}

bool Idx::is_there() {
    const auto got = get("/", as_page);
    return got.outcome == Fetched::Outcome::page || got.outcome == Fetched::Outcome::elsewhere ||
           got.outcome == Fetched::Outcome::unchanged;
}

}  // namespace dreams::sources
