#pragma once

#include <optional>
#include <string_view>

namespace dreams {

/// A file of static/, as it was when the program was built. Lives as long as the program.
struct StaticFile {
    std::string_view bytes;
    std::string_view content_type;  ///< `text/css; charset=utf-8`
    std::string_view etag;          ///< from the content, with its quotes: `"8c3…"`

    /// The ETag without quotes: for `/static/style.css?v=…`, which may then be cached for good.
    std::string_view version() const { return etag.substr(1, etag.size() - 2); }
};

/// The static file of that name (`style.css`); none: there is no such file.
/// Made by cmake/embed.cmake.
std::optional<StaticFile> static_file(std::string_view path);

}  // namespace dreams
