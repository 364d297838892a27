#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dreams {

/// Another program run beside this one, by its words and without a shell: what is written to it is
/// its standard input, what is read its standard output; its standard error is ours. Ended with
/// SIGTERM when it goes before its end, and with SIGKILL when it does not heed that.
class Program {
public:
    /// Found on PATH. Throws Error{unavailable}: there is no such program, or no process for it.
    explicit Program(const std::vector<std::string>& words);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    /// False: it takes no more; why, end() tells.
    bool write(std::string_view bytes);
    void close_input();
    std::size_t read(char* buffer, std::size_t size);  ///< 0: it has said everything
    std::string read_all();

    /// Waits for its end; gives its exit status, 128 and the signal that ended it.
    int end();

private:
    std::string name_;
    pid_t process_ = -1;
    int input_ = -1, output_ = -1;
};

}  // namespace dreams
