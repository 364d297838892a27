#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dreams::text {

/// UTF-16 with a byte order mark (a spreadsheet's "Unicode text") as UTF-8; none: it begins with no
/// such mark. Half a surrogate pair becomes U+FFFD, half a unit at the end is left off.
std::optional<std::string> from_utf16(std::string_view bytes);

}  // namespace dreams::text
