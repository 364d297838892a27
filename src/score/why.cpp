#include "score/why.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "score/heat.h"
#include "score/value.h"
#include "score/words.h"

namespace dreams::score {

namespace {

struct Names {
    std::string_view one, many;
};

Names words_of(Act act) {
    switch (act) {
        case Act::website_visit:
            return {"website visit", "website visits"};
        case Act::property_view:
            return {"home viewed", "homes viewed"};
        case Act::property_favorite:
            return {"favorite saved", "favorites saved"};
        case Act::property_share:
            return {"home shared", "homes shared"};
        case Act::page_view:
            return {"page viewed", "pages viewed"};
        case Act::search:
            return {"search", "searches"};
        case Act::saved_search:
            return {"search saved", "searches saved"};
        case Act::registration:
            return {"registration", "registrations"};
        case Act::inquiry:
            return {"inquiry", "inquiries"};
        case Act::open_house:
            return {"open house visited", "open houses visited"};
        case Act::call_in:
            return {"call from them", "calls from them"};
        case Act::call_missed_in:
            return {"ring of theirs unanswered", "rings of theirs unanswered"};
        case Act::text_in:
            return {"text from them", "texts from them"};
        case Act::email_in:
            return {"mail from them", "mails from them"};
        default:
            return {"act", "acts"};
    }
}

/// Where the traces stand for which `weight` is above 0, the heaviest first, then the newest.
std::vector<std::uint32_t> heaviest(const History& history, Instant as_of,
                                    const std::function<Quanta(const Trace&)>& weight) {
    std::vector<std::pair<Quanta, std::uint32_t>> found;
    for (std::uint32_t i = 0; i < history.traces.size(); ++i) {
        const Trace& trace = history.traces[i];
        if (trace.at > as_of) continue;
        if (const Quanta each = weight(trace); each > 0) found.emplace_back(each, i);
    }
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
        const Instant at_a = history.traces[a.second].at, at_b = history.traces[b.second].at;
        return std::tuple(-a.first, -at_a.time_since_epoch().count(), a.second) <
               std::tuple(-b.first, -at_b.time_since_epoch().count(), b.second);
    });
    std::vector<std::uint32_t> places;
    for (const auto& [each, place] : found) places.push_back(place);
    return places;
}

class Teller {
public:
    Teller(const History& history, const Tally& tally, const Dealings& dealings,
           const Policy& policy)
        : history_(history), tally_(tally), dealings_(dealings), policy_(policy) {}

    void tell_heat(Contribution& part) const {
        for (std::size_t i = 0; i < PerAct<Worth>::size; ++i)
            if (const Act act = static_cast<Act>(i); act_name(act) == part.name)
                tell_act(part, act);
    }

    void tell_value(Contribution& part) const {
        const Homes& homes = tally_.homes;
        if (part.name == "price_level") {
            part.why = fmt::format(
                "homes around ${}: a commission near ${}", text::grouped(homes.median_price),
                text::grouped(
                    static_cast<std::int64_t>(commission(homes.median_price, policy_.value))));
            part.traces = priced();
        } else if (part.name == "few_homes") {
            part.why = fmt::format("held back: {} known so far",
                                   counted(homes.priced, "priced home", "priced homes"));
        }
    }

    void tell_relationship(Contribution& part) const {
        if (part.name == "exchanges") {
            part.why = fmt::format("{:.1f} exchanges both ways, older ones counting less",
                                   dealings_.exchanges);
        } else if (part.name == "reply_share") {
            part.why = fmt::format(
                "answered {:.1f} of {:.1f} approaches, older ones counting less; "
                "one in four is taken for usual",
                dealings_.replies, dealings_.approaches);
        } else if (part.name == "reply_speed") {
            part.why = fmt::format("usually answers within {:.0f} h",
                                   std::max(1.0, dealings_.median_reply_hours.value_or(0)));
        }
        if (part.name != "clamp") part.traces = spoken();
    }

    void tell_priority(Contribution& part, const Judgement& judged, StageVerdict stage) const {
        const PriorityPolicy& weights = policy_.priority;
        const auto share = [](double raw, double weight) {
            return fmt::format("{:.2f} × {:.2f}", raw, weight);
        };
        if (part.name == "heat") part.why = share(judged.heat.raw, weights.heat);
        if (part.name == "value") part.why = share(judged.value.raw, weights.value);
        if (part.name == "relationship")
            part.why = share(judged.relationship.raw, weights.relationship);
        if (part.name == "waiting") part.why = "came to us and has had no answer";
        if (part.name == "stage_factor")
            part.why = fmt::format("the stage counts × {:g}", stage.factor);
    }

private:
    void tell_act(Contribution& part, Act act) const {
        const ActTally& all = tally_.acts[act];
        const Names names = words_of(act);
        part.why = fmt::format("{}, {}{}", counted(all.count, names.one, names.many),
                               all.count > 1 ? "most recently " : "", ago(all.last, tally_.as_of));
        const Worth& worth = policy_.heat.worth[act];
        part.traces = heaviest(history_, tally_.as_of, [&](const Trace& trace) {
            return trace.act == act ? energy_left(worth, age(trace)) : 0;
        });
    }
    std::int64_t age(const Trace& trace) const { return (tally_.as_of - trace.at).count(); }

    std::vector<std::uint32_t> priced() const {
        return heaviest(history_, tally_.as_of, [&](const Trace& trace) -> Quanta {
            const Worth& worth = policy_.heat.worth[trace.act];
            if (trace.price <= 0 || worth.group == Group::none) return 0;
            return std::max<Quanta>(1, energy_left(worth, age(trace)));
        });
    }
    /// Messages all fade alike: the newest is the heaviest.
    std::vector<std::uint32_t> spoken() const {
        std::vector<std::uint32_t> places;
        for (const Message& message : tally_.messages) places.push_back(message.trace);
        std::reverse(places.begin(), places.end());
        return places;
    }

    const History& history_;
    const Tally& tally_;
    const Dealings& dealings_;
    const Policy& policy_;
};

}  // namespace

void explain(Judgement& judged, const History& history, const Tally& tally,
             const Dealings& dealings, StageVerdict stage, const Policy& policy) {
    const Teller teller(history, tally, dealings, policy);
    for (Contribution& part : judged.heat.contributions) teller.tell_heat(part);
    for (Contribution& part : judged.value.contributions) teller.tell_value(part);
    for (Contribution& part : judged.relationship.contributions) teller.tell_relationship(part);
    for (Contribution& part : judged.priority.contributions)
        teller.tell_priority(part, judged, stage);
    for (Explained* score : {&judged.heat, &judged.value, &judged.relationship, &judged.priority})
        for (Contribution& part : score->contributions)
            if (part.name == "clamp") part.why = "a score lies between 0 and 100";
}

}  // namespace dreams::score
