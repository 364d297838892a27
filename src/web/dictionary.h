#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /dictionary`: every table and column of the file, where its rows come from, and when.
/// Counts every table.
http::Response get_dictionary(Request& request);

}  // namespace dreams::web
