#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/db.h"
#include "base/serve.h"
#include "base/time.h"
#include "model/notion.h"
#include "model/property.h"
#include "store/backup.h"
#include "store/dictionary.h"

namespace dreams::web {

struct Site;

/// What the API can set going at other systems. Empty: that is not set up (503 NOT_CONFIGURED).
/// Each opens the file for itself, since none may hold a transaction while it asks a network.
struct Orders {
    std::function<IdxCheck(const PropertyId&)> validate_idx;  ///< one home; gives what came of it
    std::function<std::int64_t()>
        validate_waiting;                           ///< all that wait; gives how many are validated
    std::function<std::int64_t()> push_to_notion;   ///< gives how many homes were pushed
    std::string notion_database;                    ///< the id of it
    std::function<NotionPreview()> preview_notion;  ///< what a run would change
    /// Adds the properties that the Notion database lacks; gives their names.
    std::function<std::vector<std::string>()> add_to_notion;
};

/// What the dashboard has to be told. All of it comes from settings.
struct WebOptions {
    std::string database;  ///< path of the file
    Zone zone;             ///< the office's: whose calendar and clock pages speak of
    Clock& clock;
    std::optional<Instant> fixed_now = std::nullopt;  ///< the clock stands still: pages say so
    std::string environment = "dev";                  ///< `dev` or `prd`
    /// Host names beside localhost and loopback addresses that a request may be for: those of a
    /// proxy that asks for a login.
    std::vector<std::string> hosts = {};
    std::string proxy_secret = "";  ///< what such a proxy sends as X-Dreams-Proxy; empty: none may
    /// What a person's FUB id is put behind to link to them; empty: there are no such links.
    std::string fub_people_url = "";
    /// What an MLS number is put behind to find the home on the IDX site; empty: no such links.
    std::string idx_homes_url = "";
    std::string api_key = "";  ///< what X-API-Key must hold under /api/; empty: see web/door.h
    /// Whose pages may call the API: origins, as web/door.h's origins_of gives them.
    std::vector<std::string> allowed_origins = {};
    Orders orders = {};
    bool keeps_timetable = true;  ///< this program does what is due; else another has to
    /// The proved backups, the newest first; asked for each page that shows them.
    std::function<std::vector<store::Backup>()> backups = [] {
        return std::vector<store::Backup>();
    };
    std::optional<PackKey> backup_key = std::nullopt;  ///< what they are encrypted with
    std::vector<store::DictionaryJob> jobs = {};       ///< what the data dictionary says of jobs
    std::vector<store::DataFlow> flows = {};           ///< and of where rows come from
    /// A sentence that every page shows until what it says is put right; asked for each page.
    std::function<std::optional<std::string>(Db&)> alarm = [](Db&) { return std::nullopt; };
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
    /// For http::ServerOptions: a page, or JSON, that says how much may be sent at once. Files for
    /// an import may have 32 MB, which is a large export of an MLS; anything else 8 MB.
    std::function<std::optional<http::Response>(const http::Request&, std::uint64_t)> before_body()
        const;

private:
    std::shared_ptr<Site> site_;
};

/// Splits the setting `web.listen`, `127.0.0.1:8484` or `localhost:8484` or `[::1]:8484`, into
/// address and port. Throws Error{invalid}: it is none, or not on loopback. There are no logins
/// yet, so nobody from outside may reach the people in the file.
std::pair<std::string, int> listen_address(std::string_view setting);

}  // namespace dreams::web
