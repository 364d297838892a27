#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/time.h"
#include "model/mls_listing.h"
#include "model/sighting.h"
#include "sources/ask_budget.h"
#include "sources/unreadable.h"

namespace dreams::sources {

/// Where an MLS's feed is and how to show who we are. From the settings `reso.*`.
struct ResoSettings {
    std::string url;    ///< up to where `/Property` follows
    std::string token;  ///< a bearer token that lasts; or the next three
    std::string client_id, client_secret, token_url;
    std::string system;   ///< exact names of the originating systems, commas between; empty: all
    std::string service;  ///< mlsgrid, bridge, trestle, other; empty: told from the url
    int page = 0;         ///< rows that an answer may hold; 0: as many as the service allows
    std::int64_t most_skipped = 9'000;  ///< rows: services stop at 10,000
};

/// What the feed says of a listing: of the home and of what may be shown. A listing that may not
/// be shown has the reason in `listing.out_of_view`.
struct ResoListing {
    MlsListing listing;
    Sighting said;
};

/// One page of the feed.
struct ResoPage {
    std::vector<ResoListing> listings;
    std::vector<Unreadable> unreadable;
    std::int64_t rows = 0;              ///< both together
    std::optional<std::int64_t> total;  ///< what the service says the whole answer holds
    std::string next;                   ///< where to go on; empty: not told
    bool full = false;                  ///< as many rows as were asked for
    /// When its rows were changed; none: not told.
    std::optional<Instant> earliest, latest;
    bool in_order = true;  ///< the rows rise by that
};

/// Which part of a feed is asked for.
struct ResoQuestion {
    std::string system;            ///< empty: all there are
    std::optional<Instant> after;  ///< changed later than that
    /// `shown`: only what may be shown, where the service can tell (the first walk).
    enum class Rows { all, shown } rows = Rows::all;
    std::int64_t skip = 0;  ///< rows; where the service does not say how to go on
};

/// An MLS's feed through the RESO Web API (property-sources B): listings, in the order in which
/// they were changed. Translates and never stores; what only agents may see is never read. Every
/// method asks at least once and throws Error: unauthorized (token, licence), unavailable (no
/// answer, no JSON, its limits are used up, it leads to another host), invalid (it refused the
/// question). For one thread.
class Reso {
public:
    /// Throws Error{invalid}: the settings do not say enough. `waits` is told of each wait.
    Reso(ResoSettings settings, http::Network network, Clock& clock, AskedBefore before = {},
         std::function<void(std::chrono::seconds, std::string_view)> waits = {});

    /// What it is called in sentences.
    const std::string& name() const;
    /// The systems to be asked for; one empty name: all.
    const std::vector<std::string>& systems() const;

    ResoPage page(const ResoQuestion& question) const;
    /// The page behind `next` of another. Nothing is sent to another host than the feed's.
    ResoPage next(const ResoQuestion& question, const std::string& address) const;
    /// Those of `listings` that the feed still has. At most `names_a_question` of them.
    ResoPage named(const std::string& system, const std::vector<MlsListing>& listings) const;
    std::size_t names_a_question() const;
    /// How many rows a question may skip before it has to be asked from a later moment on.
    std::int64_t most_skipped() const;

    int requests() const;  ///< sent so far, repeats included

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace dreams::sources
