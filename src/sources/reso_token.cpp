#include "sources/reso_token.h"

#include "base/error.h"
#include "base/json.h"
#include "sources/json_answer.h"

namespace dreams::sources {
namespace {

using namespace std::chrono_literals;

constexpr auto early = 60s;  // a token that is about to expire is not sent any more

Error refused(const std::string& who) {
    return {Fault::unauthorized, who +
                                     " gives no token for reso.client_id and reso.client_secret; "
                                     "check them, and reso.token_url"};
}

}  // namespace

ResoToken::ResoToken(const ResoSettings& settings, const ResoHost& host, http::Pace& pace,
                     Clock& clock)
    : settings_(settings), host_(host), pace_(pace), clock_(clock), token_(settings.token) {}

void ResoToken::get() {
    http::Ask ask{.method = "POST", .url = settings_.token_url};
    ask.headers = {{"Accept", "application/json"},
                   {"Content-Type", "application/x-www-form-urlencoded"}};
    ask.body = "grant_type=client_credentials&client_id=" + http::url_encoded(settings_.client_id) +
               "&client_secret=" + http::url_encoded(settings_.client_secret);
    if (!host_.scope.empty()) ask.body += "&scope=" + http::url_encoded(host_.scope);
    const auto body = json_answer(
        "reso.token_url", [&] { return pace_.ask("token", ask); },
        [&](const http::Answer&) { return refused(host_.name); });
    const auto token = json::text(body, "access_token");
    const auto lasts = json::integer(body, "expires_in").value_or(0);
    if (!token) throw Error(Fault::unavailable, "the answer to reso.token_url holds no token");
    token_ = *token;
    expires_.reset();
    if (lasts > 0)
        expires_ = clock_.ticks() +
                   std::max(std::chrono::seconds(lasts) / 2, std::chrono::seconds(lasts) - early);
}

const std::string& ResoToken::text() {
    if (expires_ && clock_.ticks() >= *expires_) token_.clear();
    if (token_.empty()) get();
    return token_;
}

bool ResoToken::forget() {
    if (!settings_.token.empty()) return false;
    token_.clear();
    return true;
}

}  // namespace dreams::sources
