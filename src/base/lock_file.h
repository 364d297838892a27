#pragma once

#include <string>

namespace dreams {

/// An empty file that programs lock to tell one another of themselves: the operating system keeps
/// such locks apart neither by containers nor by who may see whose processes, and gives them back
/// however a program ends. It is made when it is first locked; the last who has it locked removes
/// it.
class LockFile {
public:
    /// `like`: the file that it speaks of; whoever may read that may lock this one.
    LockFile(std::string path, std::string like);
    LockFile(const LockFile&) = delete;
    LockFile& operator=(const LockFile&) = delete;
    ~LockFile();

    /// Locks it for this one alone. False: another has it, or it cannot be locked here.
    bool alone();
    /// Locks it together with others that share it; waits for one who has it alone. False: it
    /// cannot be locked here.
    bool share();

    /// Whether anybody has the file `path` locked, be it this program.
    static bool is_held(const std::string& path);

private:
    bool make();
    bool lock(int how);

    std::string path_, like_;
    int file_ = -1;
};

// What is asked of a file that is open already.

/// Locks it for its holder alone. False: another has it (errno is EWOULDBLOCK), or this disk knows
/// no locks. The lock is the open file's own, not of the process: the engine's are of another kind.
bool lock_alone(int file);

/// Whether nobody has removed it since it was opened.
bool has_a_name(int file);

}  // namespace dreams
