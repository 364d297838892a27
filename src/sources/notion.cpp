#include "sources/notion.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "sources/json_answer.h"
#include "sources/notion_read.h"

namespace dreams::sources {
namespace {

using namespace std::chrono_literals;

const std::string one_budget = "notion";  // A5: one limit a token, whatever is asked
constexpr int makings = 3;
constexpr std::size_t id_digits = 32;

Error refusal(const http::Answer& answer) {
    const auto said = in_brackets(
        own_word(answer, [](const json::Value& body) { return json::text(body, "message"); }));
    switch (answer.status) {
        case 401:
            return {Fault::unauthorized, "Notion does not accept the token; check notion.token"};
        case 403:
            return {Fault::unauthorized,
                    "Notion refuses this to the integration; check its capabilities" + said};
        case 404:
            return {Fault::not_found,
                    "Notion shows no such thing: it was deleted, or is not shared with the "
                    "integration (open it in Notion, then ••• → Connections)" +
                        said};
        case 409:
            return {Fault::conflict, "Notion was saving something else there" + said};
        default:
            if (answer.status >= 300 && answer.status < 400)
                return {Fault::unavailable, "Notion sent us elsewhere; check notion.url"};
            return {Fault::invalid, "Notion refused what was asked with status " +
                                        std::to_string(answer.status) + said};
    }
}

std::vector<NotionPage> read_pages(const json::Value& answer, const NotionMapping& mapping) {
    const auto* results = json::array(answer, "results");
    if (!results) throw Error(Fault::unavailable, "Notion's answer holds no list of pages");
    std::vector<NotionPage> pages;
    for (const auto& page : *results) pages.push_back(read_notion_page(page, mapping));
    return pages;
}

const NotionMapped& own_id_property(const NotionMapping& mapping) {
    const auto own = std::ranges::find(mapping, "id", &NotionMapped::column);
    if (own == mapping.end())
        throw Error(Fault::invalid,
                    "the Notion database has no property '" + std::string(notion_own_id) + "'");
    return *own;
}

json::Value any_of(const std::vector<std::string>& ids, const NotionMapped& property) {
    json::Array any;
    for (const auto& id : ids)
        any.push_back(
            json::Object{{"property", property.property_id},
                         {std::string(word(property.type)), json::Object{{"equals", id}}}});
    return json::Object{{"or", std::move(any)}};
}

json::Value empty_property(NotionType type) {
    return json::Object{{std::string(word(type)), json::Object{}}};
}

}  // namespace

std::string notion_id(std::string_view pasted) {
    const auto end = std::min(pasted.find_first_of("?#"), pasted.size());
    pasted = text::trimmed(pasted.substr(0, end));
    while (pasted.ends_with('/')) pasted.remove_suffix(1);
    std::string id;
    for (auto at = pasted.rbegin(); at != pasted.rend() && id.size() < id_digits; ++at) {
        if (*at == '-') continue;
        if (!std::isxdigit(static_cast<unsigned char>(*at))) return "";
        id += *at;
    }
    if (id.size() < id_digits) return "";
    std::ranges::reverse(id);
    id = text::lower(id);
    for (const std::size_t dash : {8u, 13u, 18u, 23u}) id.insert(dash, "-");
    return id;
}

struct Notion::Impl {
    NotionSettings settings;
    std::string named, source;  ///< ids: what the settings name, and the data source of it
    Clock& clock;
    std::unique_ptr<http::Pace> pace;

    http::Ask question(const std::string& method, const std::string& path,
                       const json::Value* body) const {
        http::Ask ask{.method = method, .url = settings.url + path};
        ask.headers = {{"Accept", "application/json"},
                       {"Authorization", "Bearer " + settings.token},
                       {"Notion-Version", settings.version}};
        if (!body) return ask;
        ask.headers.emplace_back("Content-Type", "application/json");
        ask.body = json::serialized(*body);
        return ask;
    }

    /// What may be asked again is asked again where the answer came broken.
    json::Value ask(const std::string& method, const std::string& path,
                    const json::Value* body = nullptr, std::optional<Instant>* at = nullptr) const {
        return json_answer(
            "Notion",
            [&] {
                auto answer =
                    pace->ask(one_budget, question(method, path, body), http::Twice::harmless);
                if (const auto date = http::header(answer.headers, "Date"); date && at)
                    *at = http::http_date(*date);
                return answer;
            },
            refusal);
    }

    /// What may not be done twice is asked for once.
    json::Value ask_once(const std::string& method, const std::string& path,
                         const json::Value& body) const {
        const auto answer =
            pace->ask(one_budget, question(method, path, &body), http::Twice::by_method);
        if (answer.status != 200) throw refusal(answer);
        return read_json("Notion", answer);
    }

    std::string query_path() const {
        if (source.empty()) throw Error(Fault::internal, "the data source is not known yet");
        return "/data_sources/" + source + "/query";
    }

