#include "delivery/brief.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "delivery/wording.h"
#include "templates/brief.h"
#include "templates/brief_home.h"
#include "templates/brief_person.h"
#include "templates/brief_worry.h"
#include "templates/mail.h"

namespace dreams::delivery {
namespace {

using html::arg;
using Text = std::optional<std::string>;

/// `Referral · Lead`, of what there is.
std::string joined(std::initializer_list<Text> parts) {
    std::string all;
    for (const auto& part : parts)
        if (part && !part->empty()) all += (all.empty() ? "" : " · ") + *part;
    return all;
}

/// `and 12 more`; empty: all are listed.
std::string more(std::int64_t total, std::int64_t listed) {
    return total > listed ? "and " + text::grouped(total - listed) + " more" : "";
}

/// A person on a line, whatever the list.
struct Line {
    const LeadId& lead;
    const std::string& name;
    Text phone;
    std::string facts;
    Text reason;
};

Line line_of(const BriefCall& call) {
    return {call.lead, call.name, call.phone,
            joined({call.stage, "priority " + std::to_string(call.priority)}), call.reason};
}
/// What to do where no call reaches somebody.
Text way_to(const WaitingPerson& person) {
    if (person.phone) return std::nullopt;
    return person.email ? "write to " + *person.email : "no number that works, and no e-mail";
}
Line line_of(const WaitingPerson& person, Instant now) {
    return {person.lead, person.name, person.phone, joined({person.stage, way_to(person)}),
            "Came to you " + ago(person.since, now) + " and has had no answer."};
}
Line line_of(const NewPerson& person, Instant now) {
    return {person.lead,
            person.name,
            person.phone,
            joined({person.stage, source_text(person.source), ago(person.came_at, now)}),
            {}};
}

void append(html::Safe& items, const Line& line, const Reading& reading) {
    html::append<templates::brief_person>(
        items, arg<"name">(line.name), arg<"href">(reading.at("/people/" + line.lead.text)),
        arg<"facts">(line.facts), arg<"reason">(line.reason), arg<"phone">(shown_phone(line.phone)),
        arg<"tel">(dialled(line.phone)));
}

void append(std::string& text, const Line& line) {
    text += "- " + line.name;
    if (const auto phone = shown_phone(line.phone)) text += ", " + *phone;
    if (!line.facts.empty()) text += " (" + line.facts + ")";
    text += "\n";
    if (line.reason) text += "  " + *line.reason + "\n";
}

std::string facts_of(const HotHome& home) {
    return joined(
        {home.price ? Text(money(*home.price)) : Text(), home.status, home.city,
         home.mls && home.address != "MLS " + *home.mls ? Text("MLS " + *home.mls) : Text(),
         counted(home.people, "person", "people") + " this week"});
}

std::string facts_of(const Suggestion& match) {
    return joined(
        {match.price ? Text(money(*match.price)) : Text(), "match " + fit_text(match.score)});
}

/// A home of the page, with those whom it is about.
void append(html::Safe& items, const std::string& name, const std::string& href,
            const std::string& facts, const std::vector<Client>& clients, const Reading& reading) {
    html::append<templates::brief_home>(items, arg<"name">(name), arg<"href">(href),
                                        arg<"facts">(facts),
                                        arg<"clients">(client_items(clients, reading)));
}

std::string page_of(const PropertyId& home, const Reading& reading) {
    return reading.at("/properties/" + home.text);
}

/// Its page, else its listing: what was read from the site may say anything, so only of the web.
std::string page_of(const HotHome& home, const Reading& reading) {
    if (home.home) return page_of(*home.home, reading);
    const auto url = home.url.value_or("");
    return url.starts_with("https://") || url.starts_with("http://") ? url : "";
}

html::Safe hot_items(const Brief& brief, const Reading& reading) {
    html::Safe items;
    for (const auto& home : brief.hot)
        append(items, home.address, page_of(home, reading), facts_of(home), home.clients, reading);
    return items;
}

html::Safe suggestion_items(const Brief& brief, const Reading& reading) {
    html::Safe items;
    for (const auto& match : brief.suggestions)
        append(items, match.address, page_of(match.home, reading), facts_of(match),
               {{match.lead, match.name}}, reading);
    return items;
}

/// `since the last page, January 18, 6:30 am`.
std::string since_text(const Brief& brief, const Reading& reading) {
    const auto since = brief.last_sent_at.value_or(brief.people_since);
    return (brief.last_sent_at ? "since the last page, " : "since ") +
           moment_text(since, reading.zone, reading.today());
}

/// A heading of the text, and what stands when there is nothing under it.
void begin(std::string& text, std::string_view heading, bool empty, std::string_view nothing) {
    text += "\n" + std::string(heading) + "\n" + std::string(heading.size(), '-') + "\n";
    if (empty) text += std::string(nothing) + "\n";
}

void end(std::string& text, const std::string& more) {
    if (!more.empty()) text += more + "\n";
}

}  // namespace

std::string brief_summary(const Brief& brief) {
    auto line = counted(std::ssize(brief.calls), "person", "people") + " to call, " +
                counted(std::ssize(brief.news), "home", "homes") + " changed";
    if (brief.waiting_count > 0) line += ", " + text::grouped(brief.waiting_count) + " waiting";
    if (brief.newcomer_count > 0) line += ", " + text::grouped(brief.newcomer_count) + " new";
    return line;
}

html::Safe brief_content(const Brief& brief, const Reading& reading) {
    html::Safe worries, calls, waiting, newcomers;
    for (const auto& worry : brief.worries)
        html::append<templates::brief_worry>(worries, arg<"sentence">(worry));
    for (const auto& call : brief.calls) append(calls, line_of(call), reading);
    for (const auto& person : brief.waiting) append(waiting, line_of(person, reading.now), reading);
    for (const auto& person : brief.newcomers)
        append(newcomers, line_of(person, reading.now), reading);
    return html::render<templates::brief>(
        arg<"day">(day_text(brief.day, reading.today())), arg<"summary">(brief_summary(brief)),
        arg<"worries">(worries), arg<"calls">(calls), arg<"waiting">(waiting),
        arg<"more_waiting">(more(brief.waiting_count, std::ssize(brief.waiting))),
        arg<"news">(news_items(brief.news, reading)), arg<"since">(since_text(brief, reading)),
        arg<"hot">(hot_items(brief, reading)), arg<"newcomers">(newcomers),
        arg<"more_newcomers">(more(brief.newcomer_count, std::ssize(brief.newcomers))),
        arg<"suggestions">(suggestion_items(brief, reading)),
        arg<"more_suggestions">(more(brief.suggestion_count, std::ssize(brief.suggestions))));
}

std::string brief_text(const Brief& brief, const Reading& reading) {
    std::string text = day_text(brief.day, reading.today()) + ": " + brief_summary(brief) + "\n";
    if (!brief.worries.empty()) begin(text, "Needs a look", false, "");
    for (const auto& worry : brief.worries) text += "- " + worry + "\n";
    begin(text, "Call today", brief.calls.empty(), "Nobody is to be called today.");
    for (const auto& call : brief.calls) append(text, line_of(call));
    begin(text, "Waiting for an answer", brief.waiting.empty(), "Nobody waits for you.");
    for (const auto& person : brief.waiting) append(text, line_of(person, reading.now));
    end(text, more(brief.waiting_count, std::ssize(brief.waiting)));
    begin(text, "What changed", brief.news.empty(),
          "No watched home changed " + since_text(brief, reading) + ".");
    text += news_lines(brief.news, reading);
    begin(text, "Hot homes", brief.hot.empty(), "No home was looked at by two people this week.");
    for (const auto& home : brief.hot) text += "- " + home.address + " (" + facts_of(home) + ")\n";
    begin(text, "New people", brief.newcomers.empty(), "Nobody came since yesterday.");
    for (const auto& person : brief.newcomers) append(text, line_of(person, reading.now));
    end(text, more(brief.newcomer_count, std::ssize(brief.newcomers)));
    begin(text, "New suggestions", brief.suggestions.empty(), "No home was suggested to anybody.");
    for (const auto& match : brief.suggestions)
        text += "- " + match.address + " for " + match.name + " (" + facts_of(match) + ")\n";
    end(text, more(brief.suggestion_count, std::ssize(brief.suggestions)));
    if (const auto link = reading.at("/brief"); !link.empty()) text += "\n" + link + "\n";
    return text;
}

Message brief_message(const Brief& brief, const Reading& reading) {
    Message message{.subject = day_text(brief.day, reading.today()) + ": " + brief_summary(brief),
                    .text = brief_text(brief, reading),
                    .link = reading.at("/brief")};
    message.html = html::render<templates::mail>(arg<"title">(message.subject),
                                                 arg<"content">(brief_content(brief, reading)))
                       .str();
    return message;
}

}  // namespace dreams::delivery
