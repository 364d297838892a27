#pragma once

// A far side that is a real one: sshd as a process of the test's own, with keys, configuration and
// port of its own.

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/program.h"
#include "support/folder.h"

namespace dreams::test {

inline std::string said(const std::vector<std::string>& words) {
    dreams::Program program(words);
    program.close_input();
    auto out = program.read_all();
    if (program.end() != 0) throw std::runtime_error(words[0] + " failed");
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
}

class Sshd {
public:
    /// `inside`: words that run it elsewhere, e.g. `ip netns exec far`.
    explicit Sshd(const std::string& address = "127.0.0.1",
                  const std::vector<std::string>& inside = {})
        : address_(address), port_(free_port()) {
        for (const char* key : {"host", "user"})
            said({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file(key)});
        write_file(file("authorized"), read_file(file("user.pub")));
        ::chmod(file("authorized").c_str(), 0600);
        write_file(file("known"), "[" + address + "]:" + port_ + " " + read_file(file("host.pub")));
        write_file(file("sshd"), "ListenAddress " + address + "\nPort " + port_ + "\nHostKey " +
                                     file("host") + "\nAuthorizedKeysFile " + file("authorized") +
                                     "\nPidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin "
                                     "yes\nPasswordAuthentication no\nMaxStartups 200\n"
                                     "ClientAliveInterval 10\nClientAliveCountMax 3\n");
        write_file(file("ssh"), "Host *\n  IdentityFile " + file("user") +
                                    "\n  IdentitiesOnly yes\n  UserKnownHostsFile " +
                                    file("known") + "\n  StrictHostKeyChecking yes\n");
        if (::geteuid() == 0) ::mkdir("/run/sshd", 0755);  // Debian's makes it when it is started
        start(inside);
    }
    Sshd(const Sshd&) = delete;
    Sshd& operator=(const Sshd&) = delete;
    ~Sshd() {
        if (process_ <= 0) return;
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
    }

    std::string config() const { return file("ssh"); }
    std::string url(const std::string& path) const {
        return "ssh://" + said({"id", "-un"}) + "@" + address_ + ":" + port_ + path;
    }

private:
    std::string file(const std::string& name) const { return folder_.file(name); }

    static std::string free_port() {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in any{.sin_family = AF_INET};
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof any;
        ::bind(socket, reinterpret_cast<sockaddr*>(&any), size);
        ::getsockname(socket, reinterpret_cast<sockaddr*>(&any), &size);
        ::close(socket);
        return std::to_string(ntohs(any.sin_port));
    }

    void start(std::vector<std::string> words) {
        words.insert(words.end(),
                     {"/usr/sbin/sshd", "-D", "-e", "-f", file("sshd"), "-E", file("log")});
        std::vector<char*> pointers;
        for (auto& word : words) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        process_ = ::fork();
        if (process_ == 0) {
            ::execvp(pointers[0], pointers.data());
            ::_exit(127);
        }
        for (int i = 0; i < 200; ++i) {
            if (::access(file("log").c_str(), R_OK) == 0 &&
                read_file(file("log")).find("Server listening") != std::string::npos)
                return;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        throw std::runtime_error("no sshd: is openssh-server installed? (scripts/install --test)");
    }

    Folder folder_;
    std::string address_, port_;
    pid_t process_ = -1;
};

}  // namespace dreams::test
