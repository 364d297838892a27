#pragma once

#include "base/serve.h"
#include "web/request.h"

// What the predecessor's API sets going at other systems. WebOptions::orders says what is set up;
// the rest is 503 NOT_CONFIGURED.

namespace dreams::web {

/// `POST /api/v1/properties/{id}/validate-idx`: asks the IDX site for the home's MLS number.
http::Response post_validate_idx(Request& request);
/// `POST /api/v1/sync/idx-validation`: for all homes that wait for it.
http::Response post_sync_idx(Request& request);
/// `POST /api/v1/sync/notion`: pushes what Notion has not heard of.
http::Response post_sync_notion(Request& request);
/// `GET /health/notion`: whether Notion is set up; 503 when it is not.
http::Response get_notion_health(Request& request);

}  // namespace dreams::web
