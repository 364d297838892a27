#include "store/sync_runs.h"

#include <limits>

namespace dreams::store {

SyncRuns sync_runs(Db& db, std::optional<std::int64_t> before, int size) {
    SyncRuns page{.runs = db.list<SyncLogEntry>(
                      "SELECT * FROM sync_log WHERE id < :before ORDER BY id DESC LIMIT :size",
                      {{"before", before.value_or(std::numeric_limits<std::int64_t>::max())},
                       {"size", size + 1}})};
    if (std::ssize(page.runs) > size) {
        page.runs.pop_back();
        page.next = page.runs.back().id;
    }
    return page;
}

}  // namespace dreams::store
