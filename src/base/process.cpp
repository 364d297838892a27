#include "base/process.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"

namespace dreams {
namespace {

/// Nothing: it could not be opened. Empty: its process ended before it was read.
std::optional<std::string> read_entry(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return std::nullopt;
    char entry[4096];  // the longest name in it has 64
    const auto got = ::read(file, entry, sizeof entry);
    ::close(file);
    return std::string(entry, got > 0 ? static_cast<std::size_t>(got) : 0);
}

}  // namespace

std::optional<std::string> process_start(const std::string& process) {
    const auto number = text::integer(process);
    if (!number || *number <= 0) return "";
    const auto stat = read_entry("/proc/" + process + "/stat");
    if (!stat) {
        if (::kill(static_cast<pid_t>(*number), 0) != 0 && errno == ESRCH) return "";
        return std::nullopt;  // others' are hidden here
    }
    const auto name_end = stat->rfind(')');  // the name may hold anything, blanks too
    if (name_end == std::string::npos) return "";
    const auto fields = text::split(std::string_view(*stat).substr(name_end + 1), ' ');
    return fields.size() > 19 && fields[0] != "Z" ? std::string(fields[19]) : "";
}

std::string process_space() {
    char name[64];
    const auto length = ::readlink("/proc/self/ns/pid", name, sizeof name);
    const std::string_view link(name, length > 0 ? static_cast<std::size_t>(length) : 0);
    const auto begin = link.find('['), end = link.find(']');
    if (begin == std::string_view::npos || end == std::string_view::npos) return "";
    return std::string(link.substr(begin + 1, end - begin - 1));
}

}  // namespace dreams
