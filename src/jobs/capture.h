#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "sources/capture.h"
#include "store/properties.h"

namespace dreams::jobs {

/// What became of a capture.
struct Captured {
    PropertyId id;
    bool created = false;
    std::optional<Instant> updated_at;
    std::optional<std::string> sync_status;
    std::vector<PropertyChange> changes;
    std::vector<store::Doubt> doubts;
};

/// Keeps captures: one home, one row. A home that is new and whose page told no status is active,
/// as it stands on a site that lists homes for sale; one that is known keeps the status it has.
/// What an agent said beside it overwrites what was said before. Work within a transaction of the
/// caller's.
class CaptureKeeper {
public:
    /// `keys`: of this connection.
    CaptureKeeper(Db& db, store::KeysInStep& keys);

    /// `now`: for stamps, and for a page that does not say when it was read, or says the future.
    Captured keep(const sources::Capture& capture, Instant now);

private:
    Db& db_;
    store::PropertyKeeper keeper_;
    store::HomeFinder finder_;
};

}  // namespace dreams::jobs
