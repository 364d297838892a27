#pragma once

#include <string>

#include "jobs/match.h"

namespace dreams::cli {

/// What a matching came to, in one sentence of counts.
std::string told(const jobs::MatchReport& report);

}  // namespace dreams::cli
