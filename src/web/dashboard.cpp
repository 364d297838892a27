#include "web/dashboard.h"

#include <fmt/format.h>

#include <random>

#include "base/internet_address.h"
#include "base/text.h"
#include "web/door.h"
#include "web/response.h"
#include "web/routes.h"
#include "web/site.h"

namespace dreams::web {
namespace {

/// Says only that something is wrong, and where the log says what.
http::Response mishap(Request& request, const std::string& what) {
    const std::string mark = fmt::format("{:08x}", std::random_device{}());
    request.options().log(fmt::format("{} {}: {}", mark, request.path(), what));
    return failure(
        request, 500, "internal",
        "Something went wrong here, not with what you asked. The log has it under " + mark + ".");
}

http::Response refused(Request& request, const Error& error) {
    if (error.fault() == Fault::internal) return mishap(request, error.what());
    return failure(request, http::status_of(error.fault()), http::code_of(error.fault()),
                   request.site().connections.without_path(error.what()));
}

/// `/people/` leads to `/people`: people type addresses with a slash at the end. None: that is no
/// address either.
std::optional<http::Response> without_slash(const Request& request) {
    std::string_view path = request.path();
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    if (request.method() != "GET" || is_api(path) || path == request.path() || !has_page(path))
        return std::nullopt;
    std::string to;
    for (const auto& segment : text::split(path.substr(1), '/'))
        to += "/" + http::url_encoded(segment);
    return http::Response{.status = 301, .headers = {{"Location", to + request.query_text()}}};
}

http::Response dispatch(Request& request) {
    if (auto refusal = turned_away(request)) return std::move(*refusal);
    const auto found = find_route(request);
    if (found.methods.empty()) {
        if (auto way = without_slash(request)) return std::move(*way);
        return failure(request, 404, "NOT_FOUND", "There is no page at this address.");
    }
    if (found.route) return found.route->answer(request);
    if (request.method() == "OPTIONS" && (is_api(request.path()) || request.path() == "/health"))
        return preflight(request, found.methods);
    auto response =
        failure(request, 405, "method_not_allowed",
                "This address can be asked with " + found.methods + ", and nothing else.");
    response.headers.emplace_back("Allow", found.methods);
    return response;
}

constexpr std::uint64_t megabyte = 1u << 20;

std::uint64_t most_body_of(const http::Request& head) {
    return (head.path == "/imports" ? 32 : 8) * megabyte;
}

http::Response too_large(Request& request, std::uint64_t most) {
    if (auto refusal = turned_away(request)) return std::move(*refusal);
    const auto limit = std::to_string(most / megabyte) + " MB";
    if (request.path() == "/imports")
        return failure(request, 413, "too_large",
                       "The files are larger than " + limit + " together; choose fewer.",
                       {"/imports", "Back to the imports"});
    return failure(request, 413, "too_large",
                   "What was sent is larger than " + limit + ", which is the most at once.");
}

http::Response answer(Request& request) {
    try {
        return dispatch(request);
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
        Request request(asked, *site);
        auto response = answer(request);
        secure(response);
        let_origin_read(request, response);
        site->metrics.answered(response.status, std::chrono::steady_clock::now() - start);
        return response;
    };
}

std::function<std::optional<http::Response>(const http::Request&, std::uint64_t)>
Dashboard::before_body() const {
    return [site = site_](const http::Request& head,
                          std::uint64_t bytes) -> std::optional<http::Response> {
        const auto most = most_body_of(head);
        if (bytes <= most) return std::nullopt;
        Request request(head, *site);
        auto response = too_large(request, most);
        secure(response);
        let_origin_read(request, response);
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
    if (!http::is_loopback(host))
        throw Error(Fault::invalid,
                    "web.listen is '" + std::string(setting) +
                        "', where others could reach it; until there are logins it must be on "
                        "loopback, as 127.0.0.1:8484 is");
    return {host == "localhost" ? "127.0.0.1" : host, static_cast<int>(*port)};
}

}  // namespace dreams::web
