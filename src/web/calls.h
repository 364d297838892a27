#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /`: the page of `/calls`; as JSON what runs here, as the predecessor's API told it.
http::Response get_root(Request& request);

/// `GET /calls?limit=`: whom to call today, best first, and who was passed over and why. A limit
/// is 1 to 200, else 50.
http::Response get_calls(Request& request);

}  // namespace dreams::web
