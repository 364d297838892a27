#include "sources/wall.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dreams::sources {
namespace {

constexpr std::array refusals{202, 401, 403, 429};

// Real pages may carry the scripts of their guards too; a page of this size is nothing but one.
constexpr std::size_t most_of_a_wall = 30'000;

constexpr std::array scripts_of_guards{std::string_view("px-captcha"),
                                       std::string_view("awswafcookiedomainlist"),
                                       std::string_view("challenge.js"),
                                       std::string_view("/cdn-cgi/challenge-platform/"),
                                       std::string_view("g-recaptcha"),
                                       std::string_view("h-captcha"),
                                       std::string_view("geo.captcha-delivery.com")};

constexpr std::array titles_of_walls{std::string_view("access to this page has been denied"),
                                     std::string_view("access denied"),
                                     std::string_view("just a moment"),
                                     std::string_view("attention required"),
                                     std::string_view("are you a robot"),
                                     std::string_view("are you a human"),
                                     std::string_view("pardon our interruption"),
                                     std::string_view("human verification"),
                                     std::string_view("security check"),
                                     std::string_view("captcha")};

std::string title_of(std::string_view lower) {
    const auto begin = lower.find("<title");
    if (begin == lower.npos) return "";
    const auto from = lower.find('>', begin);
    if (from == lower.npos) return "";
    const auto rest = lower.substr(from + 1);
    return std::string(rest.substr(0, std::min<std::size_t>(rest.find('<'), 300)));
}

}  // namespace

std::string wall_in(int status, std::string_view body) {
    if (std::ranges::find(refusals, status) != refusals.end())
        return "answered with status " + std::to_string(status);
    const auto lower = text::lower(body.substr(0, most_of_a_wall));
    const auto title = title_of(lower);
    for (const auto sign : titles_of_walls)
        if (title.find(sign) != title.npos) return "asks for a captcha";
    if (body.size() > most_of_a_wall) return "";
    // A listing's own form may have a captcha; then there is a listing too.
    if (lower.find("ld+json") != lower.npos || lower.find("og:") != lower.npos) return "";
    for (const auto sign : scripts_of_guards)
        if (lower.find(sign) != lower.npos) return "asks for a captcha";
    return "";
}

}  // namespace dreams::sources
