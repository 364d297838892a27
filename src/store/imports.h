#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "model/property.h"

namespace dreams::store {

/// A file that was imported. rows_read = created + updated + unchanged + refused + notices, always.
struct Import {
    std::int64_t id = 0;
    std::string file;         ///< its name, without the folder
    std::string format;       ///< `redfin`, `realtor`, `csv`
    std::string fingerprint;  ///< of its cells, a slash, of what its columns were read as
    Instant observed_at;      ///< when what it says was so
    Instant started_at;
    std::optional<Instant> completed_at;  ///< none: it was interrupted
    std::int64_t rows = 0, created = 0, updated = 0, unchanged = 0, refused = 0, notices = 0;
    std::int64_t price_changes = 0;  ///< asking prices that moved, those of relistings included
    std::int64_t status_changes = 0, relistings = 0;
    std::optional<Instant> undone_at;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &Import::id},
            Column{"file", &Import::file},
            Column{"format", &Import::format},
            Column{"fingerprint", &Import::fingerprint},
            Column{"observed_at", &Import::observed_at},
            Column{"started_at", &Import::started_at},
            Column{"completed_at", &Import::completed_at},
            Column{"rows_read", &Import::rows},
            Column{"created", &Import::created},
            Column{"updated", &Import::updated},
            Column{"unchanged", &Import::unchanged},
            Column{"refused", &Import::refused},
            Column{"notices", &Import::notices},
            Column{"price_changes", &Import::price_changes},
            Column{"status_changes", &Import::status_changes},
            Column{"relistings", &Import::relistings},
            Column{"undone_at", &Import::undone_at},
        };
    }
};

enum class RowOutcome : std::uint8_t { created, updated, unchanged, refused, notice };

}  // namespace dreams::store

template <>
struct dreams::Words<dreams::store::RowOutcome> {
    using O = dreams::store::RowOutcome;
    static constexpr std::array<std::pair<O, std::string_view>, 5> list{
        {{O::created, "created"},
         {O::updated, "updated"},
         {O::unchanged, "unchanged"},
         {O::refused, "refused"},
         {O::notice, "notice"}}};
};

namespace dreams::store {

/// What became of one line of a file.
struct ImportRow {
    std::int64_t import_id = 0;
    std::int64_t line = 0;
    RowOutcome outcome = RowOutcome::unchanged;
    std::optional<std::string> property_id;
    std::optional<std::string> why;  ///< why it was refused; what the notice says

    static constexpr auto columns() {
        return Columns{
            Column{"import_id", &ImportRow::import_id},
            Column{"line", &ImportRow::line},
            Column{"outcome", &ImportRow::outcome},
            Column{"property_id", &ImportRow::property_id},
            Column{"why", &ImportRow::why},
        };
    }
};

/// Opens an import; gives its number. `import.id` is not looked at.
std::int64_t open_import(Db& db, const Import& import);
/// Its counts so far, in the commit that holds the rows they count; completed_at too.
void count_import(Db& db, const Import& import);

/// The lease of whoever imports a file of this fingerprint: nobody undoes the import meanwhile, and
/// nobody else imports the file.
std::string lease_of_import(const std::string& fingerprint);
/// Whether the import is open still: another file may have taken the place of this one since.
bool is_open(Db& db, const Import& import);

/// The import of a file that says the same, complete and not undone, the latest as of which it was
/// so; none: it is a new file.
std::optional<Import> import_of(Db& db, const std::string& fingerprint);
/// The latest import of the same cells that read the columns otherwise, complete and not undone.
std::optional<Import> other_reading_of(Db& db, const std::string& cells,
                                       const std::string& fingerprint);
/// Throws Error{not_found}.
Import import(Db& db, std::int64_t id);
/// The latest first; `before`: only those with a lesser number.
std::vector<Import> imports(Db& db, int limit, std::optional<std::int64_t> before = {});
std::int64_t count_imports(Db& db);
std::vector<ImportRow> import_rows(Db& db, std::int64_t id);
/// Of an import's rows those with something to say: refused ones and notices, as they stand.
std::vector<ImportRow> import_remarks(Db& db, std::int64_t id, int limit);

/// A home that an import brought or changed, as it is now.
struct ImportedHome {
    PropertyId id;
    RowOutcome outcome = RowOutcome::updated;  ///< created or updated
    std::optional<std::string> address, city, status;
    std::optional<std::int64_t> price;         ///< whole US dollars
    std::optional<std::string> price_before;   ///< the asking price that it found, if it moved
    std::optional<std::string> status_before;  ///< the same of the status

    static constexpr auto columns() {
        return Columns{
            Column{"id", &ImportedHome::id},
            Column{"outcome", &ImportedHome::outcome},
            Column{"address", &ImportedHome::address},
            Column{"city", &ImportedHome::city},
            Column{"status", &ImportedHome::status},
            Column{"price", &ImportedHome::price},
            Column{"price_before", &ImportedHome::price_before},
            Column{"status_before", &ImportedHome::status_before},
        };
    }
};
/// Those whose price moved first, then whose status did, then the new ones; at most `limit`.
std::vector<ImportedHome> imported_homes(Db& db, std::int64_t id, int limit);

/// What undoing an import came to.
struct UndoReport {
    std::int64_t import_id = 0;
    std::int64_t removed = 0;       ///< homes that only this file told of
    std::int64_t restored = 0;      ///< homes that are again as they were, where nothing came later
    std::int64_t values_kept = 0;   ///< values that were changed or said again since, and stay
    std::int64_t homes_kept = 0;    ///< homes of this file that others know or use too, and stay
    std::vector<std::string> kept;  ///< the first hundred of them, a sentence each
    std::map<std::string, std::int64_t> reasons;  ///< why homes stay, and of how many that is so
};

/// What a home is needed for that nobody should take out of the file; empty: nothing. What somebody
/// typed of it is not looked at.
std::string why_used(Db& db, const PropertyId& home);

/// Takes an import back: homes that it brought go, unless another file or source shows them,
/// somebody changed them, or they are matched, packed, saved or noted; values that it changed are
/// what they were, unless they were changed again, or another file or source said the same later.
/// Its property_changes go, but for those somebody was told of. Within a transaction of the
/// caller's. Throws Error: not_found, conflict (undone already).
UndoReport undo_import(Db& db, std::int64_t id, Instant now);

/// Which column means what in files with this header, as JSON; none: it was not settled yet.
std::optional<JsonText> remembered_mapping(Db& db, const std::string& header);
void remember_mapping(Db& db, const std::string& header, const JsonText& mapping, Instant now);

}  // namespace dreams::store
