#include "sim/notify/slack.h"

#include <mutex>

#include "base/json.h"
#include "sim/notify/budget.h"
#include "sim/wire/direct.h"
#include "sim/wire/spoil.h"

namespace dreams::sim {
namespace {

constexpr std::size_t most_of_a_block = 3000;

http::Response word(int status, std::string_view text) {
    return {status, {{"Content-Type", "text/html"}}, std::string(text)};
}

Dialect dialect() {
    return {.name = "Slack",
            .login = "/signin",
            .refusal = [](int status, std::string_view) { return word(status, "rollup_error"); },
            .page = [](WireFault, http::Response good) { return good; }};
}

}  // namespace

struct SlackRoom::Impl {
    Clock& clock;
    Budget budget{1, std::chrono::seconds{1}};
    Faults faults;
    Spoiler spoiler{faults, dialect()};
    bool archived = false;
    std::vector<SlackPost> posts;
    mutable std::mutex mutex;

    http::Response posted(const json::Value& asked);
};

http::Response SlackRoom::Impl::posted(const json::Value& asked) {
    SlackPost post{.text = json::text(asked, "text").value_or("")};
    if (!asked.is_object()) return word(400, "invalid_payload");
    if (const auto* blocks = json::array(asked, "blocks"); blocks && !blocks->empty()) {
        const auto* text = json::member(blocks->front(), "text");
        post.markdown = text ? json::text(*text, "text").value_or("") : "";
        const bool section = json::text(blocks->front(), "type") == "section" && text &&
                             json::text(*text, "type") == "mrkdwn";
        if (!section || post.markdown.empty() || post.markdown.size() > most_of_a_block)
            return word(400, "invalid_blocks");
    }
    if (post.text.empty() && post.markdown.empty()) return word(400, "no_text");
    posts.push_back(std::move(post));
    return word(200, "ok");
}

SlackRoom::SlackRoom(Clock& clock) : impl_(new Impl{.clock = clock}) {}
SlackRoom::~SlackRoom() = default;

http::Response SlackRoom::answer(const http::Request& request) {
    const std::lock_guard lock(impl_->mutex);
    if (const auto wait = impl_->budget.refused(impl_->clock)) {
        auto refused = word(429, "rate_limited");
        refused.headers.emplace_back("Retry-After", std::to_string(wait->count()));
        return refused;
    }
    if (request.method != "POST" || request.path != path) return word(404, "no_service");
    if (impl_->archived) return word(410, "channel_is_archived");
    try {
        return impl_->spoiler.played("slack", impl_->posted(json::parse(request.body)));
    } catch (const Error&) {
        return word(400, "invalid_payload");
    }
}

void SlackRoom::archive() {
    const std::lock_guard lock(impl_->mutex);
    impl_->archived = true;
}
http::Network SlackRoom::network() {
    return direct(handler(), impl_->clock);
}
Faults& SlackRoom::faults() {
    return impl_->faults;
}
std::vector<SlackPost> SlackRoom::posts() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->posts;
}

}  // namespace dreams::sim
