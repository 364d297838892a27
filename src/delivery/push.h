#pragma once

#include <string>
#include <string_view>

#include "base/http.h"
#include "base/time.h"

// What services that push notices to phones and rooms have in common.

namespace dreams::delivery {

/// A secret address as the settings have it. Throws Error{invalid}, without the address: it is not
/// https (http only on this machine: what goes there would be readable on its way).
void require_safe(const std::string& url, std::string_view setting);

/// Throws what an answer that is no success means: unavailable (429, 408 and the 500s: worth
/// another try; with how long the service asks to wait), unauthorized (401, 403), invalid (anything
/// else). `site` names the service, `setting` what leads there, `word` what the service itself
/// calls it; empty: nothing.
void require_taken(const http::Answer& answer, const std::string& site, std::string_view setting,
                   const std::string& word, Instant now);

/// `link` if it is an http(s) address of at most 2,000 bytes that holds no user; else empty.
std::string web_link(const std::string& link);

}  // namespace dreams::delivery
