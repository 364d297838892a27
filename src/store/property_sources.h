#pragma once

// Which sources have shown a home, and when. Internal to store/.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "store/properties_journal.h"
#include "store/property_changes.h"

namespace dreams::store {

constexpr const char* sources_table = "dreams_property_sources";

/// Which source showed a home from when to when.
struct HomeSource {
    std::string source;
    std::optional<Instant> first_at, last_at;
    static constexpr auto columns() {
        return Columns{Column{"source", &HomeSource::source},
                       Column{"first_at", &HomeSource::first_at},
                       Column{"last_at", &HomeSource::last_at}};
    }
};

/// The sources of a home, the latest first.
std::vector<HomeSource> sources_of(Db& db, const PropertyId& home);

/// Keeps who showed which home. Work within a transaction of the caller's.
class SourceKeeper {
public:
    explicit SourceKeeper(Db& db);

    void keep(const PropertyId& home, const Telling& telling);
    /// The same for a file, so that it can be taken back.
    void keep(const PropertyId& home, const Telling& telling, std::int64_t import_id,
              Journal& journal);

private:
    Db& db_;
    Statement keep_;
};

/// What a source of a home is called in the journal of an import, and back again.
struct SourceOfHome {
    PropertyId home;
    std::string source;
};
std::string journal_row(const SourceOfHome& which);
SourceOfHome source_of_row(const std::string& row);

/// Takes back what `entry` tells of a source: that it showed the home at all (`source`), since when
/// (`first_at`) or until when (`last_at`). False: something came later, and stays.
bool take_source_back(Db& db, const SourceOfHome& which, const JournalEntry& entry);

}  // namespace dreams::store
