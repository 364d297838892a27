#pragma once

#include <string>
#include <string_view>

namespace dreams::sources {

/// Whether an answer is no page but a shut door: a refusal (202, 401, 403, 429 to a plain GET), or
/// a page that asks whether a person is there. Gives how it was told, to follow "it": `answered
/// with status 403`, `asks for a captcha`. Empty: it is none. Seen at Redfin (202 with a script of
/// AWS), Zillow (403, or 200 with px-captcha), Cloudflare.
std::string wall_in(int status, std::string_view body);

}  // namespace dreams::sources
