#pragma once

#include <optional>
#include <string>
#include <vector>

#include "jobs/rescore.h"
#include "model/sync_run.h"

namespace dreams::cli {

/// What the runs of `dreams sync` came to, as its JSON document (the contract's keys).
std::string json_of(const std::vector<SyncReport>& runs,
                    const std::optional<jobs::RescoreReport>& scored);
/// One run, as it stands there.
std::string json_of(const SyncReport& run);
/// The same in words, on standard output.
void tell(const std::vector<SyncReport>& runs, const std::optional<jobs::RescoreReport>& scored);

}  // namespace dreams::cli
