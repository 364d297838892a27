#include "score/reason.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "score/words.h"

namespace dreams::score {

namespace {

using Says = std::string (*)(const Grounds&);

/// One thing that could be said, and what it weighs in points of heat energy.
struct Clause {
    double weight = 0;
    Says says = nullptr;
};

double left(const Grounds& g, Act act) {
    return g.tally.acts[act].energy();
}
std::string last(const Grounds& g, Act act) {
    return ago(g.tally.acts[act].last, g.tally.as_of);
}

double browsing_left(const Grounds& g) {
    return left(g, Act::property_view) + left(g, Act::website_visit) + left(g, Act::page_view) +
           left(g, Act::search);
}

std::string homes_around(const Grounds& g) {
    const Homes& homes = g.tally.homes;
    if (homes.priced < 3) return "";  // too few to speak of a range
    return " homes around " + about(homes.median_price);
}

std::string browsing(const Grounds& g) {
    const std::string what = g.judged.intent.repeat_views ? "" : homes_around(g);
    const Instant seen =
        std::max({g.tally.acts[Act::property_view].last, g.tally.acts[Act::website_visit].last,
                  g.tally.acts[Act::page_view].last, g.tally.acts[Act::search].last});
    const std::string when = ago(seen, g.tally.as_of);
    if (g.judged.intent.activity_burst && g.tally.own_acts_usually == 0)
        return "browsing" + what + " a lot these days";
    if (g.judged.intent.activity_burst)
        return "browsing" + what + " much more than usual these days";
    if (g.judged.scores.trend == Trend::warming)
        return "browsing" + what + " more and more this week";
    if (g.judged.scores.trend == Trend::cooling)
        return "browsing" + what + " less than before, last seen " + when;
    if (g.tally.as_of - seen < std::chrono::days{3}) return "browsing" + what + " these days";
    return "browsing" + what + ", last seen " + when;
}

std::string returning(const Grounds& g) {
    const std::int64_t price = g.tally.homes.returning_price;
    return "keeps returning to one home" + (price > 0 ? " around " + about(price) : "");
}

std::string waiting(const Grounds& g) {
    const ActTally& asked = g.tally.acts[Act::inquiry];
    const ActTally& rang = g.tally.acts[Act::call_missed_in];
    const std::string when = ago(*g.waiting, g.tally.as_of);
    if (asked.count > 0 && asked.last == *g.waiting)
        return "asked " + when + " and has had no answer";
    if (rang.count > 0 && rang.last == *g.waiting)
        return "tried to call us " + when + " and reached nobody";
    return (g.dealings.last_was_reply ? "replied " : "wrote ") + when + " and has had no answer";
}

std::string wrote(const Grounds& g, Act act, const char* by) {
    const bool is_last = g.dealings.last_act_from_person == act;
    return (is_last && g.dealings.last_was_reply ? "replied by " : "wrote by ") + std::string(by) +
           " " + last(g, act);
}

std::string favorites(const Grounds& g) {
    return g.judged.intent.high_favorites ? "is gathering favorites"
                                          : "saved a favorite " + last(g, Act::property_favorite);
}

std::string unanswered(const Grounds& g) {
    return "has not answered the last " + std::to_string(g.dealings.unanswered) + " attempts";
}

/// Whether the wait for an answer is young enough to be what the call is about.
bool is_waiting(const Grounds& g) {
    return g.waiting && g.tally.as_of - *g.waiting < std::chrono::days{14};
}

/// Everything that could be said of this person, in no order.
std::array<Clause, 13> clauses(const Grounds& g) {
    const double views = left(g, Act::property_view);
    const auto act = [&](Act which, Says says) { return Clause{left(g, which), says}; };
    // Who wrote and waits is spoken of first, and not a second time for having written.
    const auto message = [&](Act which, Says says) {
        const bool said = is_waiting(g) && g.tally.acts[which].last == *g.waiting;
        return Clause{said ? 0 : left(g, which), says};
    };
    return {{
        {is_waiting(g) ? 1e6 : 0, waiting},
        {browsing_left(g), browsing},
        {g.judged.intent.repeat_views ? std::max(views, 1.0) : 0, returning},
        act(Act::property_favorite, favorites),
        act(Act::property_share,
            [](const Grounds&) -> std::string { return "shared a home with somebody"; }),
        act(Act::saved_search, [](const Grounds&) -> std::string { return "has a search saved"; }),
        act(Act::registration,
            [](const Grounds& h) { return "registered " + last(h, Act::registration); }),
        message(Act::inquiry,
                [](const Grounds& h) { return "asked about a home " + last(h, Act::inquiry); }),
        act(Act::open_house,
            [](const Grounds& h) { return "came to an open house " + last(h, Act::open_house); }),
        act(Act::call_in, [](const Grounds& h) { return "called us " + last(h, Act::call_in); }),
        message(
            Act::call_missed_in,
            [](const Grounds& h) { return "tried to call us " + last(h, Act::call_missed_in); }),
        message(Act::text_in, [](const Grounds& h) { return wrote(h, Act::text_in, "text"); }),
        message(Act::email_in, [](const Grounds& h) { return wrote(h, Act::email_in, "mail"); }),
    }};
}

std::string sentence(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text + ".";
}

/// Nothing of theirs weighs anything any more, or ever did.
std::string quiet(const Grounds& g) {
    const auto& acts = g.tally.acts.each;
    Instant last{};
    bool seen = false;
    for (std::size_t i = 0; i < acts.size(); ++i) {
        const Act act = static_cast<Act>(i);
        const bool theirs = act <= Act::open_house || is_from_person(act);
        if (!theirs || acts[i].count == 0) continue;
        last = std::max(last, acts[i].last);
        seen = true;
    }
    if (g.dealings.unanswered >= 3 && !seen) return "never heard from: " + unanswered(g);
    if (!seen && g.is_new) return "new this week and nothing seen yet: a first hello";
    if (!seen) return "nothing seen or heard yet: a first hello would tell";
    return "quiet, last seen " + ago(last, g.tally.as_of) +
           (g.tally.homes.priced >= 3 ? "; then looking at" + homes_around(g) : "");
}

}  // namespace

std::string reason(const Grounds& g) {
    if (g.stage.factor == 0) return "Not to be called: set aside by the stage.";
    constexpr double least = 0.25;  // energy: a page opened today; less is not worth a word
    constexpr std::size_t most = 3;
    auto all = clauses(g);
    std::stable_sort(all.begin(), all.end(),
                     [](const Clause& a, const Clause& b) { return a.weight > b.weight; });
    std::string text;
    for (std::size_t i = 0; i < most && all[i].weight >= least; ++i) {
        if (!text.empty()) text += ", ";
        text += all[i].says(g);
    }
    if (text.empty()) return sentence(quiet(g));
    if (g.dealings.unanswered >= 3) text += "; " + unanswered(g);
    return sentence(text);
}

}  // namespace dreams::score
