#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/serve.h"
#include "jobs/import.h"
#include "web/request.h"

namespace dreams::web {

/// What a form says of how its files are to be imported.
struct Wanted {
    jobs::ImportOptions options;
    std::string day;  ///< as it was typed; empty: each file's own
};

/// What can be done with homes that are there already.
struct Treatment {
    store::KnownHomes known;
    std::string_view word, label;
};
inline constexpr std::array<Treatment, 3> treatments{{
    {store::KnownHomes::update, "update", "are brought up to date"},
    {store::KnownHomes::fill, "fill", "only learn what is not known yet"},
    {store::KnownHomes::skip, "skip", "stay as they are"},
}};

/// The name of the choice in the form that says what a column means.
std::string column_choice(std::size_t file, std::size_t column);

/// What the files of `upload` would do, and a form that imports them so or shows them otherwise.
http::Response preview_page(Request& request, const std::string& upload, const Wanted& wanted,
                            const jobs::ImportReport& report);

/// What became of files of which some could not be read.
http::Response partly_done_page(Request& request, const jobs::ImportReport& report);

}  // namespace dreams::web
