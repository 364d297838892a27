#include "web/matches.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "store/match_lists.h"
#include "store/matches.h"
#include "templates/kept.h"
#include "templates/matches.h"
#include "templates/matches_empty.h"
#include "templates/option.h"
#include "web/listing.h"
#include "web/match_view.h"
#include "web/multipart.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

constexpr std::string_view any = "any";
constexpr std::int64_t usual_size = 20;

struct Asked {
    store::MatchFilter filter;
    std::string status;  ///< as asked: a status, or `any`
};

Asked asked_of(const Request& request) {
    Asked asked;
    asked.status = request.text("status");
    if (asked.status.empty()) asked.status = word(MatchStatus::suggested);
    if (asked.status != any)
        asked.filter.status = request.word_of("status", MatchStatus::suggested);
    asked.filter.agent = request.text("agent");
    asked.filter.page = request.number("page", {.fallback = 1, .least = 1, .most = 1'000'000});
    asked.filter.page_size =
        request.number("page_size", {.fallback = usual_size, .least = 1, .most = 200});
    return asked;
}

MatchesPart part_of(const Asked& asked) {
    const auto page = asked.filter.page;
    return {.status = asked.status,
            .agent = asked.filter.agent,
            .page = page > 1 ? std::to_string(page) : ""};
}

std::string matches_address(const Asked& asked, std::int64_t page) {
    const bool usual = asked.status == word(MatchStatus::suggested);
    const auto size = asked.filter.page_size;
    return address("/matches", {{"status", usual ? "" : asked.status},
                                {"agent", asked.filter.agent},
                                {"page", page > 1 ? std::to_string(page) : ""},
                                {"page_size", size != usual_size ? std::to_string(size) : ""}});
}

void append_option(html::Safe& options, std::string_view value, std::string_view label,
                   bool chosen) {
    html::append<templates::option>(options, arg<"value">(value), arg<"label">(label),
                                    arg<"chosen">(chosen));
}

html::Safe status_options(const Asked& asked) {
    html::Safe options;
    for (const auto& [value, label] :
         {std::pair<std::string_view, std::string_view>{"suggested", "New ones"},
          {"sent", "Sent"},
          {"accepted", "They like it"},
          {"rejected", "Not for them"},
          {any, "All"}})
        append_option(options, value, label, asked.status == value);
    return options;
}

html::Safe agent_options(const Asked& asked, const std::vector<std::string>& agents) {
    html::Safe options;
    const auto& chosen = asked.filter.agent;
    append_option(options, "", "All agents", chosen.empty());
    for (const auto& agent : agents) append_option(options, agent, agent, agent == chosen);
    if (!chosen.empty() && std::ranges::find(agents, chosen) == agents.end())
        append_option(options, chosen, chosen, true);  // so that the form says what it filters by
    return options;
}

html::Safe empty_of(Request& request, bool filtered) {
    Db& db = request.db();
    const bool ever = db.one<int>("SELECT 1 FROM dreams_match_buyers LIMIT 1").has_value();
    const bool homes =
        db.one<int>(
              "SELECT 1 FROM properties WHERE lower(status) IN ('active', 'coming soon') "
              "LIMIT 1")
            .has_value();
    return html::render<templates::matches_empty>(arg<"filtered">(filtered), arg<"ever">(ever),
                                                  arg<"homes">(homes));
}

