#pragma once

// Which home an event was about. Internal to the store: contact_properties and matching_facts ask.

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/db.h"
#include "model/id.h"

namespace dreams::store {

/// The homes of the file, found by what an event says of them: an MLS number, or `12 Elm St,
/// Asheville, NC 28801`. Answers are remembered: events say the same again and again.
class HomesOfEvents {
public:
    explicit HomesOfEvents(Db& db);

    /// Null: the home is not in the file, or cannot be told from another. One home is always the
    /// same place in memory.
    const PropertyId* find(std::string_view mls, std::string_view address);

private:
    struct Home {
        PropertyId id;
        std::string street, city, zip;  ///< normalised; empty: not known
    };
    struct Street {
        std::string key, behind;  ///< the normalised street, and what stands behind it
    };

    std::optional<PropertyId> search(std::string_view mls, std::string_view address);
    std::optional<PropertyId> by_number(std::string_view mls, const Street& street);
    std::optional<PropertyId> by_street(const Street& street);
    std::vector<Home> homes_with(std::string_view kind, std::string_view key);

    Statement with_key_;
    std::unordered_set<PropertyId> found_;
    std::unordered_map<std::string, const PropertyId*> asked_;
    std::string question_;  ///< room for the one under way
};

}  // namespace dreams::store
