#pragma once

#include <string>
#include <string_view>

namespace dreams::sources {

/// A page's bytes as UTF-8 without a byte order mark. Its charset is said, the first that says it:
/// by the mark, by `content_type` (`text/html; charset=iso-8859-1`), by a `<meta charset>` among
/// the first 4 kB; else it is UTF-8 if it can be, else Windows-1252, as browsers take it. Bytes
/// that are none become U+FFFD, NUL too. A charset that is none of UTF-8, UTF-16, Latin-1 and
/// Windows-1252 is read as if nobody had said it.
std::string page_text(std::string_view bytes, std::string_view content_type = "");

}  // namespace dreams::sources
