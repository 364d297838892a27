#include "sim/idx/site.h"

#include <algorithm>
#include <mutex>

#include "base/text.h"
#include "sim/idx/shown.h"
#include "sim/wire/direct.h"
#include "sim/wire/spoil.h"

namespace dreams::sim {
namespace {

constexpr std::size_t homes_a_page = 25, homes_beside = 3;

http::Response page(std::string body, int status = 200) {
    return {status, {{"Content-Type", "text/html; charset=utf-8"}}, std::move(body)};
}

http::Response json(std::string body) {
    return {200, {{"Content-Type", "application/json"}}, std::move(body)};
}

http::Response moved(const std::string& to) {
    return {302, {{"Location", to}}, ""};
}

Dialect dialect() {
    return {.name = "Mountain Homes",
            .login = "/login/",
            .refusal =
                [](int status, std::string_view sentence) {
                    return page("<h1>" + std::string(sentence) + "</h1>", status);
                },
            .page = [](WireFault, http::Response good) { return good; }};
}

/// Answers that say when they change, and are not sent again while they do not.
http::Response tagged(http::Response response, const http::Request& request) {
    if (response.status != 200 || !response.wire.empty()) return response;
    const auto tag = "\"" + std::to_string(text::hash(response.body)) + "\"";
    response.headers.emplace_back("ETag", tag);
    if (http::header(request.headers, "If-None-Match") != tag) return response;
    return {304, {{"ETag", tag}}, ""};
}

}  // namespace

struct IdxSite::Impl {
    const Town& town;
    Clock& clock;
    IdxOptions options;
    Faults faults;
    Spoiler spoiler{faults, dialect()};
    std::optional<IdxWall> wall;
    int wall_from = 1, asked = 0;
    std::map<std::string, std::string> redirects, shows;
    std::map<std::string, std::int64_t> prices;
    std::set<std::string> down, stumbles;
    std::vector<std::pair<std::string, Home>> twice;
    std::vector<std::string> log;
    mutable std::mutex mutex;

    Shown shown_now(const Home& home, const std::string& number) const {
        auto result = sim::shown(home, options);
        result.number = number;
        if (const auto price = prices.find(number); price != prices.end())
            result.price = price->second;
        return result;
    }
    bool is_up(const Home& home) const {
        return !home.mls.empty() && !home.for_rent && down.count(home.mls) == 0 &&
               !(options.sold_are_gone && home.status == "Sold");
    }
    const Home* home(const std::string& number) const {
        for (const auto& each : town.homes())
            if (each.mls == number) return &each;
        return nullptr;
    }
    std::vector<Shown> with_number(const std::string& number) const {
        std::vector<Shown> found;
        const auto* known = home(number);
        if (known && is_up(*known)) found.push_back(shown_now(*known, number));
        for (const auto& [used, other] : twice) {
            if (used != number) continue;
            found.push_back(shown_now(other, number));
            found.back().board = "6060";
        }
        return found;
    }
    std::vector<Shown> first_homes(std::size_t count) const {
        std::vector<Shown> found;
        for (const auto& each : town.homes())
            if (is_up(each) && found.size() < count) found.push_back(shown_now(each, each.mls));
        return found;
    }

