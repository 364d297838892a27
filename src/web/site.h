#pragma once

#include <utility>

#include "web/connections.h"
#include "web/dashboard.h"
#include "web/metrics.h"

namespace dreams::web {

/// What all requests share.
struct Site {
    explicit Site(WebOptions o) : options(std::move(o)), connections(options.database) {}

    WebOptions options;
    Connections connections;
    Metrics metrics;
};

}  // namespace dreams::web
