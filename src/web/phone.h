#pragma once

#include <optional>
#include <string>

#include "model/call_rules.h"

namespace dreams::web {

/// A person's phone as pages show it: the only place where a number becomes a link.
struct Phone {
    std::optional<std::string> text;     ///< `(828) 555-0100`; none: they have none
    std::optional<std::string> tel;      ///< what a link dials; none: nobody is led to ring it
    std::optional<std::string> no_call;  ///< `do not call`, `bad number`: stands beside the name
};
Phone phone_of(const std::optional<std::string>& number, std::optional<NoCall> no_call);

}  // namespace dreams::web
