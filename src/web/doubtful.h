#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /doubtful`: pairs of homes that may be one, side by side, and what was decided so far.
/// `did` (joined, parted, apart, reopened): what somebody comes from, for a message.
http::Response get_doubtful(Request& request);

/// `POST /doubtful/join?kept=&gone=`: makes one home of two.
http::Response post_join(Request& request);

/// `POST /doubtful/apart?first=&second=`: they are two.
http::Response post_apart(Request& request);

/// `POST /doubtful/apart/undo?first=&second=`: that is to be decided again.
http::Response post_undo_apart(Request& request);

/// `POST /doubtful/joins/{join}/undo`: takes a join back.
http::Response post_undo_join(Request& request);

}  // namespace dreams::web
