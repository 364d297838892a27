#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/db.h"

namespace dreams::store {

/// How long an answer is kept for whoever asks the same again with the same key.
constexpr std::chrono::hours answers_are_kept{24};

/// What was answered to a request that carried an Idempotency-Key.
struct KeptAnswer {
    std::string key;
    std::string request;  ///< a name for method, path and body, as request_name gives it
    std::int64_t status = 0;
    std::string body;
    Instant answered_at;

    static constexpr auto columns() {
        return Columns{Column{"key", &KeptAnswer::key}, Column{"request", &KeptAnswer::request},
                       Column{"status", &KeptAnswer::status}, Column{"body", &KeptAnswer::body},
                       Column{"answered_at", &KeptAnswer::answered_at}};
    }
};

std::string request_name(std::string_view method, std::string_view path, std::string_view body);

/// The answer kept under `key`; none: there is none, or it is too old.
std::optional<KeptAnswer> kept_answer(Db& db, std::string_view key, Instant now);

/// Keeps it, in the commit that holds what it tells of; drops those that are too old.
void keep_answer(Db& db, const KeptAnswer& answer);

}  // namespace dreams::store
