#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /static/{file}`: a file of static/. Asked for by its version (`?v=`) it may be kept for
/// good, else it is asked for again, and answered 304 while it is the same.
http::Response get_static(Request& request);

}  // namespace dreams::web
