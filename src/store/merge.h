#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"

namespace dreams::store {

/// What became of one table of the other copy, row by row of it; `removed` are rows of ours.
struct MergedTable {
    std::string table;
    std::int64_t added = 0;
    std::int64_t updated = 0;
    std::int64_t unchanged = 0;
    std::int64_t conflicts = 0;  ///< values listed for a person
    std::int64_t removed = 0;    ///< deleted there since both last met
    std::int64_t refused = 0;    ///< whose person or home is in neither copy, or deleted here

    static constexpr auto columns() {
        return Columns{Column{"added", &MergedTable::added},
                       Column{"updated", &MergedTable::updated},
                       Column{"unchanged", &MergedTable::unchanged},
                       Column{"conflicts", &MergedTable::conflicts},
                       Column{"removed", &MergedTable::removed},
                       Column{"refused", &MergedTable::refused}};
    }
};

/// A value that was typed in both copies since they last met, or before anybody knows.
struct MergeConflict {
    std::int64_t id = 0;
    std::string table, row, column;
    std::optional<std::string> ours, theirs;
    std::string copy;  ///< dreams_origin.copy of the other
    Instant found_at;
    std::optional<std::string> decided;  ///< `ours`, `theirs`; none: open
    std::optional<std::string> decided_by;
    std::optional<Instant> decided_at;

    static constexpr auto columns() {
        return Columns{Column{"id", &MergeConflict::id},
                       Column{"table_name", &MergeConflict::table},
                       Column{"row_id", &MergeConflict::row},
                       Column{"column_name", &MergeConflict::column},
                       Column{"ours", &MergeConflict::ours},
                       Column{"theirs", &MergeConflict::theirs},
                       Column{"copy", &MergeConflict::copy},
                       Column{"found_at", &MergeConflict::found_at},
                       Column{"decided", &MergeConflict::decided},
                       Column{"decided_by", &MergeConflict::decided_by},
                       Column{"decided_at", &MergeConflict::decided_at}};
    }
};

/// A table or a column of the other copy that is its owner's own, with something that is not here.
struct LeftThere {
    std::string table;
    std::optional<std::string> column;  ///< none: the whole table
    std::int64_t rows = 0;              ///< that are not the same here, or have something there

    static constexpr auto columns() {
        return Columns{Column{"table", &LeftThere::table}, Column{"column", &LeftThere::column},
                       Column{"rows", &LeftThere::rows}};
    }
};

struct MergeReport {
    std::vector<MergedTable> tables;       ///< those with rules, the dictionary's first
    std::vector<MergeConflict> conflicts;  ///< those that this merge found
    std::vector<LeftThere> left;           ///< of the owner's own making, and not joined
    std::optional<Instant> met_at;         ///< when both were last one, as far as is known
    bool one_lineage = true;               ///< false: two files that never were one
};

/// Joins what is in `theirs` into `ours`, table by table by store/merge_rules. Done within the
/// caller's transaction on `ours`; `theirs` is read as of one moment and not written to. `zone`:
/// whose business days a person's snapshots are counted by. Doing it twice adds nothing.
/// Throws Error: invalid (`theirs` is not a file of this program's schema), conflict (a constraint
/// of the owner's).
MergeReport merge(Db& ours, Db& theirs, const Zone& zone, Instant now);

/// Those that nobody has decided, the oldest first.
std::vector<MergeConflict> open_merge_conflicts(Db& db);

/// `side` is `ours` (what stands here stays) or `theirs` (their value is written). Throws Error:
/// invalid (another side), not_found, conflict (decided already; its row is gone; what stands here
/// was changed since).
void choose_in_merge_conflict(Db& db, std::int64_t id, std::string_view side, std::string_view who,
                              Instant now);

}  // namespace dreams::store
