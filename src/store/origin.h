#pragma once

#include <optional>
#include <string>

#include "base/db.h"
#include "base/time.h"

namespace dreams::store {

/// Which copy a file is: the row of `dreams_origin`.
struct Origin {
    std::int64_t id = 1;
    std::string lineage;      ///< the same in every copy of one file
    std::string copy;         ///< this copy's own
    std::string environment;  ///< `dev` or `prd`: where it may send from
    std::string place;        ///< what here() was when the copy was named
    Instant born_at;
    std::optional<Instant> copied_at;  ///< none: it is the original
    std::optional<std::string> copied_from;
    std::optional<Instant> claimed_at;  ///< none: it may not send
    std::optional<Instant> merged_at;
    std::optional<std::string> merged_with;
    /// How often people, homes and notes were changed in it (store/copy_changes); none: it began
    /// before that was counted, and nothing changed since.
    std::optional<std::int64_t> changes;

    static constexpr auto columns() {
        return Columns{Column{"id", &Origin::id},
                       Column{"lineage", &Origin::lineage},
                       Column{"copy", &Origin::copy},
                       Column{"environment", &Origin::environment},
                       Column{"place", &Origin::place},
                       Column{"born_at", &Origin::born_at},
                       Column{"copied_at", &Origin::copied_at},
                       Column{"copied_from", &Origin::copied_from},
                       Column{"claimed_at", &Origin::claimed_at},
                       Column{"merged_at", &Origin::merged_at},
                       Column{"merged_with", &Origin::merged_with},
                       Column{"changes", &Origin::changes}};
    }
};

/// Machine, number and birth of a file: the same after a rename, another after any copy. Empty: it
/// is in memory, which cannot be copied.
std::string place_of(const std::string& path);

/// Whether the file at `path` is not the one that its stamp names: it is a copy. One that is in use
/// on this machine is that file under whatever name the machine has within a container.
bool lies_elsewhere(const Origin& origin, const std::string& path);

/// None: the file was never opened for writing by a program that stamps.
std::optional<Origin> origin(Db& db);

/// The file's stamp. One that has none becomes an original of `environment`. One that is not where
/// its stamp was made is a copy: it gets a name of its own, remembers people and homes as they are
/// (what both copies had when they parted), and may not send until it is claimed.
Origin stamp(Db& db, const std::string& environment, Instant now);

/// What `db` holds comes, or came, into the place of the file `path`: that is a copy, wherever it
/// stands, and may not send until it is claimed. What has no stamp is left as it is.
void mark_restored(Db& db, const std::string& path, Instant now);

/// Why nothing may be sent to others from this file, as a sentence; none: it may.
std::optional<std::string> why_not_sending(const Origin& origin, const std::string& path,
                                           const std::string& environment);

/// The same of an open file, which may also be an earlier state of the one that sent last
/// (store/sent_mark). None as well: it was never stamped, in memory or by a program that does not.
std::optional<std::string> why_not_sending(Db& db, const std::string& environment);

/// Throws Error{conflict} with that sentence; else it is counted that something is sent. For
/// whatever leaves the house: Notion, mail.
void require_may_send(Db& db, const std::string& environment);

/// A person says that this file is the one to send from in `environment`.
Origin claim(Db& db, const std::string& environment, Instant now);

}  // namespace dreams::store
