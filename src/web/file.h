#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /file`: which copy this is and whether it may send, its backups, the copies beside it, and
/// what was typed in two copies.
http::Response get_file(Request& request);

/// `POST /file/compare`: the same, and table by table what this file and the file `with` have
/// alone.
http::Response post_compare(Request& request);

/// `POST /file/claim`: this is the file to send from.
http::Response post_claim(Request& request);

/// `POST /file/conflicts/{conflict}`: which `side` of what was typed twice is right.
http::Response post_merge_choice(Request& request);

}  // namespace dreams::web
