#pragma once

#include <vector>

#include "base/json_writer.h"
#include "jobs/merge.h"

namespace dreams::cli {

/// What a merge came to, a line a table that it changed.
void print_merge(const jobs::MergeOutcome& outcome);

/// The same as members of an object that is being written.
void write_merge(json::Writer& json, const jobs::MergeOutcome& outcome);

void print_conflicts(const std::vector<store::MergeConflict>& conflicts);

}  // namespace dreams::cli
