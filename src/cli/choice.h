#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/error.h"
#include "base/text.h"

namespace dreams::cli {

/// `12=ours`: the number of a conflict, and the side it is decided for. Throws Error{invalid}.
inline std::pair<std::int64_t, std::string> choice(const std::string& said) {
    const auto equals = std::min(said.find('='), said.size());
    const auto id = text::integer(said.substr(0, equals));
    if (!id || equals == said.size())
        throw Error(Fault::invalid, "'" + said + "' is no choice as 12=ours is");
    return {*id, said.substr(equals + 1)};
}

}  // namespace dreams::cli
