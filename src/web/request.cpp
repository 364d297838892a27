#include "web/request.h"

#include "base/text.h"

namespace dreams::web {
namespace {

bool asks_for_json(const http::Request& asked) {
    if (asked.path.starts_with("/api/")) return true;
    const auto accept = http::header(asked.headers, "Accept").value_or("");
    return accept.find("application/json") != std::string::npos &&
           accept.find("text/html") == std::string::npos;
}

}  // namespace

Request::Request(const http::Request& asked, Site& site)
    : asked_(asked),
      site_(site),
      now_(site.options.clock.now()),
      today_(site.options.zone.date_of(now_)),
      wants_json_(asks_for_json(asked)) {}

std::string Request::header(std::string_view name) const {
    return http::header(asked_.headers, name).value_or("");
}

std::string Request::text(std::string_view name) const {
    const auto given = asked_.parameter(name).value_or("");
    return text::valid_utf8(text::trimmed(given));
}

std::int64_t Request::number(std::string_view name, Range range) const {
    const std::string given = text(name);
    if (given.empty()) return range.fallback;
    const auto value = text::integer(given);
    if (value && *value >= range.least && *value <= range.most) return *value;
    throw Error(Fault::invalid, "'" + std::string(name) + "' is a whole number from " +
                                    text::grouped(range.least) + " to " +
                                    text::grouped(range.most) + ", not '" + given + "'");
}

std::string Request::query_text() const {
    std::string whole;
    for (const auto& [name, value] : asked_.query)
        whole +=
            (whole.empty() ? "?" : "&") + http::url_encoded(name) + "=" + http::url_encoded(value);
    return whole;
}

bool Request::flag(std::string_view name) const {
    const std::string given = text(name);
    if (given.empty()) return false;
    if (given == "1") return true;
    throw Error(Fault::invalid,
                "'" + std::string(name) + "' is 1 or left out, not '" + given + "'");
}

View& Request::view() {
    if (!view_) view_.emplace(site_.connections);
    return *view_;
}

}  // namespace dreams::web
