#include "web/response.h"

#include <array>

#include "base/assets.h"
#include "base/json_writer.h"
#include "store/freshness.h"
#include "templates/error.h"
#include "templates/freshness.h"
#include "templates/layout.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

/// The lines that say how old Follow Up Boss' part of the file is, and what else is wrong.
html::Safe freshness_line(Request& request) {
    const auto alarm = request.options().alarm(request.db());
    for (const auto& source : store::freshness(request.db())) {
        if (source.source != "fub") continue;
        const auto read = ago(source.last_success, request.now());
        const auto newest = ago(source.newest_record, request.now());
        const bool stale = store::is_stale(source, request.now());
        return html::render<templates::freshness>(
            arg<"source">("Follow Up Boss"), arg<"command">("sync fub"), arg<"read">(read),
            arg<"read_at">(source.last_success), arg<"newest">(newest), arg<"stale">(stale),
            arg<"alarm">(alarm));
    }
    return {};
}

std::string_view title_of(int status) {
    switch (status) {
        case 400:
            return "That does not make sense";
        case 404:
            return "There is nothing here";
        case 405:
            return "Not in this way";
        case 403:
            return "Not from there";
        case 413:
            return "That is too much at once";
        case 421:
            return "Wrong host";
        case 503:
            return "The file cannot be read";
        default:
            return "Something went wrong";
    }
}

/// What a browser may load and run for a page.
std::string policy_of(PageNeeds needs) {
    return std::string("default-src 'none'; style-src 'self'; img-src 'self'") +
           (needs.photos ? " https: http:" : "") + (needs.copying ? "; script-src 'self'" : "") +
           "; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

/// The version of a file of ours, so that browsers may keep it.
std::string version_of(std::string_view name) {
    const auto file = static_file(name);
    return file ? std::string(file->version()) : "";
}

/// What is around a page.
struct Frame {
    Tab tab = Tab::none;
    std::string_view title;
    PageNeeds needs = {};
    int status = 200;
};

http::Response framed(const Request& request, const Frame& frame, const html::Safe& freshness,
                      const html::Safe& content) {
    const auto& options = request.options();
    const auto clock = options.fixed_now
                           ? std::optional(request.zone().to_local_text(*options.fixed_now))
                           : std::nullopt;
    auto whole = html::render<templates::layout>(
        arg<"title">(frame.title), arg<"content">(content), arg<"freshness">(freshness),
        arg<"on_brief">(frame.tab == Tab::brief), arg<"on_calls">(frame.tab == Tab::calls),
        arg<"on_people">(frame.tab == Tab::people), arg<"on_homes">(frame.tab == Tab::homes),
        arg<"on_matches">(frame.tab == Tab::matches), arg<"on_imports">(frame.tab == Tab::imports),
        arg<"on_doubtful">(frame.tab == Tab::doubtful), arg<"on_notion">(frame.tab == Tab::notion),
        arg<"on_syncs">(frame.tab == Tab::syncs), arg<"on_timetable">(frame.tab == Tab::timetable),
        arg<"on_file">(frame.tab == Tab::file), arg<"style">(version_of("style.css")),
        arg<"copying">(frame.needs.copying ? version_of("copy.js") : ""),
        arg<"version">(DREAMS_VERSION), arg<"environment">(options.environment),
        arg<"file">(request.site().connections.file_name()), arg<"zone">(request.zone().name()),
        arg<"clock">(clock));
    return {.status = frame.status,
            .headers = {{"Content-Type", "text/html; charset=utf-8"},
                        {"Content-Security-Policy", policy_of(frame.needs)}},
            .body = std::move(whole).str()};
}

/// The predecessor's property API, whose callers know its codes.
bool is_property_api(std::string_view path) {
    constexpr std::string_view api = "/api/v1/";
    if (!path.starts_with(api)) return false;
    path.remove_prefix(api.size());
    return path.starts_with("properties") || path.starts_with("contacts") ||
           path.starts_with("sync/");
}

std::string in_capitals(std::string_view code) {
    if (code == "invalid") return "VALIDATION_ERROR";
    if (code == "internal") return "SERVER_ERROR";
    std::string capitals(code);
    for (char& c : capitals)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return capitals;
}

}  // namespace

http::Response page(Request& request, Tab tab, std::string_view title, const html::Safe& content,
                    PageNeeds needs) {
    return framed(request, {tab, title, needs}, freshness_line(request), content);
}

http::Response json(std::string body, int status) {
    return {.status = status,
            .headers = {{"Content-Type", "application/json"}},
            .body = std::move(body)};
}

http::Response see_other(std::string location) {
    return {.status = 303, .headers = {{"Location", std::move(location)}}};
}

http::Response failure(Request& request, int status, std::string_view code,
                       const std::string& sentence, WayBack back) {
    if (request.wants_json()) {
        std::string body;
        json::Writer writer(body);
        writer.begin_object().key("success").truth(false).key("error").begin_object();
        writer.member("code",
                      is_property_api(request.path()) ? in_capitals(code) : std::string(code));
        writer.member("message", sentence).end_object().end_object();
        return json(std::move(body), status);
    }
    const auto content = html::render<templates::error>(
        arg<"status">(status), arg<"title">(title_of(status)), arg<"sentence">(sentence),
        arg<"back">(back.address), arg<"back_label">(back.label));
    return framed(request, {.title = title_of(status), .status = status}, {}, content);
}

std::string address(std::string_view path,
                    std::initializer_list<std::pair<std::string_view, std::string>> query) {
    std::string whole(path);
    char before = '?';
    for (const auto& [name, value] : query) {
        if (value.empty()) continue;
        ((whole += before) += name) += '=';
        whole += http::url_encoded(value);
        before = '&';
    }
    return whole;
}

void secure(http::Response& response) {
    static const std::array<std::pair<std::string, std::string>, 7> usual{{
        {"Content-Security-Policy", policy_of({})},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        // Not no-referrer: browsers then send `Origin: null` with our own forms.
        {"Referrer-Policy", "same-origin"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cache-Control", "no-store"},
    }};
    for (const auto& [name, value] : usual)
        if (!http::header(response.headers, name)) response.headers.emplace_back(name, value);
}

}  // namespace dreams::web
