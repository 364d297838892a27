#include "sources/fetcher.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "base/internet_address.h"
#include "base/pace.h"
#include "base/robots.h"
#include "base/text.h"
#include "sources/wall.h"

namespace dreams::sources {
namespace {

using namespace std::chrono_literals;
using http::Robots;
using http::Url;

constexpr std::string_view token = "dreams";  // as robots.txt may name us
constexpr std::chrono::milliseconds least_pace = 5s;
constexpr std::chrono::milliseconds page_deadline = 20s;
constexpr std::size_t most_page_bytes = 5u << 20;
constexpr int most_redirects = 5;
constexpr auto robots_are_fresh = 24h;        // RFC 9309 §2.4
constexpr auto robots_are_usable = 30 * 24h;  // §2.3.1.4, while the site does not answer
constexpr std::chrono::seconds left_alone = 24h;
constexpr std::chrono::seconds longest_left_alone = 7 * 24h;

/// Whose terms forbid automated reading; no setting opens them.
constexpr std::array portals{std::string_view("zillow.com"), std::string_view("redfin.com"),
                             std::string_view("realtor.com"), std::string_view("homes.com"),
                             std::string_view("trulia.com")};

bool is_within(std::string_view host, std::string_view domain) {
    return host == domain || (host.size() > domain.size() && host.ends_with(domain) &&
                              host[host.size() - domain.size() - 1] == '.');
}

bool is_portal(std::string_view host) {
    return std::ranges::any_of(portals, [&](const auto portal) { return is_within(host, portal); });
}

bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

enum class Standing { not_listed, by_pattern, by_name };

Standing standing(const Url& url, const std::vector<std::string>& allow) {
    const bool usual_port = url.site() == url.host;
    auto found = Standing::not_listed;
    for (const auto& site : allow) {
        if (site == url.site()) return Standing::by_name;
        if (site.starts_with("*.") && usual_port && url.host.ends_with(site.substr(1)))
            found = Standing::by_pattern;
    }
    return found;
}

/// None: to no address of a web page.
std::optional<Url> destination(const Url& from, const http::Answer& redirect) {
    const auto to = http::header(redirect.headers, "Location").value_or("");
    return to.empty() ? std::nullopt : resolved(from, to);
}

Fetched shut(Fetched::Outcome outcome, std::string why) {
    return {.outcome = outcome, .why = std::move(why)};
}

}  // namespace

struct Fetcher::Impl {
    struct Site {
        FetchHost known;
        std::unique_ptr<http::Pace> pace = nullptr;
        std::optional<Robots> robots = std::nullopt;
        std::string robots_failed;  ///< why, in this run: asked for once is enough
        bool met = false;           ///< in this run
    };

    Fetched get(const Wanted& wanted);
    std::optional<Fetched> look_before(const Url& url);
    std::string rule_against(const Url& url) const;
    std::string left_alone_because(const Url& url) const;
    const Robots& robots_of(const Url& url);
    void fetch_robots(const Url& url);
    http::Answer ask(const Url& url, http::Headers headers);
    http::Pace& pace_of(const Url& url);
    void close(const Url& url, const std::string& how, const http::Answer& answer);
    Site& site(const Url& url);
    http::Headers headers_for(const Wanted& wanted, bool first) const;

