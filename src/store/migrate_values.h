#pragma once

// What the values of an older file mean, and how they are written now. The readers are pure: a
// text in, a verdict out.

#include <optional>
#include <string>
#include <string_view>

#include "base/db.h"
#include "base/time.h"
#include "store/migrate_ledger.h"
#include "store/schema.h"

namespace dreams::store {

/// How a column's values are to be written.
enum class Meaning {
    text,      ///< as it stands
    instant,   ///< `YYYY-MM-DDTHH:MM:SSZ`
    date,      ///< `YYYY-MM-DD`
    list,      ///< a JSON array of texts
    document,  ///< any JSON
    whole,     ///< an INTEGER column
    real,      ///< a REAL column
};

/// Columns that end in `_at` are instants, in `_date` dates; the JSON columns are listed by name.
Meaning meaning_of(const ColumnSpec& column);

enum class Verdict {
    fine,        ///< as it should be
    changed,     ///< `text` is the same, written as it should be
    doubtful,    ///< `text` is what can be made of it; the old value is to be listed
    unreadable,  ///< stays as it is, and is to be listed
};

struct Reading {
    Verdict verdict = Verdict::fine;
    std::optional<std::string> text;  ///< none: NULL. Numbers too: the column's type makes them so
    std::string_view why;             ///< `no instant`; empty: nothing is to be listed
};

/// `YYYY-MM-DD HH:MM:SS` is UTC (CURRENT_TIMESTAMP wrote it), as is what names its zone; any other
/// wall-clock text is the clock of `zone`; a date alone is the day's beginning there.
Reading read_instant(std::string_view value, const Zone& zone);
/// `2026-01-09`, `2026/1/9`, `1/9/2026`, `1-9-2026` (the month first, as people here write it). A
/// time of day behind it is doubtful: the column has no place for one.
Reading read_date(std::string_view value);
/// JSON arrays stay; `a, b`, a bare word or number, and Python's `['a', 'b']` become arrays.
Reading read_list(std::string_view value);
/// JSON stays; other text becomes a JSON string.
Reading read_document(std::string_view value);
/// Rounded half away from zero; `$450,000` is a number.
Reading read_whole(std::string_view value);
Reading read_real(std::string_view value);

/// Puts the values of every column of `table` right, and lists what cannot be.
void normalise_values(Db& db, const TableSpec& table, const Zone& zone, Ledger& ledger);

}  // namespace dreams::store
