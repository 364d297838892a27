#pragma once

// The real program, run as a shell would run it: in a folder of its own, with an environment in
// which nothing of DREAMS is set but what the test says.

#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/json.h"
#include "support/folder.h"

namespace dreams::test {

using Words = std::vector<std::string>;
using Variables = std::map<std::string, std::string>;

/// The text in a JSON string.
inline std::string text(const json::Value& value) {
    return std::string(value.as_string());
}

/// What became of one run.
struct Ran {
    int status = -1;  ///< as the shell says it: 128 and the signal, if one ended it
    std::string out, err;
    std::int64_t most_bytes = 0;  ///< of memory, at its height

    json::Value json() const { return json::parse(out); }
};

/// A run that goes on beside the test; killed when it goes.
class Running {
public:
    Running(pid_t process, std::string out, std::string err)
        : process_(process), out_(std::move(out)), err_(std::move(err)) {}
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(process_, nullptr, 0);
    }

    void signal(int number) const { ::kill(process_, number); }

    /// Waits until a whole line has come out, at most a minute; gives it.
    std::string first_line() const {
        for (int i = 0; i < 1200; ++i) {
            const auto out = read_file(out_);
            if (const auto end = out.find('\n'); end != std::string::npos)
                return out.substr(0, end);
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        throw std::runtime_error("the program said nothing: " + read_file(err_));
    }

    /// What it has said on standard error so far.
    std::string said() const { return read_file(err_); }

    /// Waits for its end.
    Ran ended() {
        int status = 0;
        struct rusage used {};
        ::wait4(std::exchange(process_, 0), &status, 0, &used);
        return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), read_file(out_),
                read_file(err_), std::int64_t{used.ru_maxrss} * 1024};
    }

private:
    pid_t process_;
    std::string out_, err_;
};

/// A folder to run the program in.
class Program {
public:
    Folder folder;

    /// Set in every run, unless the run says otherwise.
    Variables variables;

    /// Runs as a user to whom file permissions apply: the superuser may write everywhere.
    bool as_nobody = false;

    Ran run(const Words& words, const Variables& more = {}) { return start(words, more).ended(); }

    Running start(const Words& words, const Variables& more = {}) {
        const auto number = std::to_string(++runs_);
        const auto out = folder.file("out" + number), err = folder.file("err" + number);
        Words with_name{DREAMS_PROGRAM};
        with_name.insert(with_name.end(), words.begin(), words.end());
        Words pairs = environment(more);
        const auto arguments = pointers(with_name), variables_of_it = pointers(pairs);
        const auto place = folder.path().string();
        const int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC;
        const int ends[] = {::open("/dev/null", O_RDONLY | O_CLOEXEC),
                            ::open(out.c_str(), flags, 0600), ::open(err.c_str(), flags, 0600)};
        // Open already, since a nobody may not find the way to it.
        const int program = ::open(DREAMS_PROGRAM, O_RDONLY | O_CLOEXEC);
        const bool as_we_are = !as_nobody || ::geteuid() != 0;
        const pid_t process = ::fork();
        if (process < 0) throw std::runtime_error("no process");
        // Nothing but system calls in the child: other threads may hold what locks there are.
        if (process == 0) {
            if (::chdir(place.c_str()) == 0 && ::dup2(ends[0], STDIN_FILENO) >= 0 &&
                ::dup2(ends[1], STDOUT_FILENO) >= 0 && ::dup2(ends[2], STDERR_FILENO) >= 0 &&
                (as_we_are ||
                 (::setgroups(0, nullptr) == 0 && ::setgid(65534) == 0 && ::setuid(65534) == 0)))
                ::fexecve(program, arguments.data(), variables_of_it.data());
            ::_exit(127);
        }
        for (const int end : {ends[0], ends[1], ends[2], program}) ::close(end);
        return {process, out, err};
    }

private:
    Words environment(const Variables& more) const {
        Variables all = variables;
        for (const auto& [name, value] : more) all[name] = value;
        all["HOME"] = folder.path().string();
        for (const char* name : {"PATH", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS"})
            if (const char* value = std::getenv(name)) all.emplace(name, value);
        Words pairs;
        for (const auto& [name, value] : all) pairs.push_back(name + "=" + value);
        return pairs;
    }
    static std::vector<char*> pointers(Words& words) {
        std::vector<char*> result;
        for (auto& word : words) result.push_back(word.data());
        result.push_back(nullptr);
        return result;
    }

    int runs_ = 0;
};

}  // namespace dreams::test
