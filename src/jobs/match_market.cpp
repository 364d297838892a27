#include "jobs/match_market.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numbers>

#include "base/json.h"
#include "base/text.h"
#include "model/call_rules.h"
#include "model/county.h"
#include "score/match_phrases.h"
#include "score/match_policy.h"
#include "store/matches.h"

namespace dreams::jobs {
namespace {

/// The texts of a JSON array. What an older program wrote that is none is one text.
std::vector<std::string> texts_of(const std::optional<JsonText>& list) {
    if (!list || text::trimmed(list->text).empty()) return {};
    boost::system::error_code no_json;
    const auto value = boost::json::parse(list->text, no_json);
    if (no_json || !value.is_array()) return text::split(list->text, ',');
    std::vector<std::string> texts;
    for (const auto& each : value.get_array())
        if (each.is_string() && !text::trimmed(std::string_view(each.get_string())).empty())
            texts.emplace_back(text::trimmed(std::string_view(each.get_string())));
    return texts;
}

/// Numbers for words: equal words, whatever their case and accents, have one. 0 is the empty one.
class Numbers {
public:
    std::uint32_t of(std::string_view word) {
        const auto folded = text::folded(text::trimmed(word));
        if (folded.empty()) return 0;
        return numbers_.emplace(folded, static_cast<std::uint32_t>(numbers_.size() + 1))
            .first->second;
    }

private:
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

/// Degrees to kilometres from one point. Flat: a market is small, and only short distances count.
class Plane {
public:
    explicit Plane(const std::vector<store::HomeToMatch>& homes) {
        double sum = 0, count = 0;
        for (const auto& home : homes)
            if (home.latitude) sum += *home.latitude, ++count;
        constexpr double degree = std::numbers::pi / 180;
        if (count > 0) km_per_longitude_ = km_per_degree * std::cos(sum / count * degree);
    }
    std::optional<score::Spot> spot(const store::HomeToMatch& home) const {
        if (!home.latitude || !home.longitude) return std::nullopt;
        return score::Spot{*home.longitude * km_per_longitude_, *home.latitude * km_per_degree};
    }

private:
    static constexpr double km_per_degree = 111.2;
    double km_per_longitude_ = km_per_degree;
};

score::Told told(const std::string& words, bool features_told) {
    const auto said = text::lower(text::trimmed(words));
    if (said == "none" || said == "no") return score::Told::no;
    if (!said.empty()) return score::Told::yes;
    return features_told ? score::Told::no : score::Told::unknown;
}

/// 0 rooms or feet is how some sources say that they do not know, but of land, which has none.
std::optional<double> measure(const std::optional<double>& value) {
    return value && *value > 0 ? value : std::nullopt;
}

class Translation {
public:
    Translation(const store::MatchingFacts& facts, const Zone& zone, Instant now)
        : facts_(facts), zone_(zone), now_(now), plane_(facts.homes) {}

    MatchQuestion make() {
        question_.buyers.resize(facts_.buyers.size());
        for (std::size_t i = 0; i < facts_.buyers.size(); ++i)
            question_.buyers[i].stated = stated(facts_.buyers[i].stated);
        for (const auto& home : facts_.homes) add(home);
        for (const auto& look : facts_.looks)
            question_.buyers[look.buyer].glances.push_back(
                {look.home, interest(look.act), look.at, look.price});
        add_decisions();
        return std::move(question_);
    }

private:
    std::vector<std::uint32_t> phrases(const std::optional<JsonText>& list) {
        std::vector<std::uint32_t> numbers;
        for (const auto& each : texts_of(list)) {
            if (score::speaks_of_people(each)) continue;
            const auto [at, fresh] = phrase_numbers_.emplace(
                text::folded(each), static_cast<std::uint32_t>(phrases_.size()));
            if (fresh) {
                phrases_.emplace_back(each);
                question_.market.phrases.push_back(each);
            }
            numbers.push_back(at->second);
        }
        return numbers;
    }

    score::Stated stated(const Preferences& said) {
        const auto above_zero = [](const auto& value) {
            return value && *value > 0 ? std::optional(*value) : std::nullopt;
        };
        score::Stated stated;
        stated.min_price = above_zero(said.min_price);
        stated.max_price = above_zero(said.max_price);
        if (said.min_beds && *said.min_beds > 0)
            stated.min_beds = static_cast<double>(*said.min_beds);
        stated.min_baths = above_zero(said.min_baths);
        if (said.min_sqft && *said.min_sqft > 0)
            stated.min_sqft = static_cast<double>(*said.min_sqft);
        stated.min_acres = above_zero(said.min_acreage);
        for (const auto& city : texts_of(said.preferred_cities))
            if (const auto place = places_.of(city); place != 0) stated.places.push_back(place);
        stated.wanted = phrases(said.preferred_features);
        stated.unwanted = phrases(said.deal_breakers);
        if (said.requirements_confidence)
            stated.confidence = std::clamp(*said.requirements_confidence, 0.0, 1.0);
        stated.said_at = said.requirements_updated_at;
        return stated;
    }

