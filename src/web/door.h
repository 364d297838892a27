#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// A Host header without its port, in lower case: `[::1]:8484` is `::1`.
std::string host_of(std::string_view header);

/// Whether the path is the API's, which programs ask with a key, and not a page's.
bool is_api(std::string_view path);

/// Who must not come in, and what they are told; none: come in.
///
/// 421: another host's name, under which a page elsewhere makes a browser ask us (DNS rebinding).
/// Under /api/ with web.api_key set: 401 without it, 429 after too many wrong ones. With none set:
/// 401 for another machine, as what a proxy brings always is, 403 for a page of another origin than
/// ours and web.allowed_origins. 429 for more writes than anybody makes. Elsewhere 403 for what
/// came through a proxy, as its headers or the host's name say, without the secret of the one that
/// asks for a login; for what changes something, 403 for a page of another origin (CSRF).
std::optional<http::Response> turned_away(Request& request);

/// What a browser asks before it lets a page of another origin ask: 204, with or without leave.
/// `methods`: what there is at the path.
http::Response preflight(const Request& request, const std::string& methods);

/// Lets pages of web.allowed_origins read the answer of the API and of /health, and nobody else's.
void let_origin_read(const Request& request, http::Response& response);

/// The origins of the setting `web.allowed_origins`: `chrome-extension://…`, `https://host`.
/// Throws Error{invalid}: `*`, or what is no origin.
std::vector<std::string> origins_of(std::string_view setting);

/// The host of the setting `web.public_url`; none where it is not set, or this machine's own.
/// Throws Error{invalid}: it is no https:// address without a path, or `web.proxy_secret` is set
/// and shorter than 32 characters.
std::vector<std::string> public_hosts(const std::string& url, const std::string& proxy_secret);

}  // namespace dreams::web
