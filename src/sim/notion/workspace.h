#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/json.h"
#include "base/serve.h"
#include "base/time.h"
#include "sim/wire/faults.h"

namespace dreams::sim {

/// How a simulated workspace behaves where tests want it smaller or stranger than Notion is.
struct NotionOptions {
    std::string token = "ntn_example";
    std::string database = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
    std::string data_source = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";
    std::size_t query_limit = 10'000;  ///< results after which a query ends, incomplete
    std::size_t filter_limit = 100;    ///< conditions of one `and` or `or`; more are refused
    int requests_a_minute = 180;       ///< more are refused with 429 and Retry-After
};

/// What Notion answers instead of doing what it was asked (property-sources A6).
enum class NotionRefusal {
    conflict_409,  ///< two writes collided
    limited_429,   ///< with Retry-After, though the budget is not used up
    overload_529,  ///< with Retry-After
    overload_503,  ///< without
    database_500,  ///< internal_server_error
};

/// A Notion workspace with one database of one data source, as API version 2025-09-03 shows it
/// (property-sources A): times rounded down to the minute, no conditional writes, trashed pages
/// left out of queries. `answer` is the whole service. Safe from several threads.
class NotionWorkspace {
public:
    /// Keeps a reference to the clock. The data source has a title property, `Name`, and no page.
    explicit NotionWorkspace(Clock& clock, NotionOptions options = {});
    ~NotionWorkspace();

    http::Response answer(const http::Request& request);
    http::Handler handler() {
        return [this](const http::Request& request) { return answer(request); };
    }
    http::Network network();  ///< without sockets; any host is this workspace

    // What goes wrong -------------------------------------------------------------------------
    /// Of what was done: the answer is spoiled or lost on its way. Endpoints: `query`, `pages`,
    /// `data_sources`, `databases`.
    Faults& faults();
    /// The n-th request (counted from 1) to `endpoint` (`*`: to any) is refused: nothing is done.
    void refuse(const std::string& endpoint, int n, NotionRefusal why);
    /// From now on the integration does not see the data source (404), or sees it again.
    void share(bool shared);
    /// Called before each request is looked at, in no lock: somebody edits at that very moment.
    void meanwhile(std::function<void(const http::Request&)> what);

    // The schema, as a person changes it -------------------------------------------------------
    /// Adds a property and gives its id. `options`: of a select, multi_select or status.
    std::string add_property(const std::string& name, const std::string& type,
                             const std::vector<std::string>& options = {});
    void rename_property(const std::string& name, const std::string& to);
    void remove_property(const std::string& name);
    void change_type(const std::string& name, const std::string& type);  ///< values are cleared
    bool has_property(const std::string& name) const;
    void add_data_source(const std::string& name);  ///< one more, without pages

    // Pages, as a person edits them -------------------------------------------------------------
    /// A new page with these texts by property name, each read as its property's type wants it.
    std::string add_page(const std::map<std::string, std::string>& texts);
    /// Puts a text into a property; empty: clears it.
    void type(const std::string& page, const std::string& property, const std::string& text);
    /// Uploads a file: Notion keeps it, and its address expires within the hour.
    void upload(const std::string& page, const std::string& property, const std::string& name);
    /// Adds a file that lies elsewhere.
    void attach(const std::string& page, const std::string& property, const std::string& url);
    void trash(const std::string& page);
    void restore(const std::string& page);
    /// What a person sees in a property; empty: nothing.
    std::string shown(const std::string& page, const std::string& property) const;
    std::vector<std::string> pages() const;  ///< ids of those not in the trash, oldest first
    bool is_trashed(const std::string& page) const;

    // What was asked -----------------------------------------------------------------------------
    /// `POST query`, `PATCH pages`, `GET data_sources` …, those refused too.
    std::vector<std::string> log() const;
    void forget_log();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace dreams::sim
