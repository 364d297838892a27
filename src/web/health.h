#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /health`, open to all: version, schema, whether the database can be read, and how old the
/// newest record of each source is. 503 when it cannot. Names nobody and no path.
http::Response get_health(Request& request);

/// `GET /metrics`, in Prometheus' text format: how much there is, how fresh it is, what was
/// answered, and how much memory it takes. Answers also when the database does not.
http::Response get_metrics(Request& request);

}  // namespace dreams::web
