#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"

namespace dreams::store {

/// What the file's own DDL asks of the rows of a table, in the order of the words: `NOT NULL: a,
/// b`, `DEFAULT: a 0, b 'active'`, `UNIQUE(a, b)`, `a REFERENCES t(id) ON DELETE CASCADE`,
/// `CHECK(…)`.
std::vector<std::string> constraints_of(Db& db, const std::string& table);

/// The conditions of every CHECK in a `CREATE TABLE`, without their parentheses; blanks and remarks
/// between words become one blank.
std::vector<std::string> checks_in(std::string_view ddl);

}  // namespace dreams::store
