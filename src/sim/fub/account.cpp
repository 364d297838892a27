#include "sim/fub/account.h"

#include <array>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "sim/fub/desk.h"
#include "sim/fub/limits.h"
#include "sim/fub/selection.h"
#include "sim/fub/who.h"
#include "sim/wire/direct.h"
#include "sim/wire/spoil.h"

namespace dreams::sim {
namespace {

constexpr std::array<std::string_view, 5> session_only{"timeline", "inbox", "threads",
                                                       "conversations", "notifications"};

/// The parts of the path behind `/v1` or `/api/v1`. None: it is not under either.
std::optional<std::vector<std::string>> parts_of(const std::string& path) {
    auto parts = text::split(path, '/');
    if (!parts.empty() && parts.front() == "api") parts.erase(parts.begin());
    if (parts.size() < 2 || parts.front() != "v1") return std::nullopt;
    parts.erase(parts.begin());
    return parts;
}

http::Response unknown_collection(const std::string& name) {
    return refusal(404, "Collection name '" + name +
                            "' in the URL is not valid. Please use a correct collection name, for "
                            "example 'people'.");
}

http::Response rate_limits(const Desk& desk) {
    if (!desk.registered)
        return json_answer(R"({"error":"Only registered systems can use this endpoint."})", 403);
    return json_answer(
        R"({"system":"DREAMS","current_limits":{"across_all_accounts":{"default":750,)"
        R"("GET.people":100},"per_account":{"default":25}}})");
}

http::Response routed(Desk& desk) {
    const auto& name = desk.endpoint;
    if (std::ranges::count(session_only, name) != 0)
        return refusal(403, "You do not have access to this API endpoint");
    if ((name == "webhooks" || name == "webhookEvents") && !desk.viewer.user().owner)
        return refusal(403, "Only the account owner may access webhooks.");
    if (name == "identity")
        return json_answer(identity(desk.viewer.user(), desk.options, desk.town));
    if (name == "rateLimit") return rate_limits(desk);
    if (name == "people") return people(desk);
    if (name == "events") return events(desk);
    if (name == "calls") return calls(desk);
    if (name == "textMessages") return text_messages(desk);
    if (name == "emails") return emails(desk);
    if (name == "notes") return notes(desk);
    if (desk.request.method != "GET")
        return refusal(403, "You do not have access to this API endpoint");
    if (auto list = small_list(desk)) return *list;
    return unknown_collection(name);
}

/// The page with another `_metadata`.
http::Response with_metadata(http::Response good, auto change) {
    auto page = json::parse(good.body);
    if (auto* object = page.if_object())
        if (auto* metadata = object->if_contains("_metadata"); metadata && metadata->is_object())
            change(metadata->get_object());
    good.body = json::serialized(page);
    return good;
}

http::Response spoiled_page(WireFault fault, http::Response good) {
    return with_metadata(std::move(good), [&](json::Object& metadata) {
        if (fault == WireFault::looping_cursor)
            metadata["next"] = "eyJvZmZzZXQiOjB9";  // {"offset":0}: back to the start, each time
        if (fault != WireFault::total_dropped) return;
        if (auto* total = metadata["total"].if_int64()) *total /= 10;
    });
}

Dialect dialect() {
    return {.name = "Follow Up Boss",
            .login = "https://app.followupboss.com/login",
            .refusal = refusal,
            .page = spoiled_page};
}

int status_of(Fault fault) {
    return fault == Fault::unauthorized ? 403 : http::status_of(fault);
}

}  // namespace

struct FubAccount::Impl {
    Town& town;
    Clock& clock;
    FubOptions options;
    Spoiler spoiler;
    RateLimits limits;
    Selections selections;
    std::vector<Asked> log;
    std::map<std::string, int> asked;  ///< by endpoint
    std::uint64_t number = 0;

