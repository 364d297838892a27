#include "sim/reso/feed.h"

#include <algorithm>
#include <deque>
#include <mutex>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/url.h"
#include "sim/reso/row.h"
#include "sim/wire/direct.h"
#include "sim/wire/spoil.h"

namespace dreams::sim {
namespace {

using namespace std::chrono_literals;
using Kind = ResoOptions::Kind;

constexpr auto withdrawn_stays = 7 * 24h;

http::Response json_answer(std::string body, int status = 200) {
    return {status, {{"Content-Type", "application/json;odata.metadata=minimal"}}, std::move(body)};
}

http::Response refused(int status, std::string_view sentence) {
    return json_answer(R"({"error":{"code":)" + std::to_string(status) + R"(,"message":)" +
                           json::written(sentence) + "}}",
                       status);
}

Dialect dialect() {
    return {.name = "RESO Web API",
            .login = "/login",
            .refusal = refused,
            .page = [](WireFault, http::Response good) { return good; }};
}

/// The texts between quotes of a filter's part; doubled quotes are one.
std::vector<std::string> literals(std::string_view part) {
    std::vector<std::string> found;
    for (std::size_t at = part.find('\''); at < part.size(); at = part.find('\'', at)) {
        std::string text;
        for (++at; at < part.size(); ++at) {
            if (part[at] == '\'' && (at + 1 >= part.size() || part[at + 1] != '\'')) break;
            if (part[at] == '\'') ++at;
            text += part[at];
        }
        found.push_back(std::move(text));
        if (at < part.size()) ++at;
    }
    return found;
}

std::string status_of(const Home& home) {
    return home.status == "Sold" ? "Closed" : home.status;
}

/// What a question asks for, as far as this service understands questions.
struct Filter {
    std::optional<Instant> after;
    std::optional<std::string> system;
    bool in_view_only = false;
    std::vector<std::string> numbers, keys;  ///< by name; empty: not by name
    int ors = 0;

    /// None: it is not understood. `modified`: the field that a service goes by.
    static std::optional<Filter> read(const std::string& text, const std::string& modified);
    bool takes(const ResoRow& row) const {
        const auto named = [](const auto& names, const std::string& name) {
            return names.empty() || std::ranges::find(names, name) != names.end();
        };
        return (!after || row.modified > *after) && (!in_view_only || row.in_view) &&
               named(numbers, row.number) && named(keys, row.key);
    }
};

std::optional<Filter> Filter::read(const std::string& text, const std::string& modified) {
    Filter filter;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(" and ", at), text.size());
        const auto part = text.substr(at, end - at);
        at = end + 5;
        if (part.starts_with("OriginatingSystemName eq '")) {
            filter.system = literals(part).at(0);
        } else if (part.starts_with(modified + " gt ")) {
            filter.after = instant_from(part.substr(modified.size() + 4));
            if (!filter.after) return std::nullopt;
        } else if (part == "MlgCanView eq true") {
            filter.in_view_only = true;
        } else if (part.starts_with("ListingId in (")) {
            filter.numbers = literals(part);
        } else if (part.starts_with("(ListingKey eq '")) {
            filter.keys = literals(part);
            filter.ors = static_cast<int>(filter.keys.size()) - 1;
        } else {
            return std::nullopt;
        }
    }
    return filter;
}

}  // namespace

struct ResoFeed::Impl {
    const Town& town;
    Clock& clock;
    ResoOptions options;
    Faults faults;
    Spoiler spoiler{faults, dialect()};
    std::vector<ResoRow> rows = {};
    std::deque<std::chrono::steady_clock::duration> asked = {};
    std::chrono::steady_clock::duration token_until{};
    int tokens = 0, astray_in = 0;
    std::string astray = "";
    bool suspended = false;
    std::vector<std::string> log = {};
    mutable std::mutex mutex = {};

    void list_homes();
    ResoRow& row(const std::string& number);
    bool is_there(const ResoRow& row) const;
    http::Response routed(const http::Request& request);
    http::Response token_answer(const http::Request& request);
    std::optional<http::Response> unwelcome(const http::Request& request);
    http::Response properties(const http::Request& request);
    std::string next_link(const http::Request& request, std::size_t end);
};

