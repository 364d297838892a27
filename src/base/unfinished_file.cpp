#include "base/unfinished_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <map>
#include <vector>

#include "base/lock_file.h"

namespace dreams {
namespace {

constexpr std::string_view mark = ".partial-", lock_end = ".lock";
constexpr std::size_t by_chance = 6;  // letters and digits behind the mark

void sync(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool synced = file >= 0 && ::fsync(file) == 0;
    const int code = errno;
    if (file >= 0) ::close(file);
    if (!synced) throw cannot_write(path, code);
}

/// False, with errno: EEXIST where a file has the name. Not every disk can do that in one step, nor
/// give a file two names (a folder of another machine's, a stick): there it is looked for first.
bool name_anew(const char* name, const char* target) {
    if (::renameat2(AT_FDCWD, name, AT_FDCWD, target, RENAME_NOREPLACE) == 0) return true;
    if (errno != EINVAL && errno != ENOSYS) return false;
    if (::link(name, target) == 0) return ::unlink(name) == 0;
    if (errno == EEXIST) return false;
    if (::access(target, F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return ::rename(name, target) == 0;
}

/// The passing name that `name` is, or stands beside; empty: it is none.
std::string passing_name(const std::string& name) {
    const auto at = name.find(mark);
    if (at == std::string::npos || name.size() < at + mark.size() + by_chance) return "";
    return name.substr(0, at + mark.size() + by_chance);
}

}  // namespace

Error cannot_write(const std::string& file, int code) {
    const bool full = code == ENOSPC || code == EDQUOT;
    return {Fault::unavailable,
            file + " cannot be written: " + (full ? "the disk is full" : std::strerror(code))};
}

UnfinishedFile::UnfinishedFile(std::string target) : target_(std::move(target)) {
    while (!make()) {
    }
}

/// False: another program took its name for a leftover in the moment before it was locked.
bool UnfinishedFile::make() {
    auto locked = target_ + std::string(mark) + "XXXXXX" + std::string(lock_end);
    lock_ = ::mkostemps(locked.data(), static_cast<int>(lock_end.size()), O_CLOEXEC);
    if (lock_ < 0) throw cannot_write(target_, errno);
    name_ = locked.substr(0, locked.size() - lock_end.size());
    const bool ours = (lock_alone(lock_) || errno != EWOULDBLOCK) && has_a_name(lock_);
    const int file =
        ours ? ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
    const int code = ours ? errno : EEXIST;
    if (file >= 0) {
        ::close(file);
        return true;
    }
    ::unlink(locked.c_str());
    ::close(lock_);
    if (code != EEXIST) throw cannot_write(target_, code);
    return false;
}

UnfinishedFile::~UnfinishedFile() {
    for (const char* beside : {"", "-wal", "-shm", "-journal", lock_end.data()})
        ::unlink((name_ + beside).c_str());  // most of them were never made
    ::close(lock_);
}

void UnfinishedFile::finish() {
    sync(name_, O_RDONLY);
    if (::rename(name_.c_str(), target_.c_str()) != 0) throw cannot_write(target_, errno);
    sync_folder();
}

bool UnfinishedFile::finish_new() {
    sync(name_, O_RDONLY);
    if (!name_anew(name_.c_str(), target_.c_str())) {
        if (errno == EEXIST) return false;
        throw cannot_write(target_, errno);
    }
    sync_folder();
    return true;
}

void UnfinishedFile::sync_folder() const {
    const auto folder = std::filesystem::path(target_).parent_path();
    sync(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

void remove_leftovers(const std::string& stem) {
    namespace fs = std::filesystem;
    const fs::path path(stem);
    const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    std::map<std::string, std::vector<std::string>> found;  // files by their passing name
    std::error_code unseen;  // a folder that may not be looked into: whoever writes to it says so
    for (const auto& each : fs::directory_iterator(folder, unseen)) {
        const auto name = each.path().filename().string();
        const auto passing = passing_name(name);
        if (passing.empty() || !name.starts_with(path.filename().string())) continue;
        auto& files = found[(folder / passing).string()];
        files.push_back(each.path());
    }
    for (const auto& [passing, files] : found) {
        const auto locked = passing + std::string(lock_end);
        const int file = ::open(locked.c_str(), O_RDWR | O_CLOEXEC);
        if (file >= 0 && lock_alone(file)) {
            for (const auto& each : files)
                if (each != locked) ::unlink(each.c_str());
            ::unlink(locked.c_str());  // last: without it nobody knows what the others are
        }
        if (file >= 0) ::close(file);
    }
}

}  // namespace dreams
