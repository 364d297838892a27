#include "delivery/ntfy.h"

#include <algorithm>

#include "base/json.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "base/url.h"
#include "delivery/mime_words.h"
#include "delivery/push.h"

namespace dreams::delivery {
namespace {

constexpr std::string_view setting = "notify.ntfy_url";
/// Of a message; what is longer would arrive as a file.
constexpr std::size_t most_bytes = 4096;
constexpr std::size_t random_enough = 16;  // characters

struct Topic {
    std::string server;  ///< `https://ntfy.sh/`
    std::string name;
};

Topic topic_of(const std::string& url) {
    require_safe(url, setting);
    const auto place = http::url_from(url);
    const auto slash = place->path.rfind('/');
    Topic topic{.server = place->scheme + "://" + place->site() + place->path.substr(0, slash + 1),
                .name = place->path.substr(slash + 1)};
    const bool known = std::ranges::all_of(topic.name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_';
    });
    if (topic.name.empty() || topic.name.size() > 64 || !known)
        throw Error(
            Fault::invalid,
            std::string(setting) + " must end with a topic: up to 64 letters, digits, - and _");
    return topic;
}

std::string body(const Topic& topic, const Message& message) {
    const auto link = web_link(message.link);
    std::string out;
    json::Writer json(out);
    json.begin_object().member("topic", topic.name).member("title", "DREAMS");
    json.member("message", text::shortened(one_line(message.subject), most_bytes,
                                           link.empty() ? "…" : "… read on at " + link));
    if (!link.empty()) json.member("click", link);
    json.end_object();
    return out;
}

/// Whether it is what ntfy answers: a page of some other server in between is a 200 too.
bool is_receipt(const std::string& text) {
    try {
        const auto receipt = json::parse(text);
        return receipt.is_object() && receipt.as_object().contains("id");
    } catch (const Error&) {  // no JSON: no receipt
        return false;
    }
}

}  // namespace

Channel ntfy(NtfySettings settings, http::Network network, const Clock& clock) {
    return {"ntfy", [topic = topic_of(settings.url), token = std::move(settings.token),
                     network = std::move(network), &clock](const Message& message) {
                http::Ask ask{.method = "POST", .url = topic.server, .body = body(topic, message)};
                ask.headers.emplace_back("Content-Type", "application/json");
                if (!token.empty()) ask.headers.emplace_back("Authorization", "Bearer " + token);
                const auto site = http::host_of(topic.server);
                const auto answer = network(ask);
                require_taken(answer, site, setting, "", clock.now());
                if (!is_receipt(answer.body))
                    throw Error(Fault::unavailable, site + " gave an answer that is not ntfy's");
            }};
}

bool is_guessable(const NtfySettings& settings) {
    const auto place = http::url_from(settings.url);
    return place && place->host == "ntfy.sh" && settings.token.empty() &&
           place->path.size() - 1 < random_enough;
}

}  // namespace dreams::delivery
