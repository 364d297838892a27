#pragma once

#include <memory>
#include <vector>

#include "store/lease.h"

namespace dreams::store {

/// For as long as it stands, no sync writes to the file, in any program: two copies become one, or
/// another file takes its place.
class SyncsKeptAway {
public:
    /// Throws LeaseHeld: one is under way.
    SyncsKeptAway(Db& db, Instant now);

private:
    std::vector<std::unique_ptr<Lease>> leases_;
};

}  // namespace dreams::store
