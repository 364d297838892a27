#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/time.h"
#include "base/url.h"
#include "model/fetch_host.h"

namespace dreams::sources {

/// A site that may be read, and who gave permission and when, in a person's words.
struct AllowedSite {
    std::string site, note;
};
/// Of an entry as it stands in the settings: `www.example.com = Ana Lopez of Example Realty
/// 2026-03-01`.
AllowedSite allowed_site(const std::string& entry);

/// What may be read by itself, and how.
struct FetchRules {
    /// `www.example.com`, `www.example.com:8443` or `*.example.com`, or an address of such a site,
    /// with or without a note (allowed_site). A site that stands here may lie in a private network,
    /// one that `*.` stands for may not.
    std::vector<std::string> allow;
    std::chrono::milliseconds pace{5000};  ///< between two requests to a site; half of it is jitter
    std::string contact;  ///< e-mail or address that the site's owner can turn to; empty: none told
};

/// A page that is asked for.
struct Wanted {
    std::string url;
    std::string accept = "text/html,application/xhtml+xml";
    std::optional<std::string> etag, last_modified;  ///< as Fetched gave them for the stored one
    /// Whether a redirect to there is followed; empty: each one that the rules allow is.
    std::function<bool(const http::Url& to)> follows;
};

/// What came of asking. Only `page` says anything about what was asked for.
struct Fetched {
    enum class Outcome {
        page,       ///< an answer of 200, 404, 410 … 499: see status
        unchanged,  ///< as it was when etag and last_modified were given
        elsewhere,  ///< a redirect that `follows` declined; url says where to
        forbidden,  ///< by our rules or by the site's robots.txt; nothing was asked
        blocked,    ///< the site turned us away, and is left alone for at least a day
    };
    Outcome outcome = Outcome::page;
    int status = 0;
    std::string url;  ///< of the page itself, after redirects
    std::string content_type, body;
    std::optional<std::string> etag, last_modified;
    std::string why;  ///< a sentence, where it is forbidden or blocked
};

/// Reads web pages as a decent guest: only sites that the office allows, never the portals that
/// forbid it (Zillow, Redfin, Realtor.com, Homes.com, Trulia), nothing that robots.txt closes, one
/// request at a time with a pause of at least five seconds and some jitter (sites on this machine:
/// as FetchRules says), under its own name, without cookies. Five redirects at most, each judged as
/// the first address is; 20 s and 5 MB a page. A refusal or a captcha, whatever status it bears,
/// ends it for a day: nothing is solved, turned or tried again. For one thread.
class Fetcher {
public:
    /// `known`: what hosts() of an earlier run gave. `waits` is told of each wait and why.
    Fetcher(FetchRules rules, http::Network network, Clock& clock,
            std::vector<FetchHost> known = {},
            std::function<void(std::chrono::seconds, std::string_view why)> waits = {});
    ~Fetcher();
    Fetcher(Fetcher&&) noexcept;

    /// Throws Error{unavailable}: the site did not answer, or with a failure of its own (5xx), or
    /// its robots.txt cannot be had. Throws Error{invalid}: `wanted.url` is no address.
    Fetched get(const Wanted& wanted);

    /// Why this address may not be asked now, without asking: our rules, or the site is left
    /// alone. Empty: it may, as far as is known.
    std::string closed(const std::string& url) const;

    /// What is to be remembered of each site that was met: of the others, others may know more.
    std::vector<FetchHost> hosts() const;
    int requests() const;  ///< that went out, robots.txt and repeats included

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace dreams::sources
