#pragma once

// What the data dictionary says of the timetable.

#include <string>
#include <vector>

#include "cli/context.h"
#include "store/dictionary.h"

namespace dreams::cli {

/// What the data dictionary says of jobs: the settings `jobs.*`, of both environments, and of each
/// what it lacks. Throws Error{invalid}: a schedule that is none.
std::vector<store::DictionaryJob> dictionary_jobs(const Context& context);

/// Where rows come from: what the jobs bring, and when; then what people and other programs bring.
/// Throws as `dictionary_jobs` does.
std::vector<store::DataFlow> data_flows(const Context& context);

/// `prd` → `PRD`.
std::string environment_name(const std::string& environment);

}  // namespace dreams::cli
