#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/db.h"
#include "model/notion.h"
#include "model/property.h"
#include "model/property_change.h"
#include "model/sighting.h"
#include "store/properties_journal.h"
#include "store/property_changes.h"
#include "store/property_identity.h"
#include "store/property_sources.h"

namespace dreams::store {

/// What is there of a home already, and what a further sighting of it may do.
enum class KnownHomes {
    update,  ///< the sighting is news: it overwrites (an older one than what is known fills gaps)
    trust,   ///< it overwrites whatever else was said: from there the others have it
    fill,    ///< only what is not known yet is taken
    skip,    ///< a home that is there already stays as it is
};

struct Keeping {
    Telling telling;
    Instant now;  ///< for the row's stamps
    KnownHomes known = KnownHomes::update;
    std::optional<std::int64_t> import_id;  ///< whose changes these are, so that it can be undone
};

/// What became of a sighting.
struct KeptHome {
    PropertyId id;
    Kept kept = Kept::unchanged;
    bool older = false;  ///< newer things were known: it only filled gaps
    std::vector<PropertyChange> changes;
    std::vector<Doubt> doubts;  ///< other rows that may be the same home; listed for a person
};

/// Keeps what sources say of homes: one home, one row. What a source does not say never erases what
/// is known; no status makes no home active again. Price and status changes become
/// property_changes and the row's histories. Of two sightings of one home as of one moment the
/// first counts, and the second fills gaps, unless it tells of a later sale: a file that lists a
/// home twice makes no price move. Work within a transaction of the caller's.
class PropertyKeeper {
public:
    /// Whether the keys of rows that older programs wrote have to be made first.
    enum class Keys { to_repair, in_step };
    explicit PropertyKeeper(Db& db, Keys keys = Keys::to_repair);

    /// What is told from here on is no second line about what was told before.
    void forget_moments() { told_.clear(); }

    /// Throws Error{invalid}: nothing in it says which home is meant.
    KeptHome keep(const Sighting& said, const Keeping& how);

    /// The same where the caller knows which home it is about, whatever else bears its number or
    /// its address. Throws Error{not_found}: there is no such home.
    KeptHome keep(const PropertyId& home, const Sighting& said, const Keeping& how);

    /// Writes what an agent typed into Notion, to the letter: it replaces what is known, and none
    /// takes it out. Price and status changes are news as in keep(); they bear the page's address.
    /// Throws Error{not_found}: there is no such home.
    KeptHome write(const PropertyId& home, const NotionValues& values, const Keeping& how,
                   const std::optional<std::string>& notion_url);

private:
    void create(const Sighting& said, const Keeping& how, KeptHome& kept);
    void change(const HomeRow& before, const Sighting& said, const Keeping& how, KeptHome& kept);
    bool write_if_changed(const HomeRow& before, Merged& after, const Keeping& how);
    PropertyId new_id(const Listing& home);
    bool is_second(const PropertyId& home, const Sighting& said, const Keeping& how);
    std::optional<Instant> observed_at(const PropertyId& home);
    void observe(const PropertyId& home, std::optional<Instant> before, const Keeping& how);
    void list_doubts(const KeptHome& kept, Instant now);

    Db& db_;
    HomeFinder finder_;
    KeyWriter keys_;
    Journal journal_;
    Keeper<HomeRow> rows_;
    SourceKeeper sources_;
    Statement observed_, observe_;
    struct Told {
        Instant at;
        std::optional<Date> sold_on;
    };
    std::unordered_map<PropertyId, Told> told_;
};

/// Values by column as a sighting; the agent's columns are left out.
Sighting typed_sighting(const NotionValues& values);

/// One sighting kept, as PropertyKeeper does. Within a transaction of the caller's.
KeptHome keep_property(Db& db, const Sighting& said, const Keeping& how);

/// The row of a home; none: there is no such home.
std::optional<Property> property(Db& db, const PropertyId& id);

}  // namespace dreams::store
