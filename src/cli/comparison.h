#pragma once

#include <string>
#include <vector>

#include "store/compare.h"

namespace dreams::cli {

/// Any file of SQLite's, of whatever program and age; it is only read. Throws Error{not_found}.
Db open_to_read(const std::string& path);

/// Two files side by side, a line a table.
void print_comparison(const std::vector<store::TableComparison>& tables);

}  // namespace dreams::cli
