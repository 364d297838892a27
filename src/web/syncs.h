#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /syncs?before=`: the runs of all sources, newest first, fifty at a time; `before` is the
/// id where the last page ended.
http::Response get_syncs(Request& request);

}  // namespace dreams::web
