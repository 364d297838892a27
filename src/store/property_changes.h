#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "model/property_change.h"
#include "model/sighting.h"
#include "store/properties_row.h"

namespace dreams::store {

/// What is said of a home by whom, as of when.
struct Telling {
    std::string source;  ///< `redfin`, `zillow`, `realtor`, `csv` …
    Instant at;          ///< when it was so, not when we heard
};

/// Whether a sighting may put something else in the place of what is known, or only fill gaps.
enum class Weight { overwrites, fills_gaps };

/// What a sighting makes of a row, and the changes that are news about the home.
struct Merged {
    HomeRow row;
    std::vector<PropertyChange> changes;
    /// The entries that row's price_history and status_history have more than before; empty: none.
    std::string price_entry, status_entry;
};

/// The row `before` with what `said` (cleaned) says of it. What is not said stays. One spelling of
/// an address, a city or a word that differ in nothing but case, suffix or ZIP+4 stays the stored
/// one, as does a known status when the one said is a word that nobody foresaw. A changed MLS
/// number sets the IDX check back to pending. A second board's number of a home that is on the
/// market changes nothing, nor does another number whose board is not told: the home is listed
/// twice. A number is never put beside a board that it was not told with.
Merged merged(const HomeRow& before, Sighting said, const Telling& telling, Weight weight);

/// The row of a home that nothing was known of, without id and stamps.
Merged first_row(const Sighting& said, const Telling& telling);

/// The id of a change: the same in every copy of the file that hears of it.
std::string change_id(const PropertyId& home, std::string_view type, std::string_view from,
                      std::string_view to, Instant at);

/// Adds changes that are not there yet.
void add_changes(Db& db, const std::vector<PropertyChange>& changes);

/// The changes of a home, newest first.
std::vector<PropertyChange> changes_of(Db& db, const PropertyId& home);

/// The array with one more entry at its end; a text that is no array becomes its first element.
JsonText with_entry(const std::optional<JsonText>& array, const std::string& entry);
/// The array without the last of its elements that reads `entry`; none: nothing is left.
std::optional<JsonText> without_entry(const std::optional<JsonText>& array,
                                      const std::string& entry);

/// The elements of a history, each as it stands there; none, if it is no array.
std::vector<std::string> history_entries(const std::optional<JsonText>& array);
/// When an entry was so, as it says; empty: it does not say.
std::string history_moment(const std::string& entry);

}  // namespace dreams::store