    http::Response routed(const http::Request& request);
    http::Response home_answer(const std::string& number, const std::string& base);
    http::Response newer(const http::Request& request);
    http::Response older(const http::Request& request);
    http::Response free_search(const std::string& query);
};

http::Response IdxSite::Impl::home_answer(const std::string& number, const std::string& base) {
    const auto other = shows.find(number);
    auto found = with_number(other == shows.end() ? number : other->second);
    if (!found.empty()) {
        auto nearby = first_homes(homes_beside);
        std::erase_if(nearby, [&](const Shown& each) { return each.number == found[0].number; });
        return page(home_page(found.front(), base, nearby, options.page));
    }
    if (home(number)) return page(sorry_page());
    switch (options.unknown) {
        case IdxOptions::Unknown::not_found:
            return page(not_found_page(), 404);
        case IdxOptions::Unknown::sorry:
            return page(not_found_page());
        case IdxOptions::Unknown::redirect:
            break;
    }
    return moved("/search/results/?mls_number=" + number);
}

http::Response IdxSite::Impl::newer(const http::Request& request) {
    const auto number = request.parameter("mls_number").value_or("");
    const bool heard = !options.criteria_dropped && !number.empty();
    if (request.path.ends_with("/metadata/"))
        return json(heard || options.metadata_lies ? metadata("mls_number", number)
                                                   : metadata("", ""));
    const auto homes = heard ? with_number(number) : first_homes(homes_a_page);
    return json(
        newer_hits(homes, request.parameter("fields").value_or(""), options.photos_in_search));
}

http::Response IdxSite::Impl::older(const http::Request& request) {
    const auto number = request.parameter("mls_number").value_or("");
    const bool heard = !options.criteria_dropped && !number.empty();
    return json(older_hits(heard ? with_number(number) : first_homes(homes_a_page)));
}

http::Response IdxSite::Impl::free_search(const std::string& query) {
    if (options.results == IdxOptions::Results::none) return page(not_found_page(), 404);
    if (options.results == IdxOptions::Results::by_script) return page(scripted_page());
    if (options.results == IdxOptions::Results::deaf) return page(results_page(query, {}));
    const auto wanted = text::split(text::folded(query), ' ');
    std::vector<Shown> found;
    for (const auto& each : town.homes()) {
        if (!is_up(each) || found.size() >= homes_a_page) continue;
        const auto street = text::split(text::folded(each.street), ' ');
        // Sites find what shares a word: the number alone brings half the town.
        const bool shares = std::ranges::any_of(street, [&](const std::string& word) {
            return std::ranges::find(wanted, word) != wanted.end() && word.size() > 2;
        });
        if (shares) found.push_back(shown_now(each, each.mls));
    }
    return page(results_page(query, found));
}

http::Response IdxSite::Impl::routed(const http::Request& request) {
    const auto& path = request.path;
    const auto base = "http://" + http::header(request.headers, "Host").value_or("localhost");
    if (const auto to = redirects.find(path); to != redirects.end()) return moved(to->second);
    if (path == "/") return page(results_page("", first_homes(homes_a_page)));
    if (stumbles.count(request.parameter("mls_number").value_or("")) > 0)
        return page("<h1>Service unavailable</h1>", 503);
    if (path.starts_with("/property/")) {
        const auto number = text::split(path, '/');
        if (number.size() == 2 && stumbles.count(number[1]) > 0)
            return page("<h1>Service unavailable</h1>", 503);
        return number.size() == 2 ? home_answer(number[1], base) : page(not_found_page(), 404);
    }
    if (path.starts_with("/photo/") && path.ends_with(".png"))
        return {200, {{"Content-Type", "image/png"}}, picture(path)};
    if (path.starts_with("/api/v2/search/") && options.search == IdxOptions::Search::newer)
        return newer(request);
    const bool wants_json = request.parameter("format") == "json";
    if (path.starts_with("/search/results") && wants_json &&
        options.search == IdxOptions::Search::older)
        return older(request);
    if (path.starts_with("/search/") || path == "/search")
        return free_search(request.parameter("q").value_or(""));
    if (path == "/search/results") return page(results_page("", first_homes(homes_a_page)));
    return page(not_found_page(), 404);
}

Shown shown(const Home& home, const IdxOptions& options) {
    return {.number = home.mls,
            .street = home.street,
            .city = home.city,
            .state = home.state,
            .code = home.code,
            .type = home.type,
            .status = home.status,
            .board = options.board,
            .price = home.price,
            .beds = home.beds,
            .half_baths = home.half_baths,
            .sqft = home.sqft,
            .acres_hundredths = home.acres_hundredths,
            .year_built = home.year_built,
            .lat_e6 = home.lat_e6,
            .lng_e6 = home.lng_e6};
}

IdxSite::IdxSite(const Town& town, Clock& clock, IdxOptions options)
    : impl_(new Impl{.town = town, .clock = clock, .options = std::move(options)}) {}
IdxSite::~IdxSite() = default;

http::Response IdxSite::answer(const http::Request& request) {
    const std::lock_guard lock(impl_->mutex);
    std::string asked = request.path;
    for (const auto& [name, value] : request.query)
        asked += (asked == request.path ? "?" : "&") + name + "=" + value;
    impl_->log.push_back(asked);
    ++impl_->asked;
    if (request.path == "/robots.txt") {
        if (impl_->options.robots.empty()) return page(not_found_page(), 404);
        return {200, {{"Content-Type", "text/plain"}}, impl_->options.robots};
    }
    if (impl_->wall && impl_->asked >= impl_->wall_from) return wall_answer(*impl_->wall);
    const auto town = impl_->town.hold();
    const auto parts = text::split(request.path, '/');
    return impl_->spoiler.played(parts.empty() ? "" : parts.front(),
                                 tagged(impl_->routed(request), request));
}

http::Network IdxSite::network() {
    return direct(handler(), impl_->clock);
}

IdxOptions& IdxSite::options() {
    return impl_->options;
}
Faults& IdxSite::faults() {
    return impl_->faults;
}
void IdxSite::wall(std::optional<IdxWall> wall, int from) {
    impl_->wall = wall;
    impl_->wall_from = from;
}
void IdxSite::redirect(const std::string& path, const std::string& to) {
    impl_->redirects[path] = to;
}
void IdxSite::stumble_over(const std::string& number) {
    impl_->stumbles.insert(number);
}
void IdxSite::show_another(const std::string& number, const std::string& other) {
    impl_->shows[number] = other;
}
void IdxSite::use_twice(const std::string& number, const Home& other) {
    impl_->twice.emplace_back(number, other);
}
void IdxSite::take_down(const std::string& number) {
    impl_->down.insert(number);
}
void IdxSite::put_up_again(const std::string& number) {
    impl_->down.erase(number);
}
void IdxSite::set_price(const std::string& number, std::int64_t price) {
    impl_->prices[number] = price;
}

std::vector<std::string> IdxSite::log() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->log;
}
void IdxSite::forget_log() {
    const std::lock_guard lock(impl_->mutex);
    impl_->log.clear();
}

}  // namespace dreams::sim
