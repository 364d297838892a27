#include "base/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace dreams {

bool lock_alone(int file) {
    return ::flock(file, LOCK_EX | LOCK_NB) == 0;
}

bool has_a_name(int file) {
    struct stat status {};
    return ::fstat(file, &status) == 0 && status.st_nlink > 0;
}

LockFile::LockFile(std::string path, std::string like)
    : path_(std::move(path)), like_(std::move(like)) {}

LockFile::~LockFile() {
    if (file_ < 0) return;
    if (lock_alone(file_) && has_a_name(file_)) ::unlink(path_.c_str());
    ::close(file_);
}

bool LockFile::make() {
    struct stat like {};
    if (::stat(like_.c_str(), &like) != 0) return false;
    file_ = ::open(path_.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, like.st_mode & 0666);
    if (file_ < 0) return false;
    // One that the superuser makes is the owner's, who else could not open it; where that cannot be
    // done (a disk that knows no owners), it is anybody's.
    if (::geteuid() == 0) static_cast<void>(!::fchown(file_, like.st_uid, like.st_gid));
    return true;
}

bool LockFile::lock(int how) {
    while (file_ >= 0 || make()) {
        while (::flock(file_, how) != 0)
            if (errno != EINTR) return false;
        if (has_a_name(file_)) return true;
        ::close(std::exchange(file_, -1));  // the last who had it has removed it meanwhile
    }
    return false;
}

bool LockFile::alone() {
    return lock(LOCK_EX | LOCK_NB);
}

bool LockFile::share() {
    return lock(LOCK_SH);
}

bool LockFile::is_held(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) return false;
    const bool held = !lock_alone(file) && errno == EWOULDBLOCK;
    ::close(file);
    return held;
}

}  // namespace dreams
