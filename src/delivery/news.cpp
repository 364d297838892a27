#include "delivery/news.h"

#include <fmt/format.h>

#include <cmath>

#include "base/text.h"
#include "delivery/wording.h"
#include "templates/mail.h"
#include "templates/mail_news.h"
#include "templates/news_client.h"
#include "templates/news_home.h"
#include "templates/news_move.h"

namespace dreams::delivery {
namespace {

using html::arg;

constexpr std::size_t homes_in_a_message = 50;

std::string signed_money(std::int64_t dollars) {
    return (dollars < 0 ? "−" : "+") + money(std::abs(dollars));
}

std::string percent(std::int64_t amount, std::int64_t from) {
    const double share = 100.0 * static_cast<double>(amount) / static_cast<double>(from);
    return fmt::format("{}{:.1f}%", share < 0 ? "−" : "+", std::abs(share));
}

/// A price as we write it; an older program's `$450,000` stays.
std::string price_text(const std::string& value) {
    const auto dollars = text::integer(value);
    return dollars ? money(*dollars) : value;
}

std::string price_move(const HomeMove& move) {
    auto text = "price " + price_text(move.from) + " → " + price_text(move.to);
    if (!move.amount) return text;
    text += " (" + signed_money(*move.amount);
    if (const auto from = text::integer(move.from); from && *from != 0)
        text += ", " + percent(*move.amount, *from);
    text += ")";
    return move.doubtful ? text + "; it looks like a typo" : text;
}

std::string back_again(const HomeMove& move) {
    const bool after_sale = move.from == "sold";
    std::string text = after_sale ? "back on the market after a sale"
                                  : "relisted: MLS " + move.from + " → " + move.to;
    if (move.amount && *move.amount != 0) text += ", price " + signed_money(*move.amount);
    return text;
}

/// Who saw it, as people call it.
std::string source_text(const std::string& source) {
    if (source == "idx") return "your listing site";
    if (source == "reso") return "your MLS's feed";
    return label_of(source);
}

std::string name_of(const HomeNews& news) {
    const bool says_city = !news.city || news.address.find(*news.city) != std::string::npos;
    return says_city ? news.address : news.address + ", " + *news.city;
}

/// What the mail's subject says of the only home: its first move.
std::string subject_of(const std::vector<HomeNews>& news) {
    if (news.size() == 1) return news[0].address + ": " + move_text(news[0].moves.front());
    std::int64_t down = 0, up = 0;
    for (const auto& home : news)
        for (const auto& move : home.moves)
            if (move.type == "price" && move.amount) ++(*move.amount < 0 ? down : up);
    auto text = counted(std::ssize(news), "home", "homes") + " changed";
    if (down > 0) text += ", " + counted(down, "price", "prices") + " down";
    if (up > 0) text += ", " + counted(up, "price", "prices") + " up";
    return text;
}

html::Safe moves_of(const HomeNews& news) {
    html::Safe moves;
    for (const auto& move : news.moves)
        html::append<templates::news_move>(moves, arg<"kind">(kind_of(move)),
                                           arg<"text">(move_text(move)));
    return moves;
}

/// How many people there are beyond those that are named.
std::int64_t unnamed(const HomeNews& news) {
    return news.client_count - std::ssize(news.clients);
}

}  // namespace

std::string Reading::at(const std::string& path) const {
    return links ? dashboard + path : "";
}

std::string move_text(const HomeMove& move) {
    if (move.type == "price") return price_move(move);
    if (move.type == "relisted") return back_again(move);
    if (move.type == "site")
        return move.to == "gone" ? "no longer on your listing site: check the MLS"
                                 : "on your listing site again";
    return move.type + " " + move.from + " → " + move.to;
}

std::string_view kind_of(const HomeMove& move) {
    if (move.doubtful) return "doubtful";
    if (move.type == "price") return move.amount.value_or(0) < 0 ? "down" : "up";
    if (move.type == "relisted") return "back";
    if (move.type == "site") return move.to == "gone" ? "gone" : "back";
    return move.to == "active" ? "back" : "status";
}

std::string seen_text(const HomeNews& news, const Reading& reading) {
    std::string by;
    for (const auto& source : news.told_by) by += (by.empty() ? "" : ", ") + source_text(source);
    return "seen " + (by.empty() ? "" : "by " + by + ", ") +
           moment_text(news.last_at, reading.zone, reading.today());
}

std::string clients_text(const HomeNews& news) {
    std::vector<std::string> names;
    if (news.added_for) names.push_back(*news.added_for);
    for (const auto& client : news.clients)
        if (client.name != news.added_for) names.push_back(client.name);
    if (unnamed(news) > 0) names.push_back(text::grouped(unnamed(news)) + " more");
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "for " : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

html::Safe client_items(const std::vector<Client>& clients, const Reading& reading) {
    html::Safe items;
    for (const auto& [lead, name] : clients)
        html::append<templates::news_client>(items, arg<"name">(name),
                                             arg<"href">(reading.at("/people/" + lead.text)));
    return items;
}

html::Safe news_items(const std::vector<HomeNews>& news, const Reading& reading) {
    html::Safe items;
    for (const auto& home : news) {
        const auto more = unnamed(home);
        html::append<templates::news_home>(
            items, arg<"name">(name_of(home)),
            arg<"href">(home.home ? reading.at("/properties/" + home.home->text) : ""),
            arg<"moves">(moves_of(home)), arg<"seen">(seen_text(home, reading)),
            arg<"listing">(home.url.value_or("")), arg<"added_for">(home.added_for),
            arg<"clients">(client_items(home.clients, reading)),
            arg<"more">(more > 0 ? std::optional(more) : std::nullopt));
    }
    return items;
}

std::string news_lines(const std::vector<HomeNews>& news, const Reading& reading) {
    std::string lines;
    for (const auto& home : news) {
        lines += name_of(home) + "\n";
        for (const auto& move : home.moves) lines += "  " + move_text(move) + "\n";
        if (const auto who = clients_text(home); !who.empty()) lines += "  " + who + "\n";
        lines += "  " + seen_text(home, reading) + (home.url ? ", " + *home.url : "") + "\n";
    }
    return lines;
}

Message news_message(const std::vector<HomeNews>& news, const Reading& reading) {
    const auto shown = std::min(news.size(), homes_in_a_message);
    const std::vector<HomeNews> first(news.begin(), news.begin() + static_cast<long>(shown));
    const auto more = news.size() > shown
                          ? "and " + text::grouped(std::ssize(news) - std::ssize(first)) +
                                " more, on the dashboard"
                          : "";
    Message message{.subject = subject_of(news), .link = reading.at("/brief")};
    message.text = news_lines(first, reading) + (more.empty() ? "" : more + "\n") +
                   (message.link.empty() ? "" : "\n" + message.link + "\n");
    const auto content = html::render<templates::mail_news>(
        arg<"subject">(message.subject), arg<"items">(news_items(first, reading)),
        arg<"more">(more), arg<"link">(message.link));
    message.html =
        html::render<templates::mail>(arg<"title">(message.subject), arg<"content">(content)).str();
    return message;
}

}  // namespace dreams::delivery