    std::string base_url(const http::Request& request) const {
        if (options.real_host) return "https://api.followupboss.com/v1";
        return "http://" + http::header(request.headers, "Host").value_or("localhost") + "/v1";
    }

    http::Response handled(Desk& desk) {
        try {
            // Expired accounts may still take leads in (fub-api §1).
            const bool lead = desk.endpoint == "events" && desk.request.method == "POST";
            auto response =
                options.expired && !lead ? refusal(403, "Your account has expired.") : routed(desk);
            response.body = in_house_style(std::move(response.body), options);
            return response;
        } catch (const Error& error) {
            auto response = refusal(status_of(error.fault()), error.what());
            response.body = in_house_style(std::move(response.body), options);
            return response;
        }
    }

    http::Response answer(const http::Request& request, const std::string& endpoint,
                          std::vector<std::string> rest) {
        const User* user = who_asks(request.headers, options, town);
        if (!user) return who_are_you();
        const bool registered = is_registered(request.headers, options);
        const auto verdict =
            limits.ask(rate_context(request.method, endpoint), registered, clock.ticks());
        auto headers = verdict.headers();
        headers.emplace_back("FUB-Account-ID", std::to_string(options.account_id));
        headers.emplace_back("FUB-User-ID", std::to_string(user->id));
        if (!verdict.allowed) {
            auto response = refusal(429, "Rate limit exceeded");
            headers.emplace_back("Retry-After", std::to_string(verdict.retry_after.count()));
            response.headers.insert(response.headers.end(), headers.begin(), headers.end());
            return response;
        }
        Desk desk{town,
                  options,
                  selections,
                  request,
                  endpoint,
                  std::move(rest),
                  {town, *user},
                  registered,
                  Query(request, endpoint),
                  base_url(request),
                  clock.now(),
                  ++number};
        auto response = handled(desk);
        response.headers.insert(response.headers.end(), headers.begin(), headers.end());
        return spoiler.played(endpoint, std::move(response));
    }
};

FubAccount::FubAccount(Town& town, Clock& clock, FubOptions options)
    : impl_(new Impl{town, clock, std::move(options), {faults_, dialect()}}) {
    if (impl_->options.keys.empty()) impl_->options.keys = usual_keys(town);
}

FubAccount::~FubAccount() = default;

http::Response FubAccount::answer(const http::Request& request) {
    const auto held = impl_->town.hold();
    auto parts = parts_of(request.path);
    if (!parts) return unknown_collection(request.path);
    const std::string endpoint = parts->front();
    parts->erase(parts->begin());
    auto response = impl_->answer(request, endpoint, std::move(*parts));
    ++impl_->asked[endpoint];
    impl_->log.push_back(
        {request.method, request.path, request.query, response.wire.empty() ? response.status : 0});
    return response;
}

http::Network FubAccount::network() {
    return direct(handler(), impl_->clock);
}

FubOptions& FubAccount::options() {
    return impl_->options;
}

void FubAccount::set_limit(const std::string& context, int requests) {
    const auto held = impl_->town.hold();
    impl_->limits.set(context, requests);
}

void FubAccount::spend(const std::string& context, int requests) {
    const auto held = impl_->town.hold();
    impl_->limits.spend(context, requests, impl_->clock.ticks());
}

std::vector<FubAccount::Asked> FubAccount::log() const {
    const auto held = impl_->town.hold();
    return impl_->log;
}

std::map<std::string, int> FubAccount::requests() const {
    const auto held = impl_->town.hold();
    return impl_->asked;
}

int FubAccount::requests_in_all() const {
    const auto held = impl_->town.hold();
    return static_cast<int>(impl_->log.size());
}

void FubAccount::forget_log() {
    const auto held = impl_->town.hold();
    impl_->log.clear();
    impl_->asked.clear();
}

LowerBound FubAccount::lower_bound_full_sync() const {
    const auto held = impl_->town.hold();
    return sim::lower_bound_full_sync(impl_->town);
}

}  // namespace dreams::sim
