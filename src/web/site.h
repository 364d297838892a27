#pragma once

#include <utility>

#include "web/connections.h"
#include "web/dashboard.h"
#include "web/metrics.h"
#include "web/throttle.h"
#include "web/uploads.h"

namespace dreams::web {

/// What all requests share.
struct Site {
    explicit Site(WebOptions o)
        : options(std::move(o)), connections(options.database), writing(options.database) {}

    WebOptions options;
    Connections connections;
    WritingDesk writing;
    Metrics metrics;
    Uploads uploads{64u << 20};
    Throttle wrong_keys{20, 0.2};  ///< of one caller: who mistypes it sees why, who guesses waits
    Throttle writes{2000, 50};     ///< of one caller: more than any person or extension makes
};

}  // namespace dreams::web
