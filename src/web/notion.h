#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /notion`: whether Notion is set up, which field stands where, the last run, what was
/// changed on both sides, what went wrong, and homes whose page is gone.
http::Response get_notion(Request& request);

/// `POST /notion/preview`: the same page with what a sync would change on each side.
http::Response post_notion_preview(Request& request);

/// `POST /notion/properties`: adds the properties that the database lacks.
http::Response post_notion_properties(Request& request);

/// `POST /notion/sync`: a run, now.
http::Response post_notion_run(Request& request);

/// `POST /notion/conflicts/{conflict}?side=`: `ours` or `theirs` is right.
http::Response post_notion_choice(Request& request);

/// `POST /notion/homes/{home}/page`: a new page for a home whose old one is gone.
http::Response post_notion_page(Request& request);

}  // namespace dreams::web