    void add(const store::HomeToMatch& home) {
        const bool told_of =
            home.features.size() > home.type.size() + 2;  // more than its type, and blanks
        score::MatchHome seen{.price = std::max<std::int64_t>(0, home.price.value_or(0)),
                              .beds = measure(home.beds),
                              .baths = measure(home.baths),
                              .sqft = measure(home.sqft),
                              .acres = measure(home.acreage),
                              .spot = plane_.spot(home),
                              .place = places_.of(home.city),
                              .region = regions_.of(county_name(home.county)),
                              .kind = kinds_.of(home.type),
                              .view = told(home.views, told_of),
                              .water = told(home.water_features, told_of),
                              .features_told = told_of};
        const auto words = score::listing_words(home.features);
        for (const auto& phrase : phrases_)
            seen.has.push_back((told_of || !phrase.absent()) && phrase.in(words));
        if (home.listed) seen.listed = zone_.start_of(*home.listed);
        if (home.dropped_at && home.price && *home.price > 0)
            seen.drop = {*home.dropped_at, static_cast<double>(home.dropped_by) /
                                               static_cast<double>(*home.price + home.dropped_by)};
        if (home.offered && !is_stale(home))
            question_.market.offered.push_back(
                static_cast<std::uint32_t>(question_.market.homes.size()));
        question_.market.homes.push_back(std::move(seen));
    }

    /// An old file tells of homes that may long be sold.
    bool is_stale(const store::HomeToMatch& home) const {
        const std::chrono::duration<double, std::ratio<86'400>> longest{
            score::match_policy().stale_days};
        return home.told_at && now_ - *home.told_at > longest;
    }

    static score::Interest interest(Act act) {
        switch (act) {
            case Act::property_share:
                return score::Interest::share;
            case Act::property_favorite:
                return score::Interest::favorite;
            case Act::inquiry:
                return score::Interest::inquiry;
            default:
                return score::Interest::view;
        }
    }

    /// What became of earlier suggestions teaches too: a home that was shown, welcomed or turned
    /// down is a look like others, and none of them is suggested again.
    void add_decisions() {
        std::map<std::string_view, std::uint32_t> homes, people;
        for (std::uint32_t i = 0; i < facts_.homes.size(); ++i)
            if (!facts_.homes[i].id.empty()) homes.emplace(facts_.homes[i].id.text, i);
        for (std::uint32_t i = 0; i < facts_.buyers.size(); ++i)
            people.emplace(facts_.buyers[i].lead.text, i);
        for (const Match& match : facts_.matches) {
            const auto home = homes.find(match.property.text);
            const auto person = people.find(match.lead.text);
            if (!store::is_settled(match) || home == homes.end() || person == people.end())
                continue;
            auto& buyer = question_.buyers[person->second];
            buyer.decided.push_back(home->second);
            const auto& decision = match.decision;
            const auto answered = decision.response_at ? decision.response_at : match.suggested_at;
            if (decision.shown_at)
                buyer.glances.push_back(
                    {home->second, score::Interest::showing, *decision.shown_at});
            if (decision.status == MatchStatus::accepted && answered)
                buyer.glances.push_back({home->second, score::Interest::inquiry, *answered});
            if (decision.status == MatchStatus::rejected && answered)
                buyer.glances.push_back({home->second, score::Interest::rejected, *answered});
        }
    }

    const store::MatchingFacts& facts_;
    const Zone& zone_;
    const Instant now_;
    Plane plane_;
    MatchQuestion question_;
    Numbers places_, regions_, kinds_;
    std::vector<score::Phrase> phrases_;
    std::map<std::string, std::uint32_t> phrase_numbers_;
};

}  // namespace

MatchQuestion match_question(const store::MatchingFacts& facts, const Zone& zone, Instant now) {
    return Translation(facts, zone, now).make();
}

std::optional<std::string> no_buyer_because(const store::BuyerToMatch& person) {
    if (person.deleted) return "deleted in Follow Up Boss";
    // A number that does not work is no reason: suggestions are sent in writing too.
    constexpr bool phone_does_not_matter = true;
    if (const auto barred = barred_from_calls(person.stage.value_or(""), person.tags.value_or(""),
                                              phone_does_not_matter))
        return barred;
    constexpr std::array no_buyers{std::string_view("seller"),   std::string_view("agent"),
                                   std::string_view("vendor"),   std::string_view("lender"),
                                   std::string_view("landlord"), std::string_view("renter"),
                                   std::string_view("tenant")};
    const auto type = text::lower(text::trimmed(person.type.value_or("")));
    if (std::ranges::find(no_buyers, type) != no_buyers.end()) return "no buyer: " + type;
    return std::nullopt;
}

}  // namespace dreams::jobs
