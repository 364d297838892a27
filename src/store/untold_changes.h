#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "model/home_news.h"
#include "model/property_change.h"

namespace dreams::store {

/// A change that nobody was told of, and whether somebody cares for its home.
struct UntoldChange {
    PropertyChange change;
    bool is_cared_for = false;

    static constexpr auto columns() {
        return Columns{Part{&UntoldChange::change},
                       Column{"cared_for", &UntoldChange::is_cared_for}};
    }
};

/// Those detected since `since`, the oldest first.
std::vector<UntoldChange> untold_changes(Db& db, Instant since);
/// How many there are from before.
std::int64_t count_untold_before(Db& db, Instant since);

/// Says that the changes are dealt with, whoever else has said so meanwhile. Within a transaction
/// of the caller's.
void mark_told(Db& db, const std::vector<std::string>& changes);
/// The same of all that were detected before `since`; how many it were.
std::int64_t mark_told_before(Db& db, Instant since);

/// The changes of homes that somebody cares for, told or not, detected from `since` on and before
/// `until`.
std::vector<PropertyChange> changes_between(Db& db, Instant since, Instant until);

/// Gives the news what is known of its home: where it lies and can be seen, for whom it was added,
/// the `clients` keenest people.
void complete(Db& db, HomeNews& news, std::int64_t clients);

}  // namespace dreams::store
