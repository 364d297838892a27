#pragma once

// Homes by the property API: captured, and read back.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "web/web_site.h"

namespace dreams::test {

inline constexpr auto properties_path = "/api/v1/properties";

inline json::Value body_of(const http::Response& response) {
    return json::parse(response.body);
}

inline std::string text(const json::Value& value) {
    return std::string(value.as_string());
}

/// Captures a home and gives what the answer has as `data`.
inline json::Value capture(WebSite& site, const std::string& body) {
    const auto response = site.post(properties_path, body);
    EXPECT_THAT(response.status, testing::AnyOf(200, 201)) << response.body;
    return body_of(response).at("data");
}

/// The home of such an answer, as the API has it now.
inline json::Value row(WebSite& site, const json::Value& data) {
    return site.json(std::string(properties_path) + "/" + text(data.at("id"))).at("data");
}

/// The texts of a list, or those that its members have under `key`.
inline std::vector<std::string> texts(const json::Value& list, const char* key) {
    std::vector<std::string> found;
    for (const auto& each : list.as_array())
        found.push_back(each.is_string() ? text(each) : text(each.at(key)));
    return found;
}

}  // namespace dreams::test
