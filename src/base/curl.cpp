#include "base/curl.h"

#include "base/error.h"

namespace dreams::curl {

Easy easy() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK) throw Error(Fault::internal, "libcurl cannot start");
    Easy fresh(curl_easy_init());
    if (!fresh) throw Error(Fault::internal, "libcurl has no memory left");
    return fresh;
}

std::string in_seconds(std::chrono::milliseconds time) {
    using namespace std::chrono_literals;
    if (time < 1s) return std::to_string(time.count()) + " ms";
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

std::optional<std::string> why_not_connected(CURLcode code, const std::string& host,
                                             const std::string& site) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return "no network: the name " + host + " could not be resolved";
        case CURLE_COULDNT_RESOLVE_PROXY:
            return "no network: the name of the proxy could not be resolved";
        case CURLE_COULDNT_CONNECT:
            return site + " refused the connection, or cannot be reached";
        case CURLE_PEER_FAILED_VERIFICATION:
            return "the certificate of " + site + " cannot be trusted, so nothing was sent to it";
        case CURLE_SSL_CONNECT_ERROR:
            return "no secure connection to " + site + " could be made";
        default:
            return std::nullopt;
    }
}

}  // namespace dreams::curl
