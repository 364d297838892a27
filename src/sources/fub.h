#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/http.h"
#include "base/pace.h"
#include "base/time.h"
#include "model/contact_communication.h"
#include "model/contact_event.h"
#include "model/lead.h"
#include "model/lead_activity.h"
#include "model/sync_run.h"

namespace dreams::sources {

/// Where the account is and how to show who we are. From the settings `fub.*`.
struct FubSettings {
    std::string url = "https://api.followupboss.com/v1";
    std::string api_key;
    std::string system;      ///< X-System; empty: none is sent
    std::string system_key;  ///< X-System-Key
    /// FUB's event type → what it is kept as: one of contact_events' four words, or another word
    /// for lead_activities. Beside the built-in mapping, for an office that wants it otherwise.
    std::map<std::string, std::string> event_types;
};

}  // namespace dreams::sources