    /// The data source itself where the settings name one; else the only one of the database.
    json::Value found_source() const {
        try {
            return ask("GET", "/data_sources/" + named);
        } catch (const Error& error) {
            if (error.fault() != Fault::not_found) throw;
        }
        const auto database = ask("GET", "/databases/" + named);
        const auto* sources = json::array(database, "data_sources");
        if (!sources || sources->empty())
            throw Error(Fault::invalid, "the Notion database has no data source");
        if (sources->size() == 1)
            return ask("GET", "/data_sources/" + json::text(sources->front(), "id").value_or(""));
        std::string names;
        for (const auto& each : *sources)
            names += (names.empty() ? "" : ", ") + json::text(each, "name").value_or("?") + " is " +
                     json::text(each, "id").value_or("?");
        throw Error(Fault::invalid,
                    "the Notion database has several data sources; name one of them in "
                    "notion.data_source: " +
                        names);
    }
};

Notion::Notion(NotionSettings settings, http::Network network, Clock& clock,
               std::function<void(std::chrono::seconds, std::string_view)> waits)
    : impl_(new Impl{.settings = std::move(settings), .clock = clock}) {
    auto& own = impl_->settings;
    while (own.url.ends_with('/')) own.url.pop_back();
    if (own.token.empty())
        throw Error(Fault::invalid, "there is no token for Notion; set notion.token");
    impl_->named = notion_id(own.data_source);
    if (impl_->named.empty())
        throw Error(Fault::invalid,
                    "notion.data_source names no database: paste its address from Notion");
    http::Patience patience;
    patience.waits = std::move(waits);
    impl_->pace = std::make_unique<http::Pace>(
        std::move(network), clock,
        std::map<std::string, http::Pace::Limits>{
            {one_budget, {.requests = 3, .window = 1'000ms, .ours = true}}},
        patience);
}

const std::string& Notion::named() const {
    return impl_->named;
}
void Notion::use(const std::string& data_source) {
    impl_->source = data_source;
}

NotionSchema Notion::schema(const NotionMapping& known) {
    auto schema = read_notion_schema(impl_->found_source(), known);
    impl_->source = schema.data_source;
    return schema;
}

void Notion::add(const std::vector<NotionMissing>& properties) {
    json::Object wanted;
    for (const auto& each : properties)
        if (each.type != NotionType::title) wanted[each.name] = empty_property(each.type);
    const json::Value body = json::Object{{"properties", std::move(wanted)}};
    impl_->ask("PATCH", "/data_sources/" + impl_->source, &body);
}

NotionPages Notion::pages(const NotionMapping& mapping, std::optional<Instant> since,
                          const std::string& cursor) {
    json::Object body{{"page_size", 100}, {"result_type", "page"}};
    json::Array sorts;
    sorts.push_back(json::Object{{"timestamp", "last_edited_time"}, {"direction", "ascending"}});
    body["sorts"] = std::move(sorts);
    if (since)
        body["filter"] = json::Object{{"timestamp", "last_edited_time"},
                                      {"last_edited_time", {{"on_or_after", to_text(*since)}}}};
    if (!cursor.empty()) body["start_cursor"] = cursor;
    const json::Value asked = std::move(body);
    NotionPages pages;
    const auto answer = impl_->ask("POST", impl_->query_path(), &asked, &pages.at);
    pages.pages = read_pages(answer, mapping);
    if (json::truth(answer, "has_more").value_or(false))
        pages.next = json::text(answer, "next_cursor").value_or("");
    if (const auto* status = json::member(answer, "request_status"))
        pages.complete = json::text(*status, "type") != "incomplete";
    return pages;
}

NotionPage Notion::page(const std::string& id, const NotionMapping& mapping) {
    return read_notion_page(impl_->ask("GET", "/pages/" + id), mapping);
}

/// Nobody says how long a filter may be: what is refused is asked for in halves.
std::vector<NotionPage> Notion::find(const std::vector<std::string>& own_ids,
                                     const NotionMapping& mapping) {
    const json::Value body =
        json::Object{{"page_size", 100}, {"filter", any_of(own_ids, own_id_property(mapping))}};
    try {
        return read_pages(impl_->ask("POST", impl_->query_path(), &body), mapping);
    } catch (const Error& error) {
        if (error.fault() != Fault::invalid || own_ids.size() < 2) throw;
    }
    const auto middle = own_ids.begin() + static_cast<std::ptrdiff_t>(own_ids.size() / 2);
    auto pages = find(std::vector(own_ids.begin(), middle), mapping);
    std::ranges::move(find(std::vector(middle, own_ids.end()), mapping), std::back_inserter(pages));
    return pages;
}

std::optional<NotionPage> Notion::find(const std::string& own_id, const NotionMapping& mapping) {
    auto pages = find(std::vector{own_id}, mapping);
    if (pages.empty()) return std::nullopt;
    return std::move(pages.front());
}

NotionPage Notion::create(const NotionBody& body, const std::string& own_id,
                          const NotionMapping& mapping) {
    const json::Value whole =
        json::Object{{"parent", {{"type", "data_source_id"}, {"data_source_id", impl_->source}}},
                     {"properties", json::parse(body.properties)}};
    for (int making = 1;; ++making) {
        try {
            return read_notion_page(impl_->ask_once("POST", "/pages", whole), mapping);
        } catch (const Error& error) {
            // What is not there is where the page was to go, and so it is for every other page.
            if (error.fault() == Fault::not_found) throw Error(Fault::unauthorized, error.what());
            const bool unsure =
                error.fault() == Fault::unavailable || error.fault() == Fault::conflict;
            if (!unsure || making >= makings) throw;
        }
        impl_->clock.sleep(std::chrono::seconds{making});
        if (auto page = find(own_id, mapping)) return std::move(*page);
    }
}

NotionPage Notion::update(const std::string& page, const NotionBody& body,
                          const NotionMapping& mapping) {
    const json::Value whole = json::Object{{"properties", json::parse(body.properties)}};
    return read_notion_page(impl_->ask("PATCH", "/pages/" + page, &whole), mapping);
}

int Notion::requests() const {
    return impl_->pace->requests();
}

}  // namespace dreams::sources
