#include "sim/notify/ntfy.h"

#include <algorithm>
#include <mutex>

#include "base/json.h"
#include "sim/notify/budget.h"
#include "sim/wire/direct.h"
#include "sim/wire/spoil.h"

namespace dreams::sim {
namespace {

constexpr std::size_t most_of_a_message = 4096;  // bytes; more becomes a file
constexpr std::size_t most_actions = 3;

http::Response json_answer(const json::Value& body, int status = 200) {
    return {status, {{"Content-Type", "application/json"}}, json::serialized(body)};
}

http::Response refusal(int status, int code, std::string_view error) {
    return json_answer({{"code", code}, {"http", status}, {"error", error}}, status);
}

Dialect dialect() {
    return {.name = "ntfy",
            .login = "/login",
            .refusal =
                [](int status, std::string_view sentence) {
                    return refusal(status, status * 100 + 1, sentence);
                },
            .page = [](WireFault, http::Response good) { return good; }};
}

bool is_topic(const std::string& name) {
    return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    });
}

}  // namespace

struct NtfyServer::Impl {
    Clock& clock;
    NtfyOptions options;
    Budget budget{options.requests_a_minute, std::chrono::seconds{60}};
    Faults faults;
    Spoiler spoiler{faults, dialect()};
    std::vector<NtfyNote> notes;
    mutable std::mutex mutex;

    std::optional<http::Response> kept_out(const http::Request& request) const;
    http::Response published(const json::Value& asked);
};

std::optional<http::Response> NtfyServer::Impl::kept_out(const http::Request& request) const {
    if (request.method != "POST" || request.path != "/")
        return refusal(404, 40401, "page not found");
    if (options.token.empty()) return std::nullopt;
    const auto given = http::header(request.headers, "Authorization");
    if (!given) return refusal(403, 40301, "forbidden");
    if (*given != "Bearer " + options.token) return refusal(401, 40101, "unauthorized");
    return std::nullopt;
}

http::Response NtfyServer::Impl::published(const json::Value& asked) {
    NtfyNote note{.topic = json::text(asked, "topic").value_or(""),
                  .title = json::text(asked, "title").value_or(""),
                  .text = json::text(asked, "message").value_or("triggered"),
                  .click = json::text(asked, "click").value_or("")};
    const auto* actions = json::array(asked, "actions");
    if (!is_topic(note.topic)) return refusal(400, 40009, "invalid request: topic invalid");
    if (actions && actions->size() > most_actions)
        return refusal(400, 40018, "invalid request: actions invalid; too many actions");
    note.priority = static_cast<int>(json::integer(asked, "priority").value_or(3));
    if (note.priority < 1 || note.priority > 5)
        return refusal(400, 40007, "invalid request: priority parameter is invalid");
    note.as_file = note.text.size() > most_of_a_message;
    notes.push_back(note);
    return json_answer({{"id", "sim" + std::to_string(notes.size())},
                        {"time", clock.now().time_since_epoch().count()},
                        {"event", "message"},
                        {"topic", note.topic},
                        {"title", note.title},
                        {"message", note.text}});
}

NtfyServer::NtfyServer(Clock& clock, NtfyOptions options)
    : impl_(new Impl{.clock = clock, .options = std::move(options)}) {}
NtfyServer::~NtfyServer() = default;

http::Response NtfyServer::answer(const http::Request& request) {
    const std::lock_guard lock(impl_->mutex);
    if (impl_->budget.refused(impl_->clock))
        return refusal(429, 42901, "limit reached: too many requests, please be nice");
    if (auto refused = impl_->kept_out(request)) return *refused;
    try {
        return impl_->spoiler.played("ntfy", impl_->published(json::parse(request.body)));
    } catch (const Error&) {
        return refusal(400, 40024, "invalid request: request body must be valid JSON");
    }
}

http::Network NtfyServer::network() {
    return direct(handler(), impl_->clock);
}
Faults& NtfyServer::faults() {
    return impl_->faults;
}
std::vector<NtfyNote> NtfyServer::notes() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->notes;
}

}  // namespace dreams::sim
