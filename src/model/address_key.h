#pragma once

#include <string>
#include <string_view>

namespace dreams {

/// A street address as a key under which two ways of writing it meet: `12 Elm Road #3` and
/// `12 ELM RD Unit 3` are both `12 elm rd u3`. Suffixes and directions in their postal short form,
/// units marked, punctuation and a trailing city, state and ZIP (after the first comma) left off.
/// Empty: there is no street in it. Not reversible; for comparing only.
std::string address_key(std::string_view address);

}  // namespace dreams
