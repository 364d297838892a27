#pragma once

#include <span>
#include <string_view>

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// An address and who answers it. `{…}` stands for one segment of the path, which is never empty.
struct Route {
    std::string_view path;
    http::Response (*answer)(Request&);
};

/// Everything there is. All of it is read with GET (and HEAD), and changes nothing.
std::span<const Route> routes();

/// The route of a path, its segment put into `request`; null: there is none.
const Route* find_route(std::string_view path, Request& request);

}  // namespace dreams::web
