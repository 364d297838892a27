#pragma once

#include <functional>
#include <string>

#include "base/error.h"
#include "base/http.h"
#include "base/json.h"

namespace dreams::sources {

/// The JSON that `ask` brings from the service called `who`. A body that cannot be read is asked
/// for again, twice, since a cut or a proxy's error page passes; what stays unreadable is an
/// Error{unavailable}. Throws what `refusal` makes of an answer of another status than 200.
json::Value json_answer(const std::string& who, const std::function<http::Answer()>& ask,
                        const std::function<Error(const http::Answer&)>& refusal);

}  // namespace dreams::sources