void ResoFeed::Impl::list_homes() {
    for (const auto& home : town.homes()) {
        if (home.mls.empty() || home.for_rent) continue;
        rows.push_back({.home = &home,
                        .key = "key-" + std::to_string(home.id),
                        .number = (options.kind == Kind::mls_grid ? options.prefix : "") + home.mls,
                        .modified = std::max(home.listed, home.cut),
                        .price = home.price,
                        .status = status_of(home)});
    }
}

ResoRow& ResoFeed::Impl::row(const std::string& number) {
    const auto at =
        std::ranges::find(rows, number, [](const ResoRow& row) { return row.home->mls; });
    if (at == rows.end()) throw Error(Fault::not_found, "no listing " + number);
    at->modified = std::chrono::floor<std::chrono::seconds>(clock.now());
    return *at;
}

bool ResoFeed::Impl::is_there(const ResoRow& row) const {
    if (row.in_view) return true;
    return options.kind == Kind::mls_grid && clock.now() - row.modified < withdrawn_stays;
}

http::Response ResoFeed::Impl::token_answer(const http::Request& request) {
    const bool right =
        request.body.find("client_id=" + options.client_id) != std::string::npos &&
        request.body.find("client_secret=" + options.client_secret) != std::string::npos &&
        request.body.find("grant_type=client_credentials") != std::string::npos;
    if (!right) return refused(401, "invalid_client");
    options.token = "token-" + std::to_string(++tokens);
    token_until = clock.ticks() + options.token_lasts;
    return json_answer(R"({"access_token":")" + options.token +
                       R"(","token_type":"Bearer","expires_in":)" +
                       std::to_string(options.token_lasts.count()) + "}");
}

/// Why a question is not even looked at.
std::optional<http::Response> ResoFeed::Impl::unwelcome(const http::Request& request) {
    const bool grid = options.kind == Kind::mls_grid;
    const auto encoding = http::header(request.headers, "Accept-Encoding").value_or("");
    if (grid && encoding.find("gzip") == std::string::npos)
        return refused(400, "COMPRESSION REQUIRED");
    const auto bearer = http::header(request.headers, "Authorization").value_or("");
    const bool expired = !options.client_id.empty() && clock.ticks() >= token_until;
    if (bearer != "Bearer " + options.token || expired)
        return refused(401, "The token is not valid");
    while (!asked.empty() && asked.front() + 1s <= clock.ticks()) asked.pop_front();
    asked.push_back(clock.ticks());
    if (std::ssize(asked) > options.a_second) suspended = true;
    if (suspended) return refused(429, "Rate limit exceeded; your token has been suspended");
    return std::nullopt;
}

/// Opaque to whoever follows it: the question itself, and where it goes on.
std::string ResoFeed::Impl::next_link(const http::Request& request, std::size_t end) {
    if (!astray.empty() && --astray_in == 0) return std::exchange(astray, "");
    const auto host = http::header(request.headers, "Host").value_or("localhost");
    const bool here = host.starts_with("127.0.0.1") || host.starts_with("localhost");
    std::string link = (here ? "http://" : "https://") + host + request.path + "?";
    for (const auto& [name, value] : request.query)
        if (name != "$skiptoken" && name != "$skip")
            link += name + "=" + http::url_encoded(value) + "&";
    return link + "$skiptoken=" + std::to_string(end);
}

