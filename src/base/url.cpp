#include "base/url.h"

#include <curl/curl.h>

#include <memory>

#include "base/text.h"

namespace dreams::http {
namespace {

struct UrlCleanup {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURLU, UrlCleanup>;

std::string part(const Handle& url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return "";
    std::string result = text;
    curl_free(text);
    return result;
}

std::optional<Url> parts_of(const Handle& url) {
    Url result{.scheme = part(url, CURLUPART_SCHEME),
               .host = text::lower(part(url, CURLUPART_HOST)),
               .path = part(url, CURLUPART_PATH)};
    if (result.scheme != "http" && result.scheme != "https") return std::nullopt;
    if (result.host.ends_with('.')) result.host.pop_back();  // the same host, written absolutely
    if (result.host.empty()) return std::nullopt;
    result.port =
        static_cast<int>(text::integer(part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT)).value_or(0));
    if (const auto query = part(url, CURLUPART_QUERY); !query.empty()) result.path += "?" + query;
    result.has_user = !part(url, CURLUPART_USER).empty();
    return result;
}

/// Blanks and the like are encoded rather than refused: links in pages are written by people.
constexpr unsigned lenient = CURLU_URLENCODE;

}  // namespace

std::string Url::site() const {
    const int usual = scheme == "https" ? 443 : 80;
    return port == usual ? host : host + ":" + std::to_string(port);
}

std::string Url::text() const {
    return scheme + "://" + site() + path;
}

std::optional<Url> url_from(const std::string& text) {
    const Handle url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return std::nullopt;
    return parts_of(url);
}

std::optional<Url> resolved(const Url& base, const std::string& reference) {
    const Handle url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, base.text().c_str(), lenient) != CURLUE_OK ||
        curl_url_set(url.get(), CURLUPART_URL, reference.c_str(), lenient) != CURLUE_OK)
        return std::nullopt;
    return parts_of(url);
}

}  // namespace dreams::http
