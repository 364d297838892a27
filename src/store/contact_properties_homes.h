#pragma once

// Which home an event was about. Internal to store/contact_properties.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/db.h"
#include "model/id.h"

namespace dreams::store {

/// Every home of the file in memory, to be found by what an event says of it: an MLS number, or
/// `12 Elm St, Asheville, NC 28801`. Answers are remembered: events say the same again and again.
class HomesOfEvents {
public:
    explicit HomesOfEvents(Db& db);

    /// The place of the home in `ids`; none: it is not in the file, or cannot be told from another.
    std::optional<std::size_t> find(std::string_view mls, std::string_view address);
    const PropertyId& id(std::size_t home) const { return homes_[home].id; }

private:
    struct Home {
        PropertyId id;
        std::string street, city, zip;  ///< normalised; empty: not known
    };
    struct Street {
        std::string key, behind;  ///< the normalised street, and what stands behind it
    };
    using Index = std::unordered_map<std::string, std::vector<std::size_t>>;

    std::optional<std::size_t> search(std::string_view mls, std::string_view address) const;
    std::optional<std::size_t> by_number(std::string_view mls, const Street& street) const;
    std::optional<std::size_t> by_street(const Street& street) const;

    std::vector<Home> homes_;
    Index numbers_, streets_;
    std::unordered_map<std::string, std::optional<std::size_t>> asked_;
};

}  // namespace dreams::store
