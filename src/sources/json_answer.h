#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/error.h"
#include "base/http.h"
#include "base/json.h"

namespace dreams::sources {

/// The JSON in the body of an answer of the service called `who`. Throws Error{unavailable}: there
/// is none. A web page is told apart from what was cut off.
json::Value read_json(const std::string& who, const http::Answer& answer);

/// The JSON that `ask` brings from the service called `who`. A body that cannot be read is asked
/// for again, twice, since a cut or a proxy's error page passes; what stays unreadable is an
/// Error{unavailable}. Throws what `refusal` makes of an answer of another status than 200.
json::Value json_answer(const std::string& who, const std::function<http::Answer()>& ask,
                        const std::function<Error(const http::Answer&)>& refusal);

/// The service's own word for why it refused, shortened: what `word` finds in the JSON of its
/// answer. Empty: nothing, or the answer is a page for people.
std::string own_word(const http::Answer& answer,
                     const std::function<std::optional<std::string>(const json::Value&)>& word);

/// ` (its word)`; empty where there is none.
std::string in_brackets(const std::string& word);

}  // namespace dreams::sources
