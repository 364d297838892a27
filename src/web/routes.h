#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// An address and who answers it. `{…}` stands for one segment of the path, which is never empty.
struct Route {
    std::string_view path;
    http::Response (*answer)(Request&);
    std::string_view method = "GET";  ///< or POST; what is read with GET (and HEAD) changes nothing
};

/// Everything there is. Of two routes that fit a path the first answers.
std::span<const Route> routes();

/// What there is at a path.
struct Found {
    const Route* route = nullptr;  ///< null: none, or none for this method
    std::string methods;           ///< that there are, as `Allow` lists them; empty: no such path
};

/// Whether something is read at that path.
bool has_page(std::string_view path);

/// The route of the request's path and method; what stands where it has `{…}` is put into
/// `request`.
Found find_route(Request& request);

}  // namespace dreams::web
