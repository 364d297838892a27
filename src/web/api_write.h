#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/json.h"
#include "base/serve.h"
#include "web/connections.h"
#include "web/request.h"

namespace dreams::web {

/// What the work on a body came to. Below 400 it is committed, else all of it is taken back.
struct Reply {
    int status = 200;
    std::string body;  ///< JSON
};

using Work = std::function<Reply(WritingDesk::Turn& desk, const json::Value& body)>;

/// Answers a request that changes something and whose body is JSON: reads it, runs `work` in one
/// transaction, and commits. With an Idempotency-Key the answer is kept for a day: the same request
/// under the same key is answered the same (`Idempotent-Replayed: true`) and does nothing; another
/// one under that key is 422. 415: not sent as JSON; 413: more than `most_bytes`; 400
/// INVALID_JSON: cannot be read.
http::Response answer_write(Request& request, std::size_t most_bytes, const Work& work);

/// The keys of the object that are none of `known`: they are named in the answer, and refused by
/// nobody.
std::vector<std::string> unknown_keys(const json::Value& body,
                                      std::initializer_list<std::string_view> known);

/// The envelope of a refusal that names fields: `{"success":false,"error":{"code","message",
/// "fields":[{"field","message"}]}}`; the message is all of theirs.
template <class Remarks>
std::string refusal_of_fields(const Remarks& remarks);

}  // namespace dreams::web

#include "base/json_writer.h"

template <class Remarks>
std::string dreams::web::refusal_of_fields(const Remarks& remarks) {
    std::string body, message;
    for (const auto& remark : remarks) message += (message.empty() ? "" : "; ") + remark.why;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(false).key("error").begin_object();
    writer.member("code", "VALIDATION_ERROR").member("message", message);
    writer.member("fields", remarks).end_object().end_object();
    return body;
}
