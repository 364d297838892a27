#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dreams::sim {

/// base64url without padding, as FUB's cursors are.
std::string base64url(std::string_view bytes);

/// Reads base64 of either alphabet, padded or not. None: it is neither.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace dreams::sim
