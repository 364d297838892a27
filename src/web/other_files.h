#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "web/dashboard.h"

namespace dreams::web {

/// A file that may be set beside the one that is shown.
struct OtherFile {
    std::string name;  ///< without its folder
    std::string path;
    std::int64_t bytes = 0;  ///< 0: on another machine, not known
    Instant at;              ///< when it was made
    std::int64_t rows = -1;  ///< of a backup, as its manifest has them; −1: it is none

    bool is_proved() const { return rows >= 0; }
    bool is_here() const { return !path.starts_with("ssh://"); }
};

/// The proved backups, the newest first, then the databases beside the file, which commands that
/// change much keep there.
std::vector<OtherFile> other_files(const WebOptions& options);

}  // namespace dreams::web
