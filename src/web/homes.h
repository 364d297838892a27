#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /properties`: the homes, filtered, as a table, as photos or on a map.
http::Response get_homes(Request& request);

/// `GET /properties/{id}`: one home: facts, history, who looks at it, who showed it, the IDX check.
/// Of a home that was joined into another: leads to that one.
http::Response get_home(Request& request);

}  // namespace dreams::web
