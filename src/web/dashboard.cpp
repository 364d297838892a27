#include "web/dashboard.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "base/text.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/site.h"

namespace dreams::web {
namespace {

/// Names are names: `127.evil.example` begins like an address, and is none.
bool is_loopback(std::string_view host) {
    const bool dotted =
        host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
    return host == "localhost" || host == "::1" || dotted;
}

/// A Host header without its port: `[::1]:8484` is `::1`.
std::string host_of(std::string_view header) {
    if (header.starts_with('[')) return std::string(header.substr(1, header.find(']') - 1));
    return text::lower(header.substr(0, header.find(':')));
}

/// Whether the request is for us. A page elsewhere can make a browser ask us under a name of its
/// own (DNS rebinding), and would read the answer; it cannot make it say one of these.
bool is_for_us(const http::Request& asked, const WebOptions& options) {
    const auto host = host_of(http::header(asked.headers, "Host").value_or(""));
    return is_loopback(host) || std::ranges::find(options.hosts, host) != options.hosts.end();
}

/// Says only that something is wrong, and where the log says what.
http::Response mishap(Request& request, const std::string& what) {
    const std::string mark = fmt::format("{:08x}", std::random_device{}());
    request.options().log(fmt::format("{} {}: {}", mark, request.path(), what));
    return failure(
        request, 500, "internal",
        "Something went wrong here, not with what you asked. The log has it under " + mark + ".");
}

std::string_view code_of(Fault fault) {
    switch (fault) {
        case Fault::invalid:
            return "invalid";
        case Fault::unauthorized:
            return "unauthorized";
        case Fault::not_found:
            return "not_found";
        case Fault::conflict:
            return "conflict";
        case Fault::unavailable:
            return "unavailable";
        case Fault::internal:
            return "internal";
    }
    return "internal";
}

http::Response refused(Request& request, const Error& error) {
    if (error.fault() == Fault::internal) return mishap(request, error.what());
    return failure(request, http::status_of(error.fault()), code_of(error.fault()),
                   request.site().connections.without_path(error.what()));
}

http::Response dispatch(const http::Request& asked, Request& request) {
    if (!is_for_us(asked, request.options()))
        return failure(request, 421, "misdirected",
                       "This program answers only for localhost, not for the host you named.");
    const Route* route = find_route(asked.path, request);
    if (!route) return failure(request, 404, "not_found", "There is no page at this address.");
    if (asked.method != "GET") {
        auto response = failure(request, 405, "method_not_allowed",
                                "This address can be read with GET, and nothing else.");
        response.headers.emplace_back("Allow", "GET, HEAD");
        return response;
    }
    return route->answer(request);
}

http::Response answer(const http::Request& asked, Site& site) {
    Request request(asked, site);
    try {
        return dispatch(asked, request);
    } catch (const Error& error) {
        return refused(request, error);
    } catch (const std::exception& error) {
        return mishap(request, error.what());
    }
}

}  // namespace

Dashboard::Dashboard(WebOptions options) : site_(std::make_shared<Site>(std::move(options))) {}

http::Handler Dashboard::handler() const {
    return [site = site_](const http::Request& asked) {
        // The machine's own ticks: how long it really took, also where the clock is a hurried one.
        const auto start = std::chrono::steady_clock::now();
        auto response = answer(asked, *site);
        secure(response);
        site->metrics.answered(response.status, std::chrono::steady_clock::now() - start);
        return response;
    };
}

std::pair<std::string, int> listen_address(std::string_view setting) {
    const auto colon = setting.rfind(':');
    const auto port =
        text::integer(setting.substr(colon == std::string_view::npos ? 0 : colon + 1));
    if (colon == std::string_view::npos || !port || *port < 0 || *port > 65535)
        throw Error(Fault::invalid, "web.listen is '" + std::string(setting) +
                                        "', which is no address and port as 127.0.0.1:8484 is");
    const std::string host = host_of(setting.starts_with('[') ? setting : setting.substr(0, colon));
    if (!is_loopback(host))
        throw Error(Fault::invalid,
                    "web.listen is '" + std::string(setting) +
                        "', where others could reach it; until there are logins it must be on "
                        "loopback, as 127.0.0.1:8484 is");
    return {host == "localhost" ? "127.0.0.1" : host, static_cast<int>(*port)};
}

}  // namespace dreams::web
