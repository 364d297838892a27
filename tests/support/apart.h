#pragma once

// Something done in a process of its own, so that it can be killed, or be done as another user.

#include <grp.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>
#include <functional>
#include <stdexcept>
#include <string>

namespace dreams::test {

/// How it ended, and what it said.
struct Ended {
    bool killed = false;
    std::string said;
};

/// A child process that runs `what`.
class Apart {
public:
    explicit Apart(const std::function<std::string()>& what) {
        if (::pipe(pipe_) != 0) throw std::runtime_error("no pipe");
        child_ = ::fork();
        if (child_ < 0) throw std::runtime_error("no process");
        if (child_ == 0) {
            std::string said;
            try {
                said = what();
            } catch (const std::exception& error) {
                said = error.what();
            }
            const bool told = ::write(pipe_[1], said.data(), said.size()) >= 0;
            ::_exit(told ? 0 : 1);
        }
        ::close(pipe_[1]);
    }

    /// Waits for it; gives what `what` returned, or the sentence of the error that it threw.
    Ended ended() {
        Ended ended;
        char buffer[4096];
        for (ssize_t n; (n = ::read(pipe_[0], buffer, sizeof buffer)) > 0;)
            ended.said.append(buffer, static_cast<std::size_t>(n));
        ::close(pipe_[0]);
        int status = 0;
        ::waitpid(child_, &status, 0);
        ended.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
        return ended;
    }

private:
    int pipe_[2] = {};
    pid_t child_ = -1;
};

/// Runs `what` in a child process and waits for it.
inline Ended apart(const std::function<std::string()>& what) {
    return Apart(what).ended();
}

/// The same as a user to whom file permissions apply: the superuser may write everywhere.
inline Ended apart_as_nobody(const std::function<std::string()>& what) {
    return apart([&]() -> std::string {
        constexpr unsigned nobody = 65534;
        if (::geteuid() == 0 &&
            (::setgroups(0, nullptr) != 0 || ::setgid(nobody) != 0 || ::setuid(nobody) != 0))
            return "cannot become nobody";
        return what();
    });
}

}  // namespace dreams::test
