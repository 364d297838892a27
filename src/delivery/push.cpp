#include "delivery/push.h"

#include "base/internet_address.h"
#include "base/pace.h"
#include "base/text.h"
#include "base/url.h"

namespace dreams::delivery {
namespace {

/// How long the service asks to be left alone: it may say anything.
std::string asked_to_wait(const http::Answer& answer, Instant now) {
    using namespace std::chrono;
    const auto wait = http::retry_after(answer, now);
    if (!wait || *wait == 0s) return "";
    if (*wait > hours{24}) return " and asks to wait more than a day";
    return " and asks to wait " + text::grouped(wait->count()) + " s";
}

}  // namespace

void require_safe(const std::string& url, std::string_view setting) {
    const auto place = http::url_from(url);
    if (!place || place->has_user)
        throw Error(Fault::invalid, std::string(setting) + " is no https:// address");
    if (place->scheme != "https" && !http::is_loopback(place->host))
        throw Error(Fault::invalid, std::string(setting) +
                                        " must begin with https://, so that nobody reads along on "
                                        "the way");
}

void require_taken(const http::Answer& answer, const std::string& site, std::string_view setting,
                   const std::string& word, Instant now) {
    const int status = answer.status;
    if (status >= 200 && status < 300) return;
    const auto told = " (" + std::to_string(status) + (word.empty() ? "" : ", " + word) + ")";
    const auto look = ": look at " + std::string(setting);
    if (status == 429)
        throw Error(Fault::unavailable,
                    site + " takes no more for now" + asked_to_wait(answer, now) + told);
    if (status == 408 || status >= 500)
        throw Error(Fault::unavailable,
                    site + " could not take the notice" + asked_to_wait(answer, now) + told);
    if (status == 401 || status == 403)
        throw Error(Fault::unauthorized, site + " lets nobody write there with this" + told + look);
    if (status >= 300 && status < 400)
        throw Error(Fault::invalid, site + " sends on to another address" + told + look);
    throw Error(Fault::invalid, site + " refuses the notice" + told + look);
}

std::string web_link(const std::string& link) {
    const auto url = http::url_from(link);
    constexpr std::size_t longest = 2000;
    return url && !url->has_user && link.size() <= longest ? url->text() : "";
}

}  // namespace dreams::delivery
