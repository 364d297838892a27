#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dreams::sim {

/// A list that is the same in every town.
struct StaticRows {
    std::string_view key;  ///< of the array
    std::vector<std::string> rows;
};

/// The rows of /timeframes, /pipelines, /templates and others that nothing here depends on
/// (shapes: fub-api §11–§13.1). Null: there is no such list.
const StaticRows* static_rows(std::string_view endpoint);

}  // namespace dreams::sim
