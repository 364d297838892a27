#include "web/api_write.h"

#include <algorithm>

#include "base/text.h"
#include "store/kept_answers.h"
#include "web/response.h"

namespace dreams::web {
namespace {

/// `application/json`, whatever parameters follow.
bool is_json(const Request& request) {
    const auto type = request.header("Content-Type");
    return text::same_word(text::trimmed(type.substr(0, type.find(';'))), "application/json");
}

bool is_key(const std::string& key) {
    constexpr std::size_t longest = 255;
    return key.size() <= longest &&
           std::ranges::all_of(key, [](char c) { return c > ' ' && c < 127; });
}

http::Response as_response(Reply reply) {
    return json(std::move(reply.body), reply.status);
}

/// The answer given before under this key; none: this is the first time.
std::optional<http::Response> answered_before(Request& request, Db& db, const std::string& key,
                                              const std::string& name) {
    if (key.empty()) return std::nullopt;
    auto kept = store::kept_answer(db, key, request.now());
    if (!kept) return std::nullopt;
    if (kept->request != name)
        return failure(request, 422, "IDEMPOTENCY_KEY_REUSED",
                       "This Idempotency-Key was used for another request; give each its own");
    auto response = json(std::move(kept->body), static_cast<int>(kept->status));
    response.headers.emplace_back("Idempotent-Replayed", "true");
    return response;
}

http::Response carried_out(Request& request, const json::Value& body, const Work& work) {
    const auto key = request.header("Idempotency-Key");
    if (!is_key(key))
        return failure(request, 400, "invalid",
                       "An Idempotency-Key is at most 255 letters, digits and signs");
    const auto name = store::request_name(request.method(), request.path(), request.body());
    auto turn = request.site().writing.take();
    Db& db = turn.db();
    auto transaction = db.begin();
    if (auto before = answered_before(request, db, key, name)) return std::move(*before);
    Reply reply = work(turn, body);
    if (reply.status >= 400) return as_response(std::move(reply));
    if (!key.empty()) store::keep_answer(db, {key, name, reply.status, reply.body, request.now()});
    transaction.commit();
    return as_response(std::move(reply));
}

}  // namespace

http::Response answer_write(Request& request, std::size_t most_bytes, const Work& work) {
    if (!is_json(request))
        return failure(request, 415, "UNSUPPORTED_MEDIA_TYPE",
                       "Send JSON, with Content-Type: application/json");
    if (request.body().size() > most_bytes)
        return failure(request, 413, "TOO_LARGE",
                       "The body may have " + text::grouped(static_cast<std::int64_t>(most_bytes)) +
                           " bytes, not more");
    if (text::valid_utf8(request.body()) != request.body())
        return failure(request, 400, "INVALID_JSON", "The body is not valid UTF-8");
    json::Value body;
    try {
        body = json::parse(request.body());
    } catch (const Error& error) {
        return failure(request, 400, "INVALID_JSON", std::string("The body is ") + error.what());
    }
    if (!body.is_object())
        return failure(request, 400, "INVALID_JSON", "The body is no JSON object");
    return carried_out(request, body, work);
}

std::vector<std::string> unknown_keys(const json::Value& body,
                                      std::initializer_list<std::string_view> known) {
    std::vector<std::string> unknown;
    for (const auto& [name, value] : body.as_object())
        if (std::ranges::find(known, std::string_view(name)) == known.end())
            unknown.emplace_back(name);
    return unknown;
}

}  // namespace dreams::web