/// What was just decided, which another status in the list may have put out of sight; empty:
/// nothing was.
html::Safe kept_of(Request& request, const Asked& asked) {
    const MatchId id{request.text("kept")};
    if (id.empty()) return {};
    const auto found = store::match_lines(request.db(), {.match = id}).lines;
    if (found.empty()) return {};
    const auto& line = found.front();
    const auto status = line.match.decision.status.value_or(MatchStatus::suggested);
    if (status == MatchStatus::suggested) return {};
    const std::string_view what = status == MatchStatus::sent       ? "Marked as sent"
                                  : status == MatchStatus::accepted ? "They like it"
                                                                    : "Not for them";
    const auto part = part_of(asked);
    return html::render<templates::kept>(
        arg<"what">(what), arg<"name">(line.address.value_or("a home") + " for " + line.name),
        arg<"undo">(
            address("/matches/" + http::url_encoded(id.text) + "/status", {{"to", "suggested"},
                                                                           {"from", "list"},
                                                                           {"status", part.status},
                                                                           {"agent", part.agent},
                                                                           {"page", part.page}})));
}

http::Response as_page(Request& request, const Asked& asked, const store::MatchLines& found) {
    const bool filtered =
        asked.status != word(MatchStatus::suggested) || !asked.filter.agent.empty();
    const auto& filter = asked.filter;
    const auto content = html::render<templates::matches>(
        arg<"total">(counted(found.total, "match", "matches")),
        arg<"statuses">(status_options(asked)),
        arg<"agents">(agent_options(asked, store::match_agents(request.db()))),
        arg<"kept">(kept_of(request, asked)),
        arg<"buyers">(buyers_with_matches(found.lines, request.now(), part_of(asked))),
        arg<"empty">(found.lines.empty() ? empty_of(request, filtered) : html::Safe()),
        arg<"paging">(paging(
            {filter.page, filter.page_size, std::ssize(found.lines), found.total, found.pages},
            [&](std::int64_t page) { return matches_address(asked, page); })),
        arg<"filtered">(filtered));
    return page(request, Tab::matches, "Matches", content);
}

http::Response as_json(Request& request, const Asked& asked, const store::MatchLines& found) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("count", std::ssize(found.lines));
    writer.member("total", found.total).member("page", asked.filter.page);
    writer.member("pages", found.pages).member("matches", found.lines);
    writer.member("agents", store::match_agents(request.db())).end_object();
    return json(std::move(body));
}

/// The page that a form stood on, at the part with its match.
http::Response back(Request& request, const Match& match) {
    switch (request.word_of("from", MatchPage::list)) {
        case MatchPage::person:
            return see_other("/people/" + http::url_encoded(match.lead.text) + "#fits");
        case MatchPage::home:
            return see_other("/properties/" + http::url_encoded(match.property.text) + "#buyers");
        case MatchPage::list:
            break;
    }
    auto asked = asked_of(request);
    auto first = asked.filter;
    first.page = 1;
    const auto last = store::match_lines(request.db(), first).pages;  // what is decided leaves it
    const auto to = matches_address(asked, std::min(asked.filter.page, last));
    const auto kept = "kept=" + http::url_encoded(match.id.text);
    return see_other(to + (to.find('?') == std::string::npos ? "?" : "&") + kept);
}

}  // namespace

http::Response get_matches(Request& request) {
    const auto asked = asked_of(request);
    const auto found = store::match_lines(request.db(), asked.filter);
    return request.wants_json() ? as_json(request, asked, found) : as_page(request, asked, found);
}

http::Response post_match_status(Request& request) {
    const MatchId id{request.segment()};
    const auto to = request.word_if<MatchStatus>("to");
    if (!to) throw Error(Fault::invalid, "'to' has to say what became of it");
    auto turn = request.site().writing.take();
    auto transaction = turn.db().begin();
    store::decide_match(turn.db(), id, *to, request.now());
    const auto match = store::match(turn.db(), id);
    transaction.commit();
    return back(request, match);
}

http::Response post_match_notes(Request& request) {
    const MatchId id{request.segment()};
    const auto form = form_parts(request);
    auto turn = request.site().writing.take();
    auto transaction = turn.db().begin();
    store::note_match(turn.db(), id, value_of(form, "notes"), value_of(form, "feedback"));
    const auto match = store::match(turn.db(), id);
    transaction.commit();
    return back(request, match);
}

}  // namespace dreams::web
