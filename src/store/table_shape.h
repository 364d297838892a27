#pragma once

#include <string>
#include <vector>

#include "base/db.h"

namespace dreams::store {

/// A table as a file has it.
struct TableShape {
    std::string name;
    std::vector<std::string> columns;  ///< in the order of the file
    std::vector<std::string> key;      ///< of its primary key; empty: it has none
    bool rowids = true;                ///< false: WITHOUT ROWID
};

/// Every table with rows of its own, the owner's too: the dictionary's first, then by name. The
/// engine's own tables and views are not among them, nor what a full-text index keeps.
std::vector<std::string> table_names(Db& db);

/// Throws Error{not_found}: the file has no such table.
TableShape table_shape(Db& db, const std::string& table);

bool has_table(Db& db, const std::string& table);

/// `"a", "b"`, each quoted; with `before` ahead of each.
std::string name_list(const std::vector<std::string>& names, const std::string& before = "");

}  // namespace dreams::store
