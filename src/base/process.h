#pragma once

#include <optional>
#include <string>

namespace dreams {

/// When a process began, in the kernel's ticks, which tells it from a later one with the same
/// number. Empty: there is none, or it has ended. None: there is one of which nothing can be seen.
std::optional<std::string> process_start(const std::string& process);

/// Within which numbers of processes mean the same: each container has its own. Empty: not known.
std::string process_space();

}  // namespace dreams
