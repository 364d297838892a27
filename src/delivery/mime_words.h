#pragma once

#include <string>
#include <string_view>

// How mail writes what is not plain ASCII in short lines (RFC 2045, 2047).

namespace dreams::delivery {

/// A header's value on one line: line breaks and other control characters become blanks, what is
/// no UTF-8 becomes U+FFFD.
std::string one_line(std::string_view text);

/// `one_line(text)` as encoded words (base64, UTF-8), folded so that each line is short even behind
/// `Subject: `.
std::string encoded_words(std::string_view text);

/// `one_line(text)` for a header: as it stands where it is short and plain ASCII, else encoded.
std::string header_text(std::string_view text);

/// `text` quoted-printable: lines of at most 76 bytes, ended by \r\n, all ASCII. Line breaks of any
/// kind become \r\n; what is no UTF-8 becomes U+FFFD.
std::string quoted_printable(std::string_view text);

}  // namespace dreams::delivery
