#include "sim/notion/workspace.h"

#include <fmt/chrono.h>

#include "base/text.h"
#include "sim/notion/impl.h"
#include "sim/wire/direct.h"

namespace dreams::sim {
namespace {

using notion::Refused;

constexpr std::chrono::minutes budget_window{1};

http::Response json_answer(const json::Value& body, int status = 200) {
    return {status, {{"Content-Type", "application/json; charset=utf-8"}}, json::serialized(body)};
}

http::Response refusal(int status, const std::string& code, const std::string& message,
                       int retry_after = 0) {
    auto response = json_answer(
        {{"object", "error"}, {"status", status}, {"code", code}, {"message", message}}, status);
    if (retry_after > 0) response.headers.emplace_back("Retry-After", std::to_string(retry_after));
    return response;
}

http::Response refusal(NotionRefusal why) {
    switch (why) {
        case NotionRefusal::conflict_409:
            return refusal(409, "conflict_error",
                           "Conflict occurred while saving. Please try again.");
        case NotionRefusal::limited_429:
            return refusal(429, "rate_limited", "You have been rate limited.", 7);
        case NotionRefusal::overload_529:
            return refusal(529, "service_overload", "Service is overloaded.", 30);
        case NotionRefusal::overload_503:
            return refusal(503, "service_unavailable", "Notion is unavailable.");
        case NotionRefusal::database_500:
            return refusal(500, "internal_server_error", "Unexpected error occurred.");
    }
    return {};
}

std::string date_header(Instant now) {
    const auto seconds = std::chrono::system_clock::to_time_t(now);
    return fmt::format("{:%a, %d %b %Y %H:%M:%S} GMT", fmt::gmtime(seconds));
}

json::Value body_of(const http::Request& request) {
    try {
        return request.body.empty() ? json::Value(json::Object{}) : json::parse(request.body);
    } catch (const Error&) {
        throw Refused{400, "invalid_json", "Error parsing JSON body."};
    }
}

/// What a request is counted under: `query` for those, else the first part of the path.
std::string endpoint_of(const std::vector<std::string>& parts) {
    if (parts.size() < 2) return "";
    return parts.back() == "query" ? "query" : parts[1];
}

}  // namespace

Dialect notion::dialect() {
    return {.name = "Notion",
            .login = "/login",
            .refusal =
                [](int status, std::string_view sentence) {
                    const auto* code = status == 401   ? "unauthorized"
                                       : status == 403 ? "restricted_resource"
                                       : status == 429 ? "rate_limited"
                                                       : "internal_server_error";
                    return refusal(status, code, std::string(sentence));
                },
            .page = [](WireFault, http::Response good) { return good; }};
}

json::Value NotionWorkspace::Impl::source_json() const {
    json::Object properties;
    for (const auto& each : table.properties) properties[each.name] = notion::property_json(each);
    return {{"object", "data_source"},
            {"id", options.data_source},
            {"parent", {{"type", "database_id"}, {"database_id", options.database}}},

            {"properties", std::move(properties)},
            {"in_trash", false}};
}

json::Value NotionWorkspace::Impl::database_json() const {
    json::Array sources;
    sources.push_back(json::Object{{"id", options.data_source}, {"name", "Properties"}});
    for (std::size_t i = 0; i < more_sources.size(); ++i)
        sources.push_back(json::Object{{"id", fmt::format("cccccccc-cccc-4ccc-8ccc-{:012}", i)},
                                       {"name", more_sources[i]}});
    return {{"object", "database"},
            {"id", options.database},
            {"data_sources", std::move(sources)},
            {"in_trash", false}};
}

void NotionWorkspace::Impl::check_length_of_filter(const json::Value& asked_for) const {
    const auto* filter = json::member(asked_for, "filter");
    if (!filter) return;
    for (const char* kind : {"and", "or"})
        if (const auto* parts = json::array(*filter, kind);
            parts && parts->size() > options.filter_limit)
            throw Refused{400, "validation_error",
                          fmt::format("body failed validation: body.filter.{}.length should be ≤ "
                                      "`{}`, instead was `{}`.",
                                      kind, options.filter_limit, parts->size())};
}

json::Value NotionWorkspace::Impl::query(const json::Value& asked_for) {
    const auto size = json::integer(asked_for, "page_size").value_or(100);
    if (size < 1 || size > 100)
        throw Refused{400, "validation_error", "body.page_size should be 1 to 100"};
    Listing listing;
    if (const auto cursor = json::text(asked_for, "start_cursor")) {
        const auto known = listings.find(*cursor);
        if (known == listings.end())
            throw Refused{400, "validation_error", "The start_cursor provided is invalid."};
        listing = known->second;
    } else {
        check_length_of_filter(asked_for);
        for (const auto place : notion::found(table, asked_for))
            listing.pages.push_back(table.pages[place].id);
        listing.cut = listing.pages.size() > options.query_limit;
        if (listing.cut) listing.pages.resize(options.query_limit);
    }
    json::Array results;
    const auto count = std::min(listing.pages.size(), static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < count; ++i) results.push_back(shown(*table.page(listing.pages[i])));
    listing.pages.erase(listing.pages.begin(),
                        listing.pages.begin() + static_cast<std::ptrdiff_t>(count));
    json::Object answer{{"object", "list"},
                        {"results", std::move(results)},
                        {"has_more", !listing.pages.empty()},
                        {"next_cursor", nullptr},
                        {"type", "page_or_data_source"}};
    if (!listing.pages.empty()) {
        const auto cursor = table.new_id();
        answer["next_cursor"] = cursor;
        listings[cursor] = std::move(listing);
    } else if (listing.cut) {
        answer["request_status"] = {{"type", "incomplete"},
                                    {"incomplete_reason", "query_result_limit_reached"}};
    }
    return answer;
}

/// All of it or, where one value is refused, nothing.
void NotionWorkspace::Impl::write(notion::Page& page, const json::Value& body) {
    const auto* properties = json::object(body, "properties");
    if (!properties) return;
    auto after = page.values;
    for (const auto& [name, value] : *properties) {
        auto* property = table.by_name_or_id(name);
        if (!property)
            throw Refused{400, "validation_error",
                          std::string(name) + " is not a property that exists."};
        after[property->id] = notion::accepted(*property, value);
    }
    page.values = std::move(after);
}

json::Value NotionWorkspace::Impl::create(const json::Value& body) {
    const auto* parent = json::object(body, "parent");
    const auto id = parent ? json::text(*parent, "data_source_id").value_or("") : "";
    if (notion::bare_id(id) != notion::bare_id(options.data_source) || !shared)
        throw Refused{404, "object_not_found", "Could not find data source with ID: " + id + "."};
    notion::Page trial;
    write(trial, body);
    auto& page = table.new_page(clock.now());
    page.values = std::move(trial.values);
    return shown(page);
}

json::Value NotionWorkspace::Impl::update(notion::Page& page, const json::Value& body) {
    const auto trash = json::truth(body, "in_trash");
    if (page.in_trash && !trash)
        throw Refused{400, "validation_error",
                      "Can't edit block that is archived. You must unarchive the block before "
                      "editing."};
    write(page, body);
    if (trash) page.in_trash = *trash;
    page.edited = notion::minute_of(clock.now());
    return shown(page);
}

json::Value NotionWorkspace::Impl::change_schema(const json::Value& body) {
    const auto* properties = json::object(body, "properties");
    if (!properties) throw Refused{400, "validation_error", "body.properties should be defined"};
    for (const auto& [name, value] : *properties) {
        if (table.by_name_or_id(name)) continue;
        for (const auto* type : {"rich_text", "number", "select", "url", "email", "date",
                                 "checkbox", "files", "phone_number"})
            if (json::object(value, type)) table.add(name, type, {});
    }
    return source_json();
}

notion::Page& NotionWorkspace::Impl::wanted_page(const std::string& id) {
    auto* page = table.page(id);
    if (!page || !shared)
        throw Refused{404, "object_not_found",
                      "Could not find page with ID: " + id +
                          ". Make sure it is shared with your integration."};
    return *page;
}

http::Response NotionWorkspace::Impl::routed(const http::Request& request,
                                             const std::vector<std::string>& parts) {
    const auto& kind = parts[1];
    const auto& method = request.method;
    if (kind == "pages" && parts.size() == 2 && method == "POST")
        return json_answer(create(body_of(request)));
    if (parts.size() < 3) throw Refused{400, "invalid_request_url", "Invalid request URL."};
    const auto id = notion::bare_id(parts[2]);
    if (kind == "pages") {
        auto& page = wanted_page(parts[2]);
        return json_answer(method == "PATCH" ? update(page, body_of(request)) : shown(page));
    }
    const bool is_database = kind == "databases" && id == notion::bare_id(options.database);
    const bool is_source = kind == "data_sources" && id == notion::bare_id(options.data_source);
    if (!shared || (!is_database && !is_source))
        throw Refused{404, "object_not_found",
                      "Could not find " + kind + " with ID: " + parts[2] +
                          ". Make sure it is shared with your integration."};
    if (is_database) return json_answer(database_json());
    if (parts.back() == "query") return json_answer(query(body_of(request)));
    return json_answer(method == "PATCH" ? change_schema(body_of(request)) : source_json());
}

void NotionWorkspace::Impl::check_caller(const http::Request& request) const {
    if (http::header(request.headers, "Authorization") != "Bearer " + options.token)
        throw Refused{401, "unauthorized", "API token is invalid."};
    if (http::header(request.headers, "Notion-Version") != "2025-09-03")
        throw Refused{400, "missing_version", "Notion-Version header is required."};
}

std::optional<http::Response> NotionWorkspace::Impl::refused(const std::string& endpoint) {
    const auto all = refusals.find({"*", ++asked["*"]});
    const auto own = refusals.find({endpoint, ++asked[endpoint]});
    if (own != refusals.end()) return refusal(own->second);
    if (all != refusals.end()) return refusal(all->second);
    return std::nullopt;
}

std::optional<http::Response> NotionWorkspace::Impl::over_budget() {
    const auto now = clock.ticks();
    while (!answered.empty() && answered.front() + budget_window <= now) answered.pop_front();
    if (answered.size() < static_cast<std::size_t>(options.requests_a_minute)) {
        answered.push_back(now);
        return std::nullopt;
    }
    const auto wait = answered.front() + budget_window - now;
    return refusal(429, "rate_limited", "You have been rate limited.",
                   static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count()));
}

