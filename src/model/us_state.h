#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dreams {

/// The two capitals of a state of the USA, from them or from its name, whatever the case: `NC` of
/// `nc` and of `North Carolina`. None: there is no such state.
std::optional<std::string> state_code(std::string_view said);

}  // namespace dreams
