#include "store/disk_room.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace dreams::store {
namespace {

namespace fs = std::filesystem;

/// A backup makes two unpacked copies beside each other, a restore keeps one.
constexpr std::uintmax_t copies = 3, least = 200u << 20;
/// What a commit may want beside the file.
constexpr std::uintmax_t full = 1u << 20;

bool may_write(const fs::path& path) {
    return ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0;
}

}  // namespace

DiskRoom disk_room(const std::string& path) {
    const auto file = fs::absolute(path);
    DiskRoom room;
    room.free = fs::space(file.parent_path(), room.unknown).available;
    std::error_code missing;
    const auto size = fs::file_size(file, missing);
    room.file = missing ? 0 : size;
    room.wanted = std::max(room.file * copies, least);
    return room;
}

std::string why_not_writable(const std::string& path) {
    if (!may_write(path) || !may_write(fs::absolute(path).parent_path()))
        return "the file or its folder is read-only";
    const auto room = disk_room(path);
    return !room.unknown && room.free < full ? "the disk is full" : "";
}

}  // namespace dreams::store
