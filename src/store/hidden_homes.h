#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/db.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams::store {

/// For the WHERE of a list over `dreams_property_sources s`: true of who showed a home on his own
/// account. The feed does not, and neither does what DREAMS itself looked up on the team's site or
/// keeps the same with Notion: it went there because the feed had told of the home.
constexpr std::string_view shown_by_others = "s.source NOT IN ('reso', 'idx', 'notion')";

/// For the WHERE of a list over `properties p`: true of the homes that may be shown. What an MLS
/// has withdrawn may not, unless somebody else showed the home too.
inline const std::string in_view = R"sql(
    (p.source IS DISTINCT FROM 'reso'
     OR NOT EXISTS (SELECT 1 FROM dreams_hidden_homes h WHERE h.property_id = p.id)
     OR EXISTS (SELECT 1 FROM dreams_property_sources s
                 WHERE s.property_id = p.id AND )sql" +
                                   std::string(shown_by_others) + "))";

/// Why the home may not be shown, in words; none: it may.
std::optional<std::string> hidden_because(Db& db, const PropertyId& home);

/// Whether clients may be shown the home: it is in view, and where an MLS says what its listings
/// may be used for (MlgCanUse), one of them may be for the public (`IDX`) or for registered clients
/// (`VOW`). To be asked before anything leaves the office: a page for a client, a mail, a package.
bool may_be_shown_to_clients(Db& db, const PropertyId& home);

/// Settles whether the home is hidden: it is when it has listings and none of them may be shown.
/// Call it whenever that may have changed. Within a transaction of the caller's.
void settle_view(Db& db, const PropertyId& home, Instant now);

}  // namespace dreams::store
