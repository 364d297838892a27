#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace dreams::sim {

/// What can go wrong with an answer.
enum class WireFault {
    error_500,  ///< JSON
    error_500_html,
    error_500_empty,
    error_503,
    error_503_html,
    error_503_empty,
    error_504,
    error_504_html,
    error_504_empty,
    unauthorized_401,     ///< as if the key had been taken back
    forbidden_403,        ///< as if the account had just expired
    too_many_429,         ///< though Remaining is above 0
    too_many_429_silent,  ///< without Retry-After
    html_200,             ///< a web page where JSON was promised
    wrong_content_type,   ///< JSON that calls itself text/html
    empty_200,
    truncated_body,        ///< Content-Length promises more than comes
    truncated_unmeasured,  ///< no Content-Length; the connection just ends
    truncated_chunked,     ///< chunks without the last one
    closed,                ///< the connection ends without a byte, be it new or kept alive
    refused,  ///< nobody takes the connection; over sockets it is closed as soon as it is taken
    stall_before_headers,  ///< nothing for `Faults::stall`, then a proper answer
    stall_mid_body,        ///< half the body, nothing for `Faults::stall`, then the rest
    slow_drip,             ///< the answer in twenty pieces, `Faults::drip` apart
    gzip,                  ///< compressed, whether asked for or not
    chunked,               ///< a proper answer, in chunks
    redirect_to_login,     ///< 302 to an HTML login page
    repeated_page,         ///< the answer that this endpoint gave before, once more
    looping_cursor,        ///< the page's `next` leads to itself
    total_dropped,         ///< `total` is a tenth of the truth
};

/// Which answers go wrong: by endpoint (the first part of the path: `events`, `textMessages`; `*`
/// is all of them together) and by number, counting from 1 the requests there that were let in
/// (not those refused with 401 or 429).
class Faults {
public:
    /// The n-th answer of `endpoint` goes wrong so.
    void at(std::string endpoint, int n, WireFault fault) {
        once_[{std::move(endpoint), n}] = fault;
    }
    /// The n-th and all after it.
    void from(std::string endpoint, int n, WireFault fault) {
        ever_[std::move(endpoint)] = {n, fault};
    }
    void clear() {
        once_.clear();
        ever_.clear();
    }

    std::optional<WireFault> of(const std::string& endpoint, int n) const;

    std::chrono::milliseconds stall{60'000};
    std::chrono::milliseconds drip{50};

private:
    std::map<std::pair<std::string, int>, WireFault> once_;
    std::map<std::string, std::pair<int, WireFault>, std::less<>> ever_;
};

}  // namespace dreams::sim
