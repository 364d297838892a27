#pragma once

// A dashboard on a file of the test's own, asked without a network.

#include <map>
#include <string>

#include "base/json.h"
#include "support/database.h"
#include "web/dashboard.h"

namespace dreams::test {

class WebSite {
public:
    WebSite() : db(database(folder)) {}

    /// `GET target`, where the target may have a query; of percent signs only `%26`, an `&` that
    /// separates nothing, is decoded.
    http::Response get(const std::string& target, http::Headers headers = {}) const {
        return ask("GET", target, std::move(headers));
    }
    http::Response ask(const std::string& method, const std::string& target,
                       http::Headers headers = {}, std::string body = "",
                       std::string peer = "127.0.0.1") const {
        http::Request request;
        request.method = method;
        request.peer = std::move(peer);
        request.body = std::move(body);
        const auto cut = target.find('?');
        request.path = target.substr(0, cut);
        if (cut != std::string::npos)
            for (const auto& pair : text::split(target.substr(cut + 1), '&')) {
                const auto equals = pair.find('=');
                std::string value = equals == std::string::npos ? "" : pair.substr(equals + 1);
                for (auto at = value.find("%26"); at != std::string::npos; at = value.find("%26"))
                    value.replace(at, 3, "&");
                request.query.emplace_back(pair.substr(0, equals), value);
            }
        if (!http::header(headers, "Host")) headers.emplace_back("Host", "localhost:8484");
        request.headers = std::move(headers);
        return dashboard.handler()(request);
    }
    /// `POST target` with a JSON body.
    http::Response post(const std::string& target, const std::string& body,
                        http::Headers headers = {}) const {
        if (!http::header(headers, "Content-Type"))
            headers.emplace_back("Content-Type", "application/json");
        return ask("POST", target, std::move(headers), body);
    }
    std::string body(const std::string& target) const { return get(target).body; }
    json::Value json(const std::string& target) const { return json::parse(body(target)); }

    Folder folder;
    Db db;
    ManualClock clock{monday};
    std::string log;
    web::WebOptions options{.database = folder.file("dreams.db"),
                            .zone = Zone("America/New_York"),
                            .clock = clock,
                            .environment = "test",
                            .fub_people_url = "https://team.followupboss.com/2/people/view/",
                            .log = [this](const std::string& line) { log += line + "\n"; }};
    web::Dashboard dashboard{options};
};

}  // namespace dreams::test
