#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/record.h"
#include "base/serve.h"
#include "web/site.h"

namespace dreams::web {

/// What a number in a query is when it is left out, and what it may be.
struct Range {
    std::int64_t fallback, least, most;
};

/// One request as a page sees it: what is asked, the file, and the time. Whatever is asked wrongly
/// is an Error{invalid} with a sentence, never a silent default.
class Request {
public:
    Request(const http::Request& asked, Site& site);

    const std::string& method() const { return asked_.method; }
    const std::string& path() const { return asked_.path; }
    const http::Headers& headers() const { return asked_.headers; }
    std::string header(std::string_view name) const;  ///< empty: there is none
    const std::string& body() const { return asked_.body; }
    const std::string& peer() const { return asked_.peer; }  ///< the caller's address
    bool wants_json() const { return wants_json_; }
    const WebOptions& options() const { return site_.options; }
    Site& site() const { return site_; }
    const Zone& zone() const { return site_.options.zone; }
    /// Who decides what the request asks for, as the file signs it: until there are logins, whoever
    /// sits at the dashboard.
    std::string by_whom() const { return "dashboard"; }
    Instant now() const { return now_; }
    Date today() const { return today_; }

    /// What stands in the path where the route has its first, second … `{…}`.
    const std::string& segment(std::size_t place = 0) const { return segments_.at(place); }
    void set_segments(std::vector<std::string> segments) { segments_ = std::move(segments); }

    std::string text(std::string_view name) const;  ///< valid UTF-8, trimmed; empty: left out
    std::int64_t number(std::string_view name, Range range) const;
    std::string query_text() const;          ///< all of it, as `?a=1&b=2`; empty: there is none
    bool flag(std::string_view name) const;  ///< `1`, or left out

    /// One of an enum's words.
    template <Worded E>
    E word_of(std::string_view name, E fallback) const {
        return word_if<E>(name).value_or(fallback);
    }
    /// The same; none: it is left out.
    template <Worded E>
    std::optional<E> word_if(std::string_view name) const {
        const std::string given = text(name);
        if (given.empty()) return std::nullopt;
        if (const auto value = from_word<E>(given)) return *value;
        std::string known;
        for (const auto& [each, word] : Words<E>::list)
            known += (known.empty() ? "" : ", ") + std::string(word);
        throw Error(Fault::invalid,
                    "'" + std::string(name) + "' is one of " + known + ", not '" + given + "'");
    }

    /// The file, as of one moment. Throws Error{unavailable} when it cannot be read.
    Db& db() { return view().db(); }
    store::Roster& roster() { return view().roster(); }
    store::Catalog& catalog() { return view().catalog(); }

private:
    View& view();

    const http::Request& asked_;
    Site& site_;
    Instant now_;
    Date today_;
    bool wants_json_;
    std::vector<std::string> segments_;
    std::optional<View> view_;
};

}  // namespace dreams::web
