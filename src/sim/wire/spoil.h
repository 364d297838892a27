#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "base/serve.h"
#include "sim/wire/faults.h"

namespace dreams::sim {

/// How one service words what goes wrong with its answers.
struct Dialect {
    std::string name;   ///< the title of its pages for people
    std::string login;  ///< where redirect_to_login leads
    std::function<http::Response(int status, std::string_view sentence)> refusal;
    /// What the faults of paging (looping_cursor, total_dropped …) make of a good page.
    std::function<http::Response(WireFault, http::Response good)> page;
};

/// Plays a service's faults: counts what was let in, and remembers what each endpoint said last.
class Spoiler {
public:
    Spoiler(const Faults& faults, Dialect dialect)
        : faults_(faults), dialect_(std::move(dialect)) {}

    /// A good answer of `endpoint`, or what the fault that waits for this request makes of it.
    /// Answers that break on the wire come as bytes and pauses.
    http::Response played(const std::string& endpoint, http::Response good);

private:
    const Faults& faults_;
    const Dialect dialect_;
    std::map<std::string, int> let_in_;  ///< by endpoint; `*`: all
    std::map<std::string, http::Response> last_answers_;
};

/// The status of what stands for no answer at all: nobody takes the connection.
inline constexpr int refused_status = 0;

/// Whether such an answer never arrives as a proper one, however patient the client is.
bool breaks_off(WireFault fault);

/// The answer compressed, and its header saying so.
http::Response zipped(http::Response response);

}  // namespace dreams::sim
