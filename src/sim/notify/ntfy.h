#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/http.h"
#include "base/serve.h"
#include "base/time.h"
#include "sim/wire/faults.h"

namespace dreams::sim {

struct NtfyOptions {
    std::string token;           ///< empty: anybody may write
    int requests_a_minute = 60;  ///< more are refused with 429
};

/// What a phone that has subscribed to a topic shows.
struct NtfyNote {
    std::string topic, title, text, click;
    int priority = 3;
    bool as_file = false;  ///< the text was too long to be shown
};

/// An ntfy server, as far as publishing JSON to `/` goes. Safe from several threads.
class NtfyServer {
public:
    /// Keeps a reference to the clock.
    explicit NtfyServer(Clock& clock, NtfyOptions options = {});
    ~NtfyServer();

    http::Response answer(const http::Request& request);
    http::Handler handler() {
        return [this](const http::Request& request) { return answer(request); };
    }
    http::Network network();  ///< without sockets; any host is this server
    Faults& faults();         ///< endpoint `ntfy`
    std::vector<NtfyNote> notes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace dreams::sim
