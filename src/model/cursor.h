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
    std::int64_t complete_to = 0;
    std::int64_t top = 0;
    std::int64_t lowest = 0;
    std::int64_t arrived = 0;
    std::optional<Instant> watermark;
    std::optional<Instant> walked_at;
    std::optional<std::string> note;

    static constexpr auto columns() {
        return std::tuple{
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
