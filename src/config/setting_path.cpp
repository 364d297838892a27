#include "config/setting_path.h"

#include <algorithm>

namespace dreams::config {
namespace {

namespace fs = std::filesystem;

/// A folder of the same name that something else made holds nothing of ours.
bool holds_ours(const fs::path& path) {
    std::error_code unreadable;
    if (!fs::is_directory(path, unreadable)) return fs::exists(path, unreadable);
    const fs::directory_iterator files(path, unreadable);
    return std::ranges::any_of(begin(files), end(files), [](const fs::directory_entry& file) {
        return file.path().filename().string().starts_with("dreams-");
    });
}

}  // namespace

std::string setting_path(const std::string& path, const fs::path& folder) {
    std::error_code unreadable;  // then it is another folder than this
    const bool is_here = folder.empty() || fs::equivalent(folder, ".", unreadable);
    if (path.empty() || is_here || fs::path(path).is_absolute() ||
        path.find("://") != std::string::npos)
        return path;
    const auto there = folder / path;
    return holds_ours(path) && !holds_ours(there) ? path : there.lexically_normal().string();
}

}  // namespace dreams::config
