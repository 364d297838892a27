#pragma once

// A disk in memory that can be filled up to the last page.

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "support/folder.h"

namespace dreams::test {

/// A small disk, mounted in a folder of its own for as long as this is there.
class SmallDisk {
public:
    static constexpr long page = 4096;

    explicit SmallDisk(int megabytes = 16)
        : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0,
                           ("size=" + std::to_string(megabytes) + "m").c_str()) == 0) {}
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
    }

    /// False: disks may not be mounted here.
    bool mounted() const { return mounted_; }
    std::filesystem::path path() const { return folder_.path(); }

    long free_pages() const {
        struct statvfs status {};
        if (::statvfs(path().c_str(), &status) != 0) throw std::runtime_error("no such disk");
        return static_cast<long>(status.f_bavail * status.f_frsize) / page;
    }

    /// Fills it until only so many pages are free.
    void leave(long pages) {
        const long much = (free_pages() - pages) * page;
        const int file = ::open(ballast().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        const bool full = file >= 0 && (much <= 0 || ::posix_fallocate(file, 0, much) == 0);
        ::close(file);
        if (!full) throw std::runtime_error("the disk cannot be filled");
    }
    /// From now on; false: it could not be done.
    bool make_read_only() const {
        return ::mount(nullptr, folder_.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) ==
               0;
    }
    void make_room() { std::filesystem::remove(ballast()); }

private:
    std::filesystem::path ballast() const { return path() / "ballast"; }

    Folder folder_;
    bool mounted_;
};

}  // namespace dreams::test
