#pragma once

#include <functional>
#include <string>

#include "base/time.h"
#include "web/dashboard.h"

namespace dreams::cli {

/// Answers on `address` and `port` until the process is asked to end (SIGINT, SIGTERM), then
/// lets the requests under way finish. `ready` is told the page to open.
void serve_until_asked_to_end(const web::WebOptions& options, const std::string& address, int port,
                              const std::function<void(const std::string& url)>& ready);

/// From now on SIGINT and SIGTERM wait to be asked for: call before any thread starts.
void hold_end_signals();

}  // namespace dreams::cli
