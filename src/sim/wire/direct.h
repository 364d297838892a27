#pragma once

#include "base/http.h"
#include "base/serve.h"
#include "base/time.h"

namespace dreams::sim {

/// A network on which every host is answered by `handler`, without sockets. Pauses on the wire
/// pass on `clock`; what breaks off, or outlasts the ask's deadline, is Error{unavailable}.
http::Network direct(http::Handler handler, Clock& clock);

/// What a server would make of an ask.
http::Request request_of(const http::Ask& ask);

}  // namespace dreams::sim
