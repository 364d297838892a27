#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "jobs/merge.h"
#include "store/compare.h"

namespace dreams::jobs {

/// Takes bytes; false: no more are taken.
using Sink = std::function<bool(std::string_view)>;
/// Fills the buffer, as far as it likes; gives how many bytes, 0 at the end.
using Flow = std::function<std::size_t(char*, std::size_t)>;

/// A proved copy of `db` as of one moment, behind a line that says how long it is and what it is
/// known by. False: the sink took no more.
bool send_copy(Db& db, const Sink& sink);

enum class Take {
    merge,    ///< joined into the file that is there
    replace,  ///< in the place of the file that is there, a copy of which is kept
};

struct Taken {
    std::string how;      ///< `merged`, `replaced`, `made`: there was no file
    MergeOutcome merged;  ///< of a merge; the snapshot of a replacement too
    std::vector<store::TableComparison> compared;  ///< A: what was sent; B: the file as it is now
};

/// Takes what send_copy sends into the file `path`. It is written under a passing name beside the
/// file first and is whole before anything happens to the file; then that happens in one
/// transaction. Throws Error: invalid (what arrived is not what was sent), else as merge() does.
Taken take_copy(const std::string& path, const Flow& flow, Take take,
                const std::string& environment, const Zone& zone, Instant now);

}  // namespace dreams::jobs
