#pragma once

namespace dreams::jobs {

/// What whoever starts a run may ask of it, whichever source it reads.
struct SyncOptions {
    bool full = false;         ///< walk everything anew instead of what changed
    bool accept_drop = false;  ///< go on although far fewer records arrived than the file holds
};

}  // namespace dreams::jobs
