#pragma once

#include "base/serve.h"
#include "web/request.h"

namespace dreams::web {

/// `GET /people/{id}?before=&homes=`: one person, with what the scores are made of, what happened
/// (older than `before`, where the last page ended) and at most `homes` homes, 12 unless said.
/// A FUB id is led on to the person's own address.
http::Response get_person(Request& request);

}  // namespace dreams::web
