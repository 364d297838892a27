#pragma once

#include <string_view>

#include "base/db.h"
#include "model/cursor.h"

namespace dreams::store {

/// How far `stream` of `source` has been read; a fresh one where it never was.
Cursor cursor(Db& db, std::string_view source, std::string_view stream);
/// Writes the whole row of that stream, in the place of the one that is there.
void save(Db& db, const Cursor& cursor);

}  // namespace dreams::store
