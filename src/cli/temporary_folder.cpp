#include "cli/temporary_folder.h"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/error.h"

namespace dreams::cli {

TemporaryFolder::TemporaryFolder(const std::string& what) {
    std::error_code none;
    auto parent = std::filesystem::temp_directory_path(none);
    if (none) parent = "/tmp";  // TMPDIR names no folder; the system's own may do
    std::string name = (parent / ("dreams-" + what + "-XXXXXX")).string();
    if (!::mkdtemp(name.data()))
        throw Error(Fault::unavailable, "no temporary folder can be made in " + parent.string() +
                                            ": " + std::strerror(errno));
    path_ = name;
}

void TemporaryFolder::remove() const noexcept {
    std::error_code ignored;  // the system empties its temporary folder too
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace dreams::cli
