#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /matches?status=&agent=&page=`: homes that may fit buyers, new ones unless another status
/// (or `any`) is asked for, the best first.
http::Response get_matches(Request& request);

/// `POST /matches/{match}/status?to=&from=`: what became of one; `from` is where to come back to.
http::Response post_match_status(Request& request);

/// `POST /matches/{match}/notes?from=`: the form's notes and what the person said.
http::Response post_match_notes(Request& request);

}  // namespace dreams::web
