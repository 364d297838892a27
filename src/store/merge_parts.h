#pragma once

// What of a person and of a home one writer writes, as merging sees it. Internal to store/.

#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/db_rows.h"

namespace dreams::store {

/// Who wins where both copies changed a part.
enum class WonBy {
    newer,     ///< what a program fetched or derived: as of the newer instant
    person,    ///< what a person typed: whoever changed it; both did: a conflict
    earliest,  ///< a stamp: the lesser of both
    latest,    ///< a stamp: the greater of both
};

struct MergePart {
    std::vector<std::string> columns;
    WonBy won_by = WonBy::newer;
    std::string instant;  ///< SQL over the row `t`: as of when the part is; empty: not known
};

/// Whether it only says when: it is merged by itself, and not remembered.
bool is_stamp(const MergePart& part);

/// A table that is merged part by part: `leads` or `properties`, each with key `id`.
struct MergeShape {
    std::string table;
    std::vector<MergePart> parts;  ///< every column of both files but the key

    /// Two files may have columns of their owner's: each that both have is a part by itself, as
    /// typed by a person. Columns that only one has are left alone.
    MergeShape(std::string_view name, Db& a, Db& b);
};

/// One row, cell by cell as the shape lists its columns.
struct PartRow {
    Cell id;
    std::vector<std::vector<Cell>> parts;  ///< of each part its cells
    std::vector<Cell> instants;            ///< of each part
    Cell updated_at;                       ///< of the row as a whole

    /// Eight characters for each part but the stamps; parts that are equal have equal ones.
    std::string hashes(const MergeShape& shape) const;
};

/// Eight characters: values that are equal have equal ones.
std::string hash_of(const std::vector<Cell>& cells);

/// Reads rows by their number.
class PartReader {
public:
    PartReader(Db& db, const MergeShape& shape);
    PartRow at(std::int64_t number);

    /// Every row, in the order of the keys: gives it to `see`.
    template <class See>
    static void all(Db& db, const MergeShape& shape, See see) {
        Rows rows(db, select(shape));
        while (rows.step()) see(row(rows, shape));
    }

private:
    static std::string select(const MergeShape& shape);
    static PartRow row(const Rows& rows, const MergeShape& shape);
    const MergeShape& shape_;
    Rows one_;
};

}  // namespace dreams::store
