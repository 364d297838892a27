#pragma once

// What a simulated workspace is made of. Internal to sim/notion.

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include "sim/notion/table.h"
#include "sim/notion/workspace.h"
#include "sim/wire/spoil.h"

namespace dreams::sim {

namespace notion {
/// How Notion words what goes wrong on the way.
Dialect dialect();
}  // namespace notion

struct NotionWorkspace::Impl {
    Clock& clock;
    NotionOptions options;
    notion::Table table;
    Faults faults;
    Spoiler spoiler{faults, notion::dialect()};
    std::map<std::pair<std::string, int>, NotionRefusal> refusals;
    std::map<std::string, int> asked;
    std::function<void(const http::Request&)> meanwhile;
    bool shared = true;
    std::vector<std::string> more_sources;
    struct Listing {
        std::vector<std::string> pages;  ///< that are still to come
        bool cut = false;                ///< there were more than a query gives
    };
    std::map<std::string, Listing> listings;  ///< by cursor
    std::deque<std::chrono::steady_clock::duration> answered;
    std::vector<std::string> log;
    mutable std::mutex mutex;

    http::Response routed(const http::Request& request, const std::vector<std::string>& parts);
    json::Value source_json() const;
    json::Value database_json() const;
    void check_length_of_filter(const json::Value& asked_for) const;
    json::Value query(const json::Value& asked_for);
    json::Value create(const json::Value& body);
    json::Value update(notion::Page& page, const json::Value& body);
    json::Value change_schema(const json::Value& body);
    void write(notion::Page& page, const json::Value& body);
    json::Value shown(const notion::Page& page) const {
        return notion::page_json(page, table, options.database, options.data_source, clock.now());
    }
    notion::Page& wanted_page(const std::string& id);
    std::optional<http::Response> refused(const std::string& endpoint);
    std::optional<http::Response> over_budget();
    void check_caller(const http::Request& request) const;
    notion::Page& edited(const std::string& id);
    notion::Property& known(const std::string& name);
};

}  // namespace dreams::sim
