#pragma once

#include <string>
#include <vector>

namespace dreams::bench {

/// A browser that does nothing but ask: one connection to 127.0.0.1, kept alive.
class Caller {
public:
    explicit Caller(int port);
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    ~Caller();

    /// The body of the answer; throws Error when it is not a 200 or does not come.
    std::string get(const std::string& path);

private:
    void send(const std::string& text) const;
    void receive();
    int socket_ = -1;
    std::string received_;
};

/// How fast a server answers.
struct Pace {
    double per_second = 0;
    double half = 0, nearly_all = 0;  ///< seconds within which 50 % and 99 % are answered
};

/// Two callers ask for `paths` in turn, each as soon as it is answered, for `seconds`.
Pace drive(int port, const std::vector<std::string>& paths, double seconds);

}  // namespace dreams::bench
