#include "web/api_orders.h"

#include "base/json_writer.h"
#include "store/properties.h"
#include "web/response.h"

namespace dreams::web {
namespace {

http::Response not_configured(Request& request, const std::string& sentence) {
    return failure(request, 503, "NOT_CONFIGURED", sentence);
}

http::Response counted_as(std::string_view name, std::int64_t count) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).key("data").begin_object();
    writer.member(name, count).end_object().end_object();
    return json(std::move(body));
}

constexpr auto no_idx = "The IDX site is not set up here: the setting idx.url names it";
constexpr auto no_notion =
    "Notion is not set up here: the settings notion.token and "
    "notion.data_source name it";

}  // namespace

http::Response post_validate_idx(Request& request) {
    const auto& validate = request.options().orders.validate_idx;
    if (!validate) return not_configured(request, no_idx);
    const PropertyId home{request.segment()};
    if (!store::property(request.db(), home))
        throw Error(Fault::not_found, "There is no property " + home.text);
    const IdxCheck check = validate(home);
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true);
    writer.member("status", check.idx_validation_status);
    writer.member("idx_mls_number", check.idx_mls_number);
    writer.member("idx_mls_source", check.idx_mls_source).end_object();
    return json(std::move(body));
}

http::Response post_sync_idx(Request& request) {
    const auto& validate = request.options().orders.validate_waiting;
    if (!validate) return not_configured(request, no_idx);
    return counted_as("validated_count", validate());
}

http::Response post_sync_notion(Request& request) {
    const auto& push = request.options().orders.push_to_notion;
    if (!push) return not_configured(request, no_notion);
    return counted_as("synced_count", push());
}

http::Response get_notion_health(Request& request) {
    const auto& database = request.options().orders.notion_database;
    std::string body;
    json::Writer writer(body);
    writer.begin_object().member("status", database.empty() ? "unconfigured" : "configured");
    if (database.empty())
        writer.member("message", no_notion);
    else
        writer.member("database_id", database.substr(0, 8) + "...");
    writer.end_object();
    return json(std::move(body), database.empty() ? 503 : 200);
}

}  // namespace dreams::web
