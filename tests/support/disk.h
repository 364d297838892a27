#pragma once

// A disk that fills up, fails, or goes with its process, at a write of one's choosing: SQLite's
// own way of putting something else in the place of a system call.

#include <signal.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <limits>

namespace dreams::test {

/// While one stands, every write of SQLite's is counted; from write `at` on (the first is 1) it
/// happens as `act` says: `full` and `broken` fail, `killed` writes half and ends the process.
class Disk {
public:
    enum class Act { none, full, broken, killed };

    explicit Disk(Act act = Act::none, int at = std::numeric_limits<int>::max()) {
        act_ = act;
        at_ = at;
        written_ = 0;
        set(reinterpret_cast<sqlite3_syscall_ptr>(write_at));
    }
    Disk(const Disk&) = delete;
    Disk& operator=(const Disk&) = delete;
    ~Disk() { set(nullptr); }

    int writes() const { return written_; }

private:
    static void set(sqlite3_syscall_ptr call) {
        sqlite3_vfs* vfs = sqlite3_vfs_find(nullptr);
        vfs->xSetSystemCall(vfs, "pwrite", call);
    }
    static ssize_t write_at(int file, const void* bytes, size_t count, off_t offset) {
        if (++written_ < at_) return ::pwrite(file, bytes, count, offset);
        if (act_ == Act::killed) {
            [[maybe_unused]] const auto half = ::pwrite(file, bytes, count / 2, offset);
            ::kill(::getpid(), SIGKILL);
        }
        errno = act_ == Act::full ? ENOSPC : EIO;
        return -1;
    }
    inline static Act act_ = Act::none;
    inline static int at_ = 0, written_ = 0;
};

}  // namespace dreams::test
