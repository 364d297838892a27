#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/serve.h"
#include "base/time.h"
#include "model/property.h"

namespace dreams::web {

struct Site;

/// What the API can set going at other systems. Empty: that is not set up (503 NOT_CONFIGURED).
/// Each opens the file for itself, since none may hold a transaction while it asks a network.
struct Orders {
    std::function<IdxCheck(const PropertyId&)> validate_idx;  ///< one home; gives what came of it
    std::function<std::int64_t()>
        validate_waiting;                          ///< all that wait; gives how many are validated
    std::function<std::int64_t()> push_to_notion;  ///< gives how many homes were pushed
    std::string notion_database;                   ///< the id of it
};

/// What the dashboard has to be told. All of it comes from settings.
struct WebOptions {
    std::string database;  ///< path of the file
    Zone zone;             ///< the office's: whose calendar and clock pages speak of
    Clock& clock;
    std::optional<Instant> fixed_now = std::nullopt;  ///< the clock stands still: pages say so
    std::string environment = "dev";                  ///< `dev` or `prd`
    /// Host names beside localhost and loopback addresses that a request may be for.
    std::vector<std::string> hosts = {};
    /// What a person's FUB id is put behind to link to them; empty: there are no such links.
    std::string fub_people_url = "";
    /// What an MLS number is put behind to find the home on the IDX site; empty: no such links.
    std::string idx_homes_url = "";
    std::string api_key = "";  ///< what X-API-Key must hold under /api/; empty: see web/door.h
    /// Whose pages may call the API: origins, as web/door.h's origins_of gives them.
    std::vector<std::string> allowed_origins = {};
    Orders orders = {};
    /// Where a line about each failure of ours goes.
    std::function<void(const std::string&)> log = [](const std::string&) {};
};

/// The pages and their JSON, the API, `/health`, `/metrics` and static files, as a handler for
/// http::Server. What is asked with GET never writes to the file; survives that it is missing,
/// replaced or damaged: pages are then a 503 that says so. May be asked from several threads.
class Dashboard {
public:
    explicit Dashboard(WebOptions options);
    http::Handler handler() const;

private:
    std::shared_ptr<Site> site_;
};

/// Splits the setting `web.listen`, `127.0.0.1:8484` or `localhost:8484` or `[::1]:8484`, into
/// address and port. Throws Error{invalid}: it is none, or not on loopback. There are no logins
/// yet, so nobody from outside may reach the people in the file.
std::pair<std::string, int> listen_address(std::string_view setting);

}  // namespace dreams::web
