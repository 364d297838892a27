#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/match.h"

namespace dreams::store {

/// A suggestion as a line of a list: whom, what, and what became of it.
struct MatchLine {
    Match match;
    std::string name;  ///< never empty: else the e-mail, the phone, the id
    std::optional<std::string> agent;
    std::int64_t priority = 0;  ///< of the person, 0–100
    std::optional<std::string> address, city, status;
    std::optional<std::int64_t> price, beds, sqft;
    std::optional<double> baths, acreage;

    static constexpr auto columns() {
        return Columns{
            Part{&MatchLine::match},
            Column{"name", &MatchLine::name},
            Column{"assigned_agent", &MatchLine::agent},
            Column{"priority_score", &MatchLine::priority},
            Column{"address", &MatchLine::address},
            Column{"city", &MatchLine::city},
            Column{"status", &MatchLine::status},
            Column{"price", &MatchLine::price},
            Column{"beds", &MatchLine::beds},
            Column{"baths", &MatchLine::baths},
            Column{"sqft", &MatchLine::sqft},
            Column{"acreage", &MatchLine::acreage},
        };
    }
};

/// Which suggestions to list, and which part of them. None and empty: any.
struct MatchFilter {
    std::optional<MatchId> match = std::nullopt;  ///< that one alone
    std::optional<LeadId> lead = std::nullopt;
    std::optional<PropertyId> home = std::nullopt;
    std::optional<MatchStatus> status = std::nullopt;
    std::string agent = "";  ///< leads.assigned_agent, exactly
    std::int64_t page = 1;
    std::int64_t page_size = 50;
};

struct MatchLines {
    std::vector<MatchLine> lines;
    std::int64_t total = 0;  ///< on all pages
    std::int64_t pages = 1;  ///< at least one, if an empty one
};

/// One page of suggestions, the best first. Leaves out homes that may not be shown (what somebody
/// settled about them stays in the table) and people deleted in Follow Up Boss. Throws
/// Error{not_found}: a page beyond the last.
MatchLines match_lines(Db& db, const MatchFilter& filter);

/// The agents whose people have suggestions, by name.
std::vector<std::string> match_agents(Db& db);

}  // namespace dreams::store
