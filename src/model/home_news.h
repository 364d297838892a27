#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams {

/// Somebody whom a piece of news is for.
struct Client {
    LeadId lead;
    std::string name;  ///< never empty: else the e-mail, else the phone, else the id

    static constexpr auto columns() {
        return Columns{Column{"lead_id", &Client::lead}, Column{"name", &Client::name}};
    }
    friend bool operator==(const Client&, const Client&) = default;
};

/// What a home's changes of one kind come to: from the oldest value to the newest, however many
/// moves there were between. Types and values as in model/property_change.h.
struct HomeMove {
    std::string type;
    std::string from, to;
    std::optional<std::int64_t> amount;  ///< of the asking price, whole US dollars
    bool doubtful = false;               ///< a price so far off that it looks like a typo

    static constexpr auto columns() {
        return Columns{Column{"type", &HomeMove::type}, Column{"from", &HomeMove::from},
                       Column{"to", &HomeMove::to}, Column{"amount", &HomeMove::amount},
                       Column{"doubtful", &HomeMove::doubtful}};
    }
    friend bool operator==(const HomeMove&, const HomeMove&) = default;
};

/// What became different about one home.
struct HomeNews {
    std::optional<PropertyId> home;  ///< none: its row is gone
    std::string address;
    std::vector<HomeMove> moves;       ///< never empty
    std::vector<std::string> told_by;  ///< the sources that saw it: `idx`, `redfin` …
    Instant first_at, last_at;         ///< when the first and the last of it was seen
    std::vector<std::string> changes;  ///< property_changes.id of all of it

    // What is known of the home beside it.
    std::optional<std::string> city, url;
    std::optional<std::string> added_for;  ///< the client's name as somebody typed it
    std::vector<Client> clients;           ///< the keenest
    std::int64_t client_count = 0;

    static constexpr auto columns() {
        return Columns{Column{"property_id", &HomeNews::home},
                       Column{"address", &HomeNews::address},
                       Column{"city", &HomeNews::city},
                       Column{"url", &HomeNews::url},
                       Column{"moves", &HomeNews::moves},
                       Column{"told_by", &HomeNews::told_by},
                       Column{"first_at", &HomeNews::first_at},
                       Column{"last_at", &HomeNews::last_at},
                       Column{"changes", &HomeNews::changes},
                       Column{"added_for", &HomeNews::added_for},
                       Column{"clients", &HomeNews::clients},
                       Column{"client_count", &HomeNews::client_count}};
    }
};

}  // namespace dreams
