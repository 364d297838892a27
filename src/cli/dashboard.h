#pragma once

#include <functional>
#include <string>
#include <thread>
#include <utility>

#include "web/dashboard.h"

namespace dreams::cli {

/// From now on SIGINT and SIGTERM wait to be asked for: call it before any thread starts.
void hold_end_signals();

/// While it stands, a SIGINT or SIGTERM that is held does `last_thing` and ends the process at
/// once: for long work that nobody else looks after.
class EndAtOnce {
public:
    explicit EndAtOnce(std::function<void()> last_thing);
    EndAtOnce(const EndAtOnce&) = delete;
    EndAtOnce& operator=(const EndAtOnce&) = delete;

private:
    std::jthread watcher_;
};

/// Waits until the process is asked to end (SIGINT, SIGTERM, held before); tells the service
/// manager meanwhile that it lives, as often as that wants to hear it. Whoever then asks again does
/// not want to wait for what is under way: that ends the process at once.
void wait_until_asked_to_end();

/// Where to listen; port 0 is any free one.
struct Listen {
    std::string address;
    int port = 0;
};

/// Answers until the process is asked to end (SIGINT, SIGTERM, held before), then lets the
/// requests under way finish. `ready` is told what to open.
void serve_until_asked_to_end(const web::WebOptions& options, const Listen& listen,
                              const std::function<void(const std::string& url)>& ready);

}  // namespace dreams::cli
