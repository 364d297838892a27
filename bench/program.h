#pragma once

#include <sys/types.h>

#include <string>

namespace dreams::bench {

/// The real `dreams serve` on a file, from its start on a free port until this goes.
class Program {
public:
    /// Waits until it says where it listens. Throws Error when it does not come up.
    Program(const std::string& program, const std::string& folder, const std::string& file);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    int port() const { return port_; }
    double resident_bytes() const;  ///< VmRSS

private:
    pid_t process_ = -1;
    int port_ = 0;
};

}  // namespace dreams::bench
