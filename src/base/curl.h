#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>

// What asking (base/http) and posting (base/smtp) share of libcurl.

namespace dreams::curl {

/// How long a machine may take to let itself be connected to.
inline constexpr std::chrono::milliseconds connect_deadline{10'000};

struct EasyCleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct ListCleanup {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, EasyCleanup>;
using List = std::unique_ptr<curl_slist, ListCleanup>;

/// A new handle; libcurl is started with the first. Throws Error{internal}: there is none.
Easy easy();

std::string in_seconds(std::chrono::milliseconds time);  ///< `30 s`, `250 ms`

/// Why no connection came about, for a person who runs an office and no network; none: `code` is
/// another failure. `site` is the host, with its port where that is not the usual one.
std::optional<std::string> why_not_connected(CURLcode code, const std::string& host,
                                             const std::string& site);

}  // namespace dreams::curl
