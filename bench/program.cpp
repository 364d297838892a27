#include "bench/program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <vector>

#include "base/error.h"
#include "bench/account.h"

namespace dreams::bench {
namespace {

/// What a child says on its standard output, up to the end of the first line.
std::string first_line(int pipe) {
    std::string line;
    for (char c; ::read(pipe, &c, 1) == 1 && c != '\n';) line += c;
    return line;
}

/// The port in `…:PORT"}`; 0: there is none.
int port_in(const std::string& line) {
    const auto colon = line.rfind(':');
    return colon == std::string::npos ? 0 : std::atoi(line.c_str() + colon + 1);
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (auto& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

Program::Program(const std::string& program, const std::string& folder, const std::string& file) {
    int pipe[2];
    if (::pipe2(pipe, O_CLOEXEC) != 0) throw Error(Fault::unavailable, "no pipe can be had");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, pipe[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_addchdir_np(&actions, folder.c_str());
    std::vector<std::string> words{program, "--database",    file,
                                   "--now", to_text(monday), "--json",
                                   "serve", "--listen",      "127.0.0.1:0"};
    // An environment of its own: no settings of whoever measures.
    std::vector<std::string> environment{"HOME=" + folder, "PATH=/usr/bin:/bin"};
    const int failed = ::posix_spawn(&process_, program.c_str(), &actions, nullptr,
                                     pointers(words).data(), pointers(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(pipe[1]);
    if (failed == 0) port_ = port_in(first_line(pipe[0]));
    ::close(pipe[0]);
    if (failed != 0 || port_ == 0)
        throw Error(Fault::unavailable, program + " serve did not come up");
}

Program::~Program() {
    ::kill(process_, SIGTERM);
    ::waitpid(process_, nullptr, 0);
}

double Program::resident_bytes() const {
    std::ifstream status("/proc/" + std::to_string(process_) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmRSS:")) return std::stod(line.substr(6)) * 1024;
    throw Error(Fault::unavailable, "the server's memory cannot be read");
}

}  // namespace dreams::bench
