#pragma once

#include <string>

#include "base/db.h"

namespace dreams::store {

// How often a file has sent to others is counted in the file and in a small one beside it
// (`dreams.db.sent`, for its owner's eyes). The one beside it stays when somebody puts an earlier
// state of the file into the file: what was sent since would be sent again from that.

/// Where the number is, beside the file.
std::string sent_beside(const std::string& path);

/// Whether the file is of before it last sent; also when what is beside it cannot be read.
bool is_older_than_sent(Db& db, const std::string& lineage);

/// Counts one more, in the file and then beside it, past whatever either says. Nothing for a file
/// in memory. Throws Error{unavailable}: it cannot be written.
void count_sent(Db& db, const std::string& lineage);

}  // namespace dreams::store
