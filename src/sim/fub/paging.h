#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/fub/desk.h"

namespace dreams::sim {

/// Where a page begins: after an id, or at a place in an order that may have changed since
/// (fub-api §3, §17.10 and 11).
struct Cursor {
    std::optional<std::int64_t> since_id;
    std::optional<std::int64_t> offset;

    std::string text() const;  ///< base64url of `{"sinceId":105}` or `{"offset":30}`
    /// Throws Error{invalid}: it is no cursor.
    static Cursor from(std::string_view text);
};

/// How much of a list was asked for.
struct Window {
    std::int64_t limit = 10, offset = 0;
    std::optional<Cursor> cursor;
};

/// Reads limit (10, at most 100), offset and next. Throws Error{invalid}: an offset from 2000 on,
/// garbage in `next`.
Window window_of(const Desk& desk);

/// The envelope of a list: begins the object, writes `_metadata`, opens the array of rows.
void begin_list(json::Writer& json, const Desk& desk, std::string_view key, const Window& window,
                std::int64_t total, const std::string& next);
void end_list(json::Writer& json);

/// Whether another page is to be announced: more rows are left, or the option wants an empty one.
bool goes_on(const Desk& desk, const Window& window, std::int64_t written, bool more);

}  // namespace dreams::sim
