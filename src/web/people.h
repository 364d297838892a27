#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /people?search=&stage=&min_heat=&deleted=&sort=&direction=&page=&page_size=`: people,
/// searched, filtered and sorted here, a page at a time.
http::Response get_people(Request& request);

}  // namespace dreams::web
