#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/wire/faults.h"

namespace dreams::sim {

using FubFault = WireFault;  ///< all of them happen to FUB too (fub-api §17 B8, E)

/// How a list says that there is nothing after a page (fub-api §17.12).
enum class LastPage {
    null,       ///< `"next":null,"nextLink":null`
    absent,     ///< the keys are not there
    one_empty,  ///< a last page that is exactly full leads to an empty one
};

/// How a simulated account behaves where real ones differ or nobody knows. The defaults are what
/// the facts call documented or seen; each switch names its place in fub-api §17.
struct FubOptions {
    /// API key → user id; empty: `fka_owner`, `fka_admin`, `fka_agent`, `fka_lender`, each the
    /// first user of that kind.
    std::map<std::string, std::int64_t> keys;
    /// OAuth token → user id, for `Authorization: Bearer`.
    std::map<std::string, std::int64_t> tokens;
    /// X-System-Key → system's name; requests with one have the higher limits.
    std::map<std::string, std::string> systems{{"system-key", "DREAMS"}};

    std::int64_t account_id = 1234;
    std::string domain = "ridgeline", account_name = "Ridgeline Realty";
    bool expired = false;  ///< A2: everything but POST /events is 403

    bool slashes_escaped = true;   ///< A4: `\/`, as PHP writes
    bool unicode_escaped = false;  ///< `\u00e9` instead of UTF-8, as PHP writes unless told not to
    bool real_host = false;        ///< A5: nextLink names the real service, not this one

    LastPage last_page = LastPage::null;
    bool total_as_text = true;            ///< C13: customFields' total is a string
    bool totals_as_text = false;          ///< the same everywhere
    bool bad_next_is_first_page = false;  ///< C15: garbage in `next` is the first page, not a 400
    bool deep_cursor_refused = false;     ///< C11: offset cursors end at 2000 as offsets do
    bool ids_only = true;                 ///< C17: false: `idsOnly` is ignored
    bool emails = true;                   ///< false: GET /emails is 403, as on some accounts
    bool updated_after_on_people = true;  ///< §4: false: it finds nothing, as one probe saw

    std::chrono::seconds fresh_for{0};  ///< D21: a new person's own pages are 404 for so long
    /// D22: POST /events from this source is archived by the lead flow: 204, nothing is kept.
    std::string archived_source = "Archived";
    bool unknown_custom_refused = true;  ///< D23: PUT with an unknown custom* name is a 400
    bool tags_as_objects = false;        ///< D24: `[{"id","name"}]` under allFields
    bool short_rows = false;             ///< D24: people rows end at `claimed`
    bool strange_keys = false;           ///< D24: rows carry keys nobody has heard of
    bool numbers_as_text = false;        ///< ids and counts of children come as text
    bool bodies_hidden = false;          ///< D24: `* Body is hidden for privacy reasons *`
    bool recordings_hidden = false;      ///< D24
    bool webhooks_over_http = false;     ///< F: allow http://127.0.0.1
};

}  // namespace dreams::sim
