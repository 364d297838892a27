#include "sim/fub/paging.h"

#include <algorithm>

#include "base/error.h"
#include "base/http.h"
#include "base/json.h"
#include "base/text.h"
#include "sim/wire/base64.h"

namespace dreams::sim {
namespace {

constexpr std::int64_t deepest = 2000;  ///< fub-api §3: from here on only `next` leads

Error too_deep() {
    return {Fault::invalid, "Deep pagination disabled, use 'nextLink' url"};
}

/// `https://…/v1/people?limit=25&&next=…`: the request once more; the double `&` is FUB's own.
std::string next_link(const Desk& desk, const std::string& next) {
    std::string link = desk.base_url + "/" + desk.endpoint;
    char separator = '?';
    for (const auto& [name, value] : desk.request.query) {
        if (name == "next" || name == "offset") continue;
        link += separator + http::url_encoded(name) + "=" + http::url_encoded(value);
        separator = '&';
    }
    return link + (separator == '?' ? "?" : "&&") + "next=" + next;
}

bool total_is_text(const Desk& desk) {
    return desk.options.totals_as_text ||
           (desk.options.total_as_text && desk.endpoint == "customFields");
}

}  // namespace

std::string Cursor::text() const {
    return base64url(since_id ? "{\"sinceId\":" + std::to_string(*since_id) + "}"
                              : "{\"offset\":" + std::to_string(offset.value_or(0)) + "}");
}

Cursor Cursor::from(std::string_view text) {
    const Error garbage(Fault::invalid, "The 'next' parameter is not valid.");
    const auto bytes = from_base64(text);
    if (!bytes) throw garbage;
    Cursor cursor;
    try {
        const auto value = json::parse(*bytes);
        cursor.since_id = json::integer(value, "sinceId");
        cursor.offset = json::integer(value, "offset");
    } catch (const Error&) {
        throw garbage;
    }
    if (!cursor.since_id && (!cursor.offset || *cursor.offset < 0)) throw garbage;
    return cursor;
}

Window window_of(const Desk& desk) {
    Window window;
    const auto limit = desk.query.integer("limit").value_or(10);
    window.limit = limit <= 0 ? 10 : std::min<std::int64_t>(limit, 100);
    window.offset = std::max<std::int64_t>(0, desk.query.integer("offset").value_or(0));
    if (window.offset >= deepest) throw too_deep();
    if (const auto next = desk.query.get("next")) {
        try {
            window.cursor = Cursor::from(*next);
        } catch (const Error&) {
            if (!desk.options.bad_next_is_first_page) throw;
        }
    }
    if (window.cursor && window.cursor->offset) {
        window.offset = *window.cursor->offset;
        if (desk.options.deep_cursor_refused && window.offset >= deepest) throw too_deep();
    }
    return window;
}

void begin_list(json::Writer& json, const Desk& desk, std::string_view key, const Window& window,
                std::int64_t total, const std::string& next) {
    json.begin_object().key("_metadata").begin_object();
    json.member("collection", key).member("offset", window.offset).member("limit", window.limit);
    if (total_is_text(desk))
        json.member("total", std::to_string(total));
    else
        json.member("total", total);
    if (!next.empty())
        json.member("next", next).member("nextLink", next_link(desk, next));
    else if (desk.options.last_page != LastPage::absent)
        json.key("next").null().key("nextLink").null();
    json.end_object().key(key).begin_array();
}

void end_list(json::Writer& json) {
    json.end_array().end_object();
}

bool goes_on(const Desk& desk, const Window& window, std::int64_t written, bool more) {
    return more || (desk.options.last_page == LastPage::one_empty && written == window.limit);
}

}  // namespace dreams::sim
