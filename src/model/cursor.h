#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/record.h"
#include "base/time.h"

namespace dreams {

/// How far one stream of a source has been read: a row of `dreams_cursors`.
///
/// A list that rises by id is walked from its newest row down. `complete_to` moves only when a
/// walk has met it, so an interrupted walk leaves no hole: `top` and `lowest` say how far it came.
struct Cursor {
    std::string source;
    std::string stream;
    std::int64_t complete_to = 0;  ///< every row up to this id is here
    std::int64_t top = 0;          ///< of the walk under way: the id it began at; 0: there is none
    std::int64_t lowest = 0;       ///< of that walk: the id it has come down to
    std::int64_t arrived = 0;      ///< of that walk: rows so far
    /// Of a list that goes by time: up to when it is known. Of a walk under way: when it began.
    std::optional<Instant> watermark;
    std::optional<Instant> walked_at;  ///< when the last walk of everything that got through began
    /// What else the stream has to remember, as its own code writes it: the total at the walk's
    /// start, which settings were read with, why a list could not be had.
    std::optional<std::string> note;

    static constexpr auto columns() {
        return Columns{
            Column{"source", &Cursor::source},
            Column{"stream", &Cursor::stream},
            Column{"complete_to", &Cursor::complete_to},
            Column{"top", &Cursor::top},
            Column{"lowest", &Cursor::lowest},
            Column{"arrived", &Cursor::arrived},
            Column{"watermark", &Cursor::watermark},
            Column{"walked_at", &Cursor::walked_at},
            Column{"note", &Cursor::note},
        };
    }
};

}  // namespace dreams
