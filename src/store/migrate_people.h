#pragma once

// One person, several ids: older files name people by leads.id, by FUB number or by external id.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/db.h"
#include "model/id.h"
#include "store/migrate_ledger.h"

namespace dreams::store {

/// The ids of one row of leads.
struct KnownPerson {
    LeadId id;
    std::optional<FubId> fub_id;
    std::optional<std::string> external_id;
    std::optional<std::string> external_source;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &KnownPerson::id},
            Column{"fub_id", &KnownPerson::fub_id},
            Column{"external_id", &KnownPerson::external_id},
            Column{"external_source", &KnownPerson::external_source},
        };
    }
};

/// Rows of leads that turned out to be the same person as another one.
struct Twin {
    LeadId gave_way;  ///< its fub_id is now NULL
    LeadId keeps;     ///< keeps the fub_id, and what both did
};

/// The one place that says whom an id of an older file means.
class PersonFinder {
public:
    PersonFinder(const std::vector<KnownPerson>& people, const std::vector<Twin>& twins);

    /// Whom `contact` means in a table that refers to leads.id: that id before a FUB number. An
    /// external id counts only when it is FUB's or nobody's: a number of another system must not
    /// hand someone's calls to somebody else. Null: nobody known.
    const KnownPerson* by_lead_id(std::string_view contact) const;
    /// The same in a table that refers to leads.fub_id: the FUB number before leads.id.
    const KnownPerson* by_fub_id(std::string_view contact) const;

private:
    using Index = std::unordered_map<std::string, std::size_t>;
    const KnownPerson* find(const Index& index, std::string_view contact) const;
    const KnownPerson* settled(const KnownPerson* person) const;
    std::vector<KnownPerson> people_;
    Index by_id_, by_fub_, by_external_;
    std::unordered_map<std::string, std::string> twins_;
};

/// A FUB number as it should stand: blanks off, `12345.0` (a number that went through a REAL) made
/// `12345`. None: no number.
std::optional<std::string> fub_number(std::string_view text);

/// Fills leads.fub_id where it can be known (from FUB's external_id, from a numeric leads.id) and
/// makes it unique. Of rows with one number the fullest keeps it (then the older, then the smaller
/// id): it is what agent and sync go on with. The others keep their row and all that is in it; the
/// number is listed.
std::vector<Twin> settle_fub_ids(Db& db, Ledger& ledger);

/// Joins every row of the tables that refer to leads to its person. A row that cannot be because
/// another says the same is set aside. Needs the tables' indexes.
void join_children(Db& db, const PersonFinder& finder, Ledger& ledger);

/// Rows whose person or home is not in the file: events, communications and activities of a FUB
/// number wait, all others are set aside.
void set_orphans_aside(Db& db, Ledger& ledger);

}  // namespace dreams::store
