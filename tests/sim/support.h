#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "sim/fub/account.h"
#include "sim/town/event_kinds.h"
#include "sim/town/people.h"
#include "sim/town/random.h"

namespace dreams::sim::test {

using namespace std::chrono_literals;

inline const Instant as_of = *instant_from("2026-01-19T16:00:00Z");

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// A small town, its account, and somebody who asks it.
struct Office {
    explicit Office(TownSize size = {.people = 40, .events = 300, .communications = 60},
                    FubOptions options = {}, std::uint64_t seed = 7)
        : clock(as_of), town(size, seed, as_of), account(town, clock, std::move(options)) {}

    http::Response ask(const std::string& method, const std::string& path,
                       const Parameters& query = {}, const std::string& body = "") {
        http::Request request{.method = method, .path = "/v1" + path, .query = query, .body = body};
        request.headers = {{"Host", "sim.test:8080"}};
        if (!authorization.empty()) request.headers.emplace_back("Authorization", authorization);
        if (!system_key.empty()) request.headers.emplace_back("X-System-Key", system_key);
        clock.sleep(pause);
        return account.answer(request);
    }
    http::Response get(const std::string& path, const Parameters& query = {}) {
        return ask("GET", path, query);
    }
    json::Value page(const std::string& path, const Parameters& query = {}) {
        const auto response = get(path, query);
        EXPECT_EQ(response.status, 200) << response.body;
        return json::parse(response.body);
    }

    ManualClock clock;
    Town town;
    FubAccount account;
    std::string authorization = "Basic ZmthX293bmVyOg==";  ///< fka_owner:
    std::string system_key = "system-key";
    std::chrono::milliseconds pause{1000};  ///< before each request, to stay within the limits
};

inline const std::string as_admin = "Basic ZmthX2FkbWluOg==";
inline const std::string as_agent = "Basic ZmthX2FnZW50Og==";
inline const std::string as_lender = "Basic ZmthX2xlbmRlcjo=";

inline std::vector<std::int64_t> ids(const json::Value& page, std::string_view key) {
    std::vector<std::int64_t> result;
    if (const auto* rows = json::array(page, key))
        for (const auto& row : *rows) result.push_back(json::integer(row, "id").value_or(-1));
    return result;
}

inline std::string next_of(const json::Value& page) {
    return json::text(*json::member(page, "_metadata"), "next").value_or("");
}

inline std::int64_t total_of(const json::Value& page) {
    return json::integer(*json::member(page, "_metadata"), "total").value_or(-1);
}

/// Every id of a list, by following `next`.
inline std::vector<std::int64_t> walk(
    Office& office, const std::string& path, const std::string& key, Parameters query = {},
    const std::function<void()>& between = [] {}) {
    std::vector<std::int64_t> all;
    for (std::string next;;) {
        auto asked = query;
        if (!next.empty()) asked.emplace_back("next", next);
        const auto page = office.page(path, asked);
        for (const auto id : ids(page, key)) all.push_back(id);
        next = next_of(page);
        if (next.empty()) return all;
        between();
    }
}

inline std::string error_of(const http::Response& response) {
    return json::text(json::parse(response.body), "errorMessage").value_or("");
}

}  // namespace dreams::sim::test
