#include "delivery/slack.h"

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"
#include "delivery/mime_words.h"
#include "delivery/push.h"

namespace dreams::delivery {
namespace {

constexpr std::string_view setting = "notify.slack_url";
constexpr std::size_t most_bytes = 500;            // of a subject: it is one line
constexpr std::size_t most_bytes_of_block = 3000;  // link and escapes included

/// What Slack gives a meaning to, in text.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text)
        result += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    return result;
}

/// `<link|text>`; the bar would end a link.
std::string linked(const std::string& link, const std::string& text) {
    if (link.empty()) return text;
    std::string target;
    for (const char c : escaped(link)) target += c == '|' ? "%7C" : std::string(1, c);
    return "<" + target + "|" + text + ">";
}

std::string body(const Message& message) {
    const auto subject = escaped(text::shortened(one_line(message.subject), most_bytes, "…"));
    const auto whole = linked(web_link(message.link), subject);
    std::string out;
    json::Writer json(out);
    json.begin_object().member("text", subject).key("blocks").begin_array();
    json.begin_object().member("type", "section").key("text").begin_object();
    json.member("type", "mrkdwn");
    json.member("text", whole.size() <= most_bytes_of_block ? whole : subject);
    json.end_object().end_object().end_array().end_object();
    return out;
}

/// Slack's own word for a refusal, `no_service`; empty: it said something else.
std::string word_in(const std::string& answer) {
    const auto text = text::trimmed(answer);
    const bool word = text.size() <= 40 && std::ranges::all_of(text, [](char c) {
                          return (c >= 'a' && c <= 'z') || c == '_';
                      });
    return word ? std::string(text) : "";
}

}  // namespace

Channel slack(std::string url, http::Network network, const Clock& clock) {
    require_safe(url, setting);
    return {"Slack",
            [url = std::move(url), network = std::move(network), &clock](const Message& message) {
                http::Ask ask{.method = "POST", .url = url, .body = body(message)};
                ask.headers.emplace_back("Content-Type", "application/json");
                const auto site = http::host_of(url);
                const auto answer = network(ask);
                const auto word = word_in(answer.body);
                require_taken(answer, site, setting, word, clock.now());
                if (word != "ok")
                    throw Error(Fault::unavailable, site + " gave an answer that is not Slack's");
            }};
}

}  // namespace dreams::delivery
