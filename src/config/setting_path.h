#pragma once

#include <filesystem>
#include <string>

namespace dreams::config {

/// Where `path` leads when a setting says it that belongs to `folder`: a relative one from there,
/// whatever folder somebody is in. What only the current folder has is what is meant: the file
/// itself, or a folder with files of ours in it. A path from the current folder, an absolute one
/// and an address (`ssh://…`) stay as they are written.
std::string setting_path(const std::string& path, const std::filesystem::path& folder);

}  // namespace dreams::config
