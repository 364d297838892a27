#pragma once

#include <optional>

#include "base/html.h"
#include "model/lead.h"

namespace dreams::web {

/// Where a person's heat is going, as a word with an arrow; nothing for somebody not judged yet.
html::Safe trend_mark(std::optional<Trend> trend);

}  // namespace dreams::web