http::Response ResoFeed::Impl::properties(const http::Request& request) {
    const bool grid = options.kind == Kind::mls_grid;
    const bool bridge = options.kind == Kind::bridge;
    const std::string modified = bridge ? "BridgeModificationTimestamp" : "ModificationTimestamp";
    const auto filter = Filter::read(request.parameter("$filter").value_or(""), modified);
    if (!filter) return refused(400, "The filter is not understood");
    if (grid && !filter->system) return refused(400, "OriginatingSystemName is required");
    if (filter->ors > (grid ? 5 : 200)) return refused(400, "Too many terms");
    if (grid && request.parameter("$orderby")) return refused(400, "$orderby is not supported");
    const auto select = request.parameter("$select");
    if (select && !options.knows_select) return refused(400, "$select is not supported");
    const bool media = request.parameter("$expand") == "Media";
    if (media && !options.knows_expand) return refused(501, "$expand is not supported");

    using Endless = ResoOptions::Endless;
    std::vector<const ResoRow*> found;
    for (const auto& each : rows)
        if (options.endless != Endless::empty_pages && is_there(each) && filter->takes(each) &&
            (!filter->system || *filter->system == options.system))
            found.push_back(&each);
    std::ranges::sort(found, {},
                      [](const ResoRow* row) { return std::pair(row->modified, row->key); });
    const auto number = [&](const char* name) {
        return static_cast<std::size_t>(
            text::number(request.parameter(name).value_or("")).value_or(0));
    };
    if (bridge && number("$top") > 200) return refused(400, "$top is 200 at most");
    if (number("$skip") >= static_cast<std::size_t>(options.most_skipped))
        return refused(400, "$skip is too large; use replication");
    const auto order = request.parameter("$orderby");
    if (bridge && order && !order->starts_with(modified))
        return refused(400, "an order unknown here");
    auto size = std::max<std::size_t>(number("$top"), 1);
    if (options.page > 0) size = std::min(size, static_cast<std::size_t>(options.page));
    const auto skip = options.endless == Endless::without_skip ? 0 : number("$skip");
    const auto begin = std::min(std::max(skip, number("$skiptoken")), found.size());
    const auto end = std::min(begin + size, found.size());
    std::string value;
    for (auto i = begin; i < end; ++i)
        value += (value.empty() ? "" : ",") + row_json(*found[i], options, select, media);
    std::string body = R"({"@odata.context":"$metadata#Property")";
    if (request.parameter("$count") == "true")
        body += R"(,"@odata.count":)" + std::to_string(found.size());
    body += R"(,"value":[)" + value + "]";
    if (options.endless == Endless::empty_pages)
        body += R"(,"@odata.nextLink":)" + json::written(next_link(request, log.size()));
    else if (options.endless == Endless::in_a_circle && end == found.size())
        body += R"(,"@odata.nextLink":)" + json::written(next_link(request, 0));
    else if (options.says_next && end < found.size())
        body += R"(,"@odata.nextLink":)" + json::written(next_link(request, end));
    return json_answer(body + "}");
}

http::Response ResoFeed::Impl::routed(const http::Request& request) {
    if (request.path.ends_with("/token") && request.method == "POST") return token_answer(request);
    if (auto no = unwelcome(request)) return *no;
    if (request.path.ends_with("/Property")) return properties(request);
    return refused(404, "There is no such resource");
}

ResoFeed::ResoFeed(const Town& town, Clock& clock, ResoOptions options)
    : impl_(new Impl{.town = town, .clock = clock, .options = std::move(options)}) {
    impl_->list_homes();
}
ResoFeed::~ResoFeed() = default;

http::Response ResoFeed::answer(const http::Request& request) {
    const std::lock_guard lock(impl_->mutex);
    std::string asked = request.path;
    for (const auto& [name, value] : request.query)
        asked += (asked == request.path ? "?" : "&") + name + "=" + value;
    impl_->log.push_back(asked);
    const auto town = impl_->town.hold();
    const auto good = impl_->routed(request);
    return impl_->spoiler.played(request.path.substr(request.path.rfind('/') + 1), good);
}

http::Network ResoFeed::network() {
    return direct(handler(), impl_->clock);
}
ResoOptions& ResoFeed::options() {
    return impl_->options;
}
Faults& ResoFeed::faults() {
    return impl_->faults;
}
void ResoFeed::set_price(const std::string& number, std::int64_t price) {
    impl_->row(number).price = price;
}
void ResoFeed::set_status(const std::string& number, const std::string& standard_status) {
    impl_->row(number).status = standard_status;
}
void ResoFeed::withdraw(const std::string& number) {
    impl_->row(number).in_view = false;
}
void ResoFeed::hide_address(const std::string& number) {
    impl_->row(number).address_shown = false;
}
void ResoFeed::set_field(const std::string& number, const std::string& field,
                         const std::string& json) {
    impl_->row(number).odd_fields[field] = json;
}
void ResoFeed::lead_astray(int page, const std::string& to) {
    impl_->astray_in = page;
    impl_->astray = to;
}

std::vector<std::string> ResoFeed::log() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->log;
}
bool ResoFeed::suspended() const {
    return impl_->suspended;
}
std::int64_t ResoFeed::in_view() const {
    return std::ranges::count_if(impl_->rows, &ResoRow::in_view);
}

}  // namespace dreams::sim
