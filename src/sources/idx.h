#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/http.h"
#include "sources/fetcher.h"

namespace dreams::sources {

/// A home as the site shows it.
struct IdxHome {
    std::string mls_number;  ///< as the site writes it
    std::string address;     ///< `14 Example Ridge Rd, Testville, NC 28700`
    std::optional<std::string> city;
    std::optional<std::int64_t> price;  ///< whole US dollars
    std::optional<std::string> status;  ///< `Active`, `Pending`, `Sold`, `Contingent` …
    std::optional<std::string> photo_url;
    std::optional<std::string> url;    ///< of its page
    std::optional<std::string> board;  ///< the MLS it comes from, by name or by the site's number
};

enum class IdxOutcome {
    found,
    not_found,  ///< the site does not know the number
    gone,       ///< it says that it knew it: sold, withdrawn, expired – it does not say which
    blocked,    ///< the site turned us away: nothing is known, and it is left alone for a day
    unclear,    ///< what came cannot be trusted or read, or is no answer: nothing is known
};

/// What tells an unchanged answer, as the site gave it for `url`.
struct IdxMark {
    std::string url;
    std::optional<std::string> etag, last_modified;
};

struct IdxAnswer {
    IdxOutcome outcome = IdxOutcome::unclear;
    std::vector<IdxHome> homes;  ///< found: one, or more where several boards use the number
    std::string why;             ///< a sentence, for blocked and unclear
    bool unchanged = false;      ///< found, and as it was when the mark was made; no homes then
    std::optional<IdxMark> mark;
};

/// How much is wanted of a home.
enum class IdxDepth {
    listing,    ///< what the search gives
    with_page,  ///< and what only its page has: photo, board
};

/// A team's public listing site of the Real Geeks shape (property-sources E). Asks its search for
/// JSON, in the newer or the older way, whichever the site has, and the home's page where neither
/// helps. Sites drop criteria that they do not know and answer with all they have: so the search is
/// tried once for what it heard, and every hit has to bear the number asked for.
class Idx {
public:
    /// `url`: the site's address, `https://www.team.example`. Keeps a reference to the fetcher.
    /// Throws Error{invalid}: it is none.
    Idx(const std::string& url, Fetcher& fetcher);

    /// Throws Error{unavailable} as Fetcher::get.
    IdxAnswer by_number(const std::string& mls_number, IdxDepth depth = IdxDepth::listing,
                        const std::optional<IdxMark>& mark = {});

    /// The home that the site's search shows for an address and whose whole address is alike enough
    /// (model/address_likeness.h), the most alike first, as by_number tells it. Throws as
    /// by_number.
    IdxAnswer by_address(const std::string& address);

    /// Whether its start page can be had. Throws as by_number.
    bool is_there();

    /// Why the site may not be asked now; empty: it may.
    std::string closed() const { return fetcher_.closed(site_.text()); }
    const http::Url& site() const { return site_; }
    int requests() const { return fetcher_.requests(); }

    /// Where a number's page is, for people to open.
    std::string page_of(const std::string& mls_number) const;

private:
    enum class Search { untried, newer, older, none };

    std::optional<IdxAnswer> by_search(const std::string& number,
                                       const std::optional<IdxMark>& mark);
    std::optional<IdxAnswer> by_one_search(const std::string& address, const std::string& number,
                                           const std::optional<IdxMark>& mark,
                                           IdxOutcome when_empty);
    bool hears_numbers(const std::string& number);
    IdxAnswer by_page(const std::string& number, const std::optional<IdxMark>& mark);
    IdxAnswer with_page(IdxAnswer answer, const std::string& number);
    Fetched get(const std::string& path, const std::string& accept,
                const std::optional<IdxMark>& mark = {});

    http::Url site_;
    Fetcher& fetcher_;
    Search search_ = Search::untried;
};

}  // namespace dreams::sources
