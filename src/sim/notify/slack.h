#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/http.h"
#include "base/serve.h"
#include "base/time.h"
#include "sim/wire/faults.h"

namespace dreams::sim {

/// A post in the room, as it was sent.
struct SlackPost {
    std::string text;      ///< what a phone's banner shows
    std::string markdown;  ///< of the first block; empty: there is none
};

/// Slack's side of an incoming webhook at `/services/T000/B000/XXXX`: one post a second. Safe from
/// several threads.
class SlackRoom {
public:
    static constexpr auto path = "/services/T000/B000/XXXX";

    /// Keeps a reference to the clock.
    explicit SlackRoom(Clock& clock);
    ~SlackRoom();

    http::Response answer(const http::Request& request);
    http::Handler handler() {
        return [this](const http::Request& request) { return answer(request); };
    }
    http::Network network();  ///< without sockets; any host is Slack
    Faults& faults();         ///< endpoint `slack`
    void archive();           ///< the room is closed: its webhook stays, and is refused
    std::vector<SlackPost> posts() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace dreams::sim
