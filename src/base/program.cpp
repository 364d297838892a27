#include "base/program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include "base/error.h"

namespace dreams {
namespace {

/// So long a program may take to end when it is told to: two seconds.
constexpr std::chrono::milliseconds one_wait{10};
constexpr int most_waits = 200;

struct Ends {
    int read = -1, write = -1;
    Ends() {
        int both[2];
        if (::pipe2(both, O_CLOEXEC) != 0)
            throw Error(Fault::unavailable, std::string("no pipe: ") + std::strerror(errno));
        read = both[0];
        write = both[1];
    }
};

void close_if_open(int& descriptor) {
    if (descriptor >= 0) ::close(std::exchange(descriptor, -1));
}

/// The two ends as its standard input and output; a broken pipe ends it as it ends any program, and
/// so do the signals that this one has its threads leave alone.
int spawn(const std::vector<std::string>& words, int input, int output, pid_t& process) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    sigset_t pipe_signal;
    sigemptyset(&pipe_signal);
    sigaddset(&pipe_signal, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &pipe_signal);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    std::vector<char*> pointers;
    for (const auto& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    const int code =
        ::posix_spawnp(&process, pointers[0], &actions, &attributes, pointers.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

}  // namespace

Program::Program(const std::vector<std::string>& words) : name_(words.at(0)) {
    ::signal(SIGPIPE, SIG_IGN);  // write() tells instead
    Ends in, out;
    const int code = spawn(words, in.read, out.write, process_);
    ::close(in.read);
    ::close(out.write);
    input_ = in.write;
    output_ = out.read;
    if (code == 0) return;
    process_ = -1;
    close_if_open(input_);
    close_if_open(output_);
    throw Error(Fault::unavailable, name_ + " cannot be run: " + std::strerror(code));
}

Program::~Program() {
    close_if_open(input_);
    close_if_open(output_);
    if (process_ <= 0) return;
    ::kill(process_, SIGTERM);
    for (int waited = 0; ::waitpid(process_, nullptr, WNOHANG) == 0; ++waited) {
        if (waited == most_waits) ::kill(process_, SIGKILL);
        std::this_thread::sleep_for(one_wait);
    }
}

bool Program::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(input_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void Program::close_input() {
    close_if_open(input_);
}

std::size_t Program::read(char* buffer, std::size_t size) {
    while (true) {
        const auto got = ::read(output_, buffer, size);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) throw Error(Fault::unavailable, name_ + ": " + std::strerror(errno));
    }
}

std::string Program::read_all() {
    std::string all;
    char buffer[65536];
    while (const auto got = read(buffer, sizeof buffer)) all.append(buffer, got);
    return all;
}

int Program::end() {
    close_if_open(input_);
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0)
        if (errno != EINTR) throw Error(Fault::internal, name_ + " has no end");
    process_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace dreams