    FetchRules rules;
    http::Network network;
    Clock& clock;
    std::function<void(std::chrono::seconds, std::string_view)> waits;
    std::map<std::string, Site> sites{};
    int requests = 0;
};

Fetcher::Impl::Site& Fetcher::Impl::site(const Url& url) {
    const auto name = url.site();
    auto& place = sites.try_emplace(name, Site{.known = {.site = name}}).first->second;
    place.met = true;
    return place;
}

std::string Fetcher::Impl::rule_against(const Url& url) const {
    if (is_portal(url.host))
        return url.host +
               " forbids reading its pages by program; save the page in a browser and "
               "import the file";
    if (url.has_user) return "an address that holds a user's name is not read";
    if (standing(url, rules.allow) == Standing::not_listed)
        return url.site() + " is not among the sites that may be read (fetch.allow_hosts)";
    return "";
}

std::string Fetcher::Impl::left_alone_because(const Url& url) const {
    const auto found = sites.find(url.site());
    if (found == sites.end()) return "";
    const auto& known = found->second.known;
    if (!known.closed_until || *known.closed_until <= clock.now()) return "";
    return url.site() + " " + known.closed_why.value_or("turned us away") +
           " and is left alone until " + to_text(*known.closed_until);
}

/// None: nothing speaks against asking.
std::optional<Fetched> Fetcher::Impl::look_before(const Url& url) {
    using enum Fetched::Outcome;
    if (auto why = rule_against(url); !why.empty()) return shut(forbidden, std::move(why));
    if (auto why = left_alone_because(url); !why.empty()) return shut(blocked, std::move(why));
    if (!robots_of(url).allows(url.path)) {
        if (auto why = left_alone_because(url); !why.empty()) return shut(blocked, std::move(why));
        return shut(forbidden, "robots.txt of " + url.site() + " asks programs not to read there");
    }
    return std::nullopt;
}

/// One pause between requests, across runs too, and longer where the site asks for longer.
http::Pace& Fetcher::Impl::pace_of(const Url& url) {
    Site& place = site(url);
    if (place.pace) return *place.pace;
    auto pause = http::is_loopback(url.host) ? rules.pace : std::max(rules.pace, least_pace);
    if (place.robots && place.robots->crawl_delay())
        pause = std::max<std::chrono::milliseconds>(pause, *place.robots->crawl_delay());
    if (place.known.asked_at) {
        const auto due = *place.known.asked_at + pause;
        if (due > clock.now() && *place.known.asked_at <= clock.now())
            clock.sleep(due - clock.now());
    }
    const http::Patience patience{
        .tries = 2,
        .longest_wait = 2h,
        .longest_in_all = 4h,
        .seed = text::hash(url.site()) ^ static_cast<std::uint64_t>(clock.ticks().count()),
        .takes =
            [](const http::Answer& got) {
                return got.status == 429 || !wall_in(got.status, got.body).empty();
            },
        .waits = waits};
    place.pace = std::make_unique<http::Pace>(
        [this](const http::Ask& ask) {
            ++requests;
            return network(ask);
        },
        clock,
        std::map<std::string, http::Pace::Limits>{
            {url.site(), {.requests = 1, .window = pause, .jitter = pause / 2, .ours = true}}},
        patience);
    return *place.pace;
}

http::Answer Fetcher::Impl::ask(const Url& url, http::Headers headers) {
    auto name = std::string(token) + "/" DREAMS_VERSION;
    if (!rules.contact.empty()) {
        const bool mail = rules.contact.find('@') != std::string::npos &&
                          rules.contact.find("//") == std::string::npos;
        name += " (+" + std::string(mail ? "mailto:" : "") + rules.contact + ")";
    }
    headers.emplace_back("User-Agent", name);
    const bool named = standing(url, rules.allow) == Standing::by_name;
    auto& pace = pace_of(url);
    http::Answer answer =
        pace.ask(url.site(), {.url = url.text(),
                              .headers = std::move(headers),
                              .deadline = page_deadline,
                              .most_bytes = most_page_bytes,
                              .reach = named ? http::Reach::anywhere : http::Reach::public_only});
    site(url).known.asked_at = clock.now();
    return answer;
}

void Fetcher::Impl::close(const Url& url, const std::string& how, const http::Answer& answer) {
    auto how_long = left_alone;
    const auto asked_for = text::integer(http::header(answer.headers, "Retry-After").value_or(""));
    if (asked_for)
        how_long = std::clamp<std::chrono::seconds>(
            std::chrono::seconds(std::clamp<std::int64_t>(*asked_for, 0, 1 << 30)), left_alone,
            longest_left_alone);
    FetchHost& known = site(url).known;
    known.closed_until = clock.now() + how_long;
    known.closed_why = how;
}

const Robots& Fetcher::Impl::robots_of(const Url& url) {
    Site& place = site(url);
    const auto read_at = place.known.robots_at;
    const bool fresh =
        read_at && *read_at <= clock.now() && clock.now() - *read_at < robots_are_fresh;
    if (place.robots && (fresh || !place.robots_failed.empty())) return *place.robots;
    if (!place.robots_failed.empty()) throw Error(Fault::unavailable, place.robots_failed);
    try {
        if (!fresh) fetch_robots(url);
    } catch (const Error& error) {
        if (error.fault() != Fault::unavailable) throw;
        place.robots_failed = "robots.txt of " + url.site() +
                              " cannot be had, so nothing there is read: " + error.what();
        if (!read_at || clock.now() - *read_at > robots_are_usable)
            throw Error(Fault::unavailable, place.robots_failed);
    }
    const auto delay_before = place.robots ? place.robots->crawl_delay() : std::nullopt;
    place.robots =
        place.known.robots ? Robots::read(*place.known.robots, token) : Robots::everything();
    if (!left_alone_because(url).empty()) place.robots = Robots::nothing();
    if (place.robots->crawl_delay() != delay_before) place.pace.reset();
    return *place.robots;
}

/// Puts the text, or that there is none, in what is known of the site.
void Fetcher::Impl::fetch_robots(const Url& url) {
    Url at = url;
    at.path = "/robots.txt";
    for (int hop = 0; hop <= most_redirects; ++hop) {
        const auto answer = ask(at, {{"Accept", "text/plain"}});
        FetchHost& known = site(url).known;
        // Other refusals mean that there is none (RFC 9309 §2.3.1.3).
        const bool is_none = answer.status >= 400 && answer.status < 500 && answer.status != 429;
        if (const auto how = wall_in(answer.status, answer.body); !is_none && !how.empty())
            return close(url, how, answer);
        if (is_redirect(answer.status)) {
            const auto to = destination(at, answer);
            if (!to || !rule_against(*to).empty() || !left_alone_because(*to).empty())
                throw Error(Fault::unavailable, "it leads to a place that may not be read");
            if (at.scheme == "https" && to->scheme == "http")
                throw Error(Fault::unavailable, "it leads to a page that is not encrypted");
            at = *to;
            continue;
        }
        known.robots_at = clock.now();
        known.robots.reset();
        if (answer.status < 300) known.robots = text::valid_utf8(answer.body);
        return;
    }
    throw Error(Fault::unavailable, "it leads from one address to the next without end");
}

http::Headers Fetcher::Impl::headers_for(const Wanted& wanted, bool first) const {
    http::Headers headers{{"Accept", wanted.accept}, {"Accept-Language", "en"}};
    if (first && wanted.etag) headers.emplace_back("If-None-Match", *wanted.etag);
    if (first && wanted.last_modified)
        headers.emplace_back("If-Modified-Since", *wanted.last_modified);
    return headers;
}

Fetched Fetcher::Impl::get(const Wanted& wanted) {
    using enum Fetched::Outcome;
    auto at = http::url_from(wanted.url);
    if (!at) throw Error(Fault::invalid, "'" + wanted.url + "' is no address of a web page");
    for (int hop = 0; hop <= most_redirects; ++hop) {
        if (auto shut = look_before(*at)) return *shut;
        auto answer = ask(*at, headers_for(wanted, hop == 0));
        if (answer.status == 304) return {.outcome = unchanged, .status = 304, .url = at->text()};
        if (const auto how = wall_in(answer.status, answer.body); !how.empty()) {
            close(*at, how, answer);
            return shut(blocked, left_alone_because(*at));
        }
        if (!is_redirect(answer.status))
            return {.status = answer.status,
                    .url = at->text(),
                    .content_type = http::header(answer.headers, "Content-Type").value_or(""),
                    .body = std::move(answer.body),
                    .etag = http::header(answer.headers, "ETag"),
                    .last_modified = http::header(answer.headers, "Last-Modified")};
        const auto to = destination(*at, answer);
        if (!to) return shut(forbidden, at->site() + " leads to what is no address of a web page");
        if (at->scheme == "https" && to->scheme == "http")
            return shut(forbidden, at->site() + " leads to a page that is not encrypted");
        if (wanted.follows && !wanted.follows(*to))
            return {.outcome = elsewhere, .status = answer.status, .url = to->text()};
        at = to;
    }
    throw Error(Fault::unavailable, at->site() + " leads from one address to the next without end");
}

AllowedSite allowed_site(const std::string& entry) {
    const auto note = entry.find(" =");
    AllowedSite allowed{.site = text::lower(text::trimmed(entry.substr(0, note)))};
    if (note != entry.npos) allowed.note = text::trimmed(entry.substr(note + 2));
    if (const auto url = http::url_from(allowed.site)) allowed.site = url->site();
    return allowed;
}

Fetcher::Fetcher(FetchRules rules, http::Network network, Clock& clock,
                 std::vector<FetchHost> known,
                 std::function<void(std::chrono::seconds, std::string_view)> waits)
    : impl_(new Impl{std::move(rules), std::move(network), clock, std::move(waits)}) {
    for (auto& site : impl_->rules.allow) site = allowed_site(site).site;
    for (auto& host : known) {
        auto name = host.site;
        impl_->sites.emplace(std::move(name), Impl::Site{.known = std::move(host)});
    }
}

Fetcher::~Fetcher() = default;
Fetcher::Fetcher(Fetcher&&) noexcept = default;

Fetched Fetcher::get(const Wanted& wanted) {
    return impl_->get(wanted);
}

std::string Fetcher::closed(const std::string& url) const {
    const auto at = http::url_from(url);
    if (!at) return "'" + url + "' is no address of a web page";
    if (auto why = impl_->rule_against(*at); !why.empty()) return why;
    return impl_->left_alone_because(*at);
}

std::vector<FetchHost> Fetcher::hosts() const {
    std::vector<FetchHost> hosts;
    for (const auto& [name, site] : impl_->sites)
        if (site.met) hosts.push_back(site.known);
    return hosts;
}

int Fetcher::requests() const {
    return impl_->requests;
}

}  // namespace dreams::sources