NotionWorkspace::NotionWorkspace(Clock& clock, NotionOptions options)
    : impl_(new Impl{.clock = clock, .options = std::move(options)}) {
    impl_->table.add("Name", "title", {});
}
NotionWorkspace::~NotionWorkspace() = default;

http::Response NotionWorkspace::answer(const http::Request& request) {
    if (impl_->meanwhile) impl_->meanwhile(request);
    const std::lock_guard lock(impl_->mutex);
    const auto parts = text::split(request.path, '/');
    const auto endpoint = endpoint_of(parts);
    impl_->log.push_back(request.method + " " + endpoint);
    if (auto limited = impl_->over_budget()) return *limited;
    if (auto refused = impl_->refused(endpoint)) return *refused;
    http::Response response;
    try {
        impl_->check_caller(request);
        if (parts.size() < 2 || parts.front() != "v1")
            throw Refused{400, "invalid_request_url", "Invalid request URL."};
        response = impl_->routed(request, parts);
    } catch (const Refused& why) {
        response = refusal(why.status, why.code, why.message);
    }
    response.headers.emplace_back("Date", date_header(impl_->clock.now()));
    return impl_->spoiler.played(endpoint, std::move(response));
}

http::Network NotionWorkspace::network() {
    return direct(handler(), impl_->clock);
}

Faults& NotionWorkspace::faults() {
    return impl_->faults;
}
void NotionWorkspace::refuse(const std::string& endpoint, int n, NotionRefusal why) {
    impl_->refusals[{endpoint, n}] = why;
}
void NotionWorkspace::share(bool shared) {
    impl_->shared = shared;
}
void NotionWorkspace::meanwhile(std::function<void(const http::Request&)> what) {
    impl_->meanwhile = std::move(what);
}

std::vector<std::string> NotionWorkspace::log() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->log;
}
void NotionWorkspace::forget_log() {
    const std::lock_guard lock(impl_->mutex);
    impl_->log.clear();
}

}  // namespace dreams::sim
