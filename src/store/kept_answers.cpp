#include "store/kept_answers.h"

#include <fmt/format.h>

#include "base/text.h"

namespace dreams::store {

std::string request_name(std::string_view method, std::string_view path, std::string_view body) {
    return fmt::format("{} {} {} {:016x}", method, path, body.size(), text::hash(body));
}

std::optional<KeptAnswer> kept_answer(Db& db, std::string_view key, Instant now) {
    return db.one<KeptAnswer>(R"sql(
        SELECT key, request, status, body, answered_at FROM dreams_kept_answers
         WHERE key = :key AND answered_at > :since)sql",
                              {{"key", key}, {"since", now - answers_are_kept}});
}

void keep_answer(Db& db, const KeptAnswer& answer) {
    db.run("DELETE FROM dreams_kept_answers WHERE answered_at <= :since OR key = :key",
           {{"since", answer.answered_at - answers_are_kept}, {"key", answer.key}});
    db.add("dreams_kept_answers", answer);
}

}  // namespace dreams::store
