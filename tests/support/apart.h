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

/// Runs `what` in a child process and waits for it; gives what it returned, or the sentence of the
/// error that it threw.
inline Ended apart(const std::function<std::string()>& what) {
    int pipe[2];
    if (::pipe(pipe) != 0) throw std::runtime_error("no pipe");
    const pid_t child = ::fork();
    if (child < 0) throw std::runtime_error("no process");
    if (child == 0) {
        std::string said;
        try {
            said = what();
        } catch (const std::exception& error) {
            said = error.what();
        }
        const bool told = ::write(pipe[1], said.data(), said.size()) >= 0;
        ::_exit(told ? 0 : 1);
    }
    ::close(pipe[1]);
    Ended ended;
    char buffer[4096];
    for (ssize_t n; (n = ::read(pipe[0], buffer, sizeof buffer)) > 0;)
        ended.said.append(buffer, static_cast<std::size_t>(n));
    ::close(pipe[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ended.killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    return ended;
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
