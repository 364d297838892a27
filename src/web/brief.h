#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /brief`: the morning page of today: whom to call, who waits, what changed, what needs a
/// look. The same that is mailed.
http::Response get_brief(Request& request);

}  // namespace dreams::web
