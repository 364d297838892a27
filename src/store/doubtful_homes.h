#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "model/property.h"

namespace dreams::store {

/// Two rows that may be one home, and what a person needs to decide.
struct DoubtfulHomes {
    PropertyId first, second;
    std::string why;
    Instant found_at;
    std::optional<std::string> first_address, first_city, second_address, second_city;
    std::optional<std::string> first_mls, second_mls;
    std::optional<std::int64_t> first_price, second_price;  ///< whole US dollars

    static constexpr auto columns() {
        return Columns{
            Column{"first_id", &DoubtfulHomes::first},
            Column{"second_id", &DoubtfulHomes::second},
            Column{"why", &DoubtfulHomes::why},
            Column{"found_at", &DoubtfulHomes::found_at},
            Column{"first_address", &DoubtfulHomes::first_address},
            Column{"first_city", &DoubtfulHomes::first_city},
            Column{"first_mls", &DoubtfulHomes::first_mls},
            Column{"first_price", &DoubtfulHomes::first_price},
            Column{"second_address", &DoubtfulHomes::second_address},
            Column{"second_city", &DoubtfulHomes::second_city},
            Column{"second_mls", &DoubtfulHomes::second_mls},
            Column{"second_price", &DoubtfulHomes::second_price},
        };
    }
};

/// Lists a pair for a person to decide; one that is listed or decided already stays as it is.
void list_doubtful_homes(Db& db, const PropertyId& a, const PropertyId& b, std::string_view why,
                         Instant now);

/// The pairs that nobody has decided yet, the latest first, at most `limit`; none with a home that
/// may not be shown.
std::vector<DoubtfulHomes> doubtful_homes(Db& db, int limit);
std::int64_t count_doubtful_homes(Db& db);  ///< how many that are
/// Whether nobody has decided yet if some other row is this home.
bool is_doubtful(Db& db, const PropertyId& home);

/// A person's word that two rows are two homes. Throws Error{not_found}: a row is not there.
void keep_apart(Db& db, const PropertyId& a, const PropertyId& b, std::string_view who,
                Instant now);

/// Two rows of which a person said that they are two homes.
struct HomesApart {
    PropertyId first, second;
    Instant since;
    std::optional<std::string> by, first_address, second_address;

    static constexpr auto columns() {
        return Columns{
            Column{"first_id", &HomesApart::first},
            Column{"second_id", &HomesApart::second},
            Column{"apart_since", &HomesApart::since},
            Column{"apart_by", &HomesApart::by},
            Column{"first_address", &HomesApart::first_address},
            Column{"second_address", &HomesApart::second_address},
        };
    }
};
std::vector<HomesApart> homes_apart(Db& db, int limit);  ///< the latest first

/// Takes that word back: the pair is to be decided again. Throws Error{not_found}: nobody gave it.
void decide_anew(Db& db, const PropertyId& a, const PropertyId& b);

/// Makes one home of two rows: `kept` takes from `gone` what it does not know itself, what agents
/// noted of it, its sources, keys and histories, and everything that refers to `gone` (who looked
/// at it, matches, changes, packages); it counts as observed when the later of both was. `gone`
/// goes. Gives the join's number, by which it can be undone. Throws Error{not_found}. Within a
/// transaction of the caller's.
std::int64_t join_homes(Db& db, const PropertyId& kept, const PropertyId& gone,
                        std::string_view who, Instant now);

/// Takes a join back: the row that went is there again, with everything that referred to it; what
/// the kept row took over goes, unless it was changed since, as do ids and numbers of the row that
/// went which a later sighting gave it. The pair is to be decided again.
/// Throws Error: not_found (no such join), conflict (undone already; the kept row is gone).
void undo_join(Db& db, std::int64_t join, Instant now);

/// A join that stands or was undone.
struct HomeJoin {
    std::int64_t id = 0;
    PropertyId kept, gone;
    std::optional<std::string> why;
    Instant joined_at;
    std::optional<std::string> joined_by;
    std::optional<Instant> undone_at;
    std::optional<std::string> kept_address, gone_address;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &HomeJoin::id},
            Column{"kept_id", &HomeJoin::kept},
            Column{"gone_id", &HomeJoin::gone},
            Column{"why", &HomeJoin::why},
            Column{"joined_at", &HomeJoin::joined_at},
            Column{"joined_by", &HomeJoin::joined_by},
            Column{"undone_at", &HomeJoin::undone_at},
            Column{"kept_address", &HomeJoin::kept_address},
            Column{"gone_address", &HomeJoin::gone_address},
        };
    }
};

std::vector<HomeJoin> home_joins(Db& db, int limit);  ///< the latest first

/// The same as another copy of the file did it: why, when, and who as given there.
std::int64_t join_homes(Db& db, const HomeJoin& as);

/// The home that is there in place of one that was joined into it, maybe by way of others; none:
/// it was not, or that one is gone too.
std::optional<PropertyId> joined_into(Db& db, const PropertyId& gone);
/// The home that had this Notion page when it was joined into another, by a join that stands.
std::optional<PropertyId> joined_home_of_page(Db& db, const std::string& page);

}  // namespace dreams::store
