#pragma once

#include <string_view>

namespace dreams {

/// `Haywood` of `Haywood County`, as of `Haywood`.
std::string_view county_name(std::string_view said);

}  // namespace dreams
