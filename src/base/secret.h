#pragma once

#include <string_view>

namespace dreams {

/// Whether `given` is `secret`, in a time that does not depend on how much of it is right. An
/// empty secret is nobody's: never.
bool same_secret(std::string_view given, std::string_view secret);

}  // namespace dreams
