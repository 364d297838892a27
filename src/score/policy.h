#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/history.h"

namespace dreams::score {

/// A table with one entry for each Act.
template <class T>
struct PerAct {
    static constexpr std::size_t size = static_cast<std::size_t>(Act::automated_out) + 1;
    std::array<T, size> each{};

    constexpr T& operator[](Act act) { return each[static_cast<std::size_t>(act)]; }
    constexpr const T& operator[](Act act) const { return each[static_cast<std::size_t>(act)]; }
};

/// Which formulas: ours, or the predecessor's of January 2026.
enum class Recipe : std::uint8_t { house, january };

/// What an act says of the person: nothing, a click on the website, or a step towards the office.
enum class Group : std::uint8_t { none, web, direct };

/// What one act is worth on the day it happens, and how fast that fades.
struct Worth {
    double points = 0;
    double half_life_days = 1;
    Group group = Group::none;
};

/// The worth of every act. What is not named here is worth nothing: what the office does, what a
/// machine sends, an unsubscription, and types nobody has weighed yet.
constexpr PerAct<Worth> house_worth() {
    PerAct<Worth> worth;
    worth[Act::website_visit] = {.points = 0.5, .half_life_days = 7, .group = Group::web};
    worth[Act::page_view] = {.points = 0.25, .half_life_days = 7, .group = Group::web};
    worth[Act::search] = {.points = 0.5, .half_life_days = 7, .group = Group::web};
    worth[Act::property_view] = {.points = 1, .half_life_days = 10, .group = Group::web};
    worth[Act::property_favorite] = {.points = 4, .half_life_days = 21, .group = Group::web};
    worth[Act::property_share] = {.points = 4, .half_life_days = 21, .group = Group::web};
    worth[Act::saved_search] = {.points = 3, .half_life_days = 30, .group = Group::web};
    worth[Act::registration] = {.points = 3, .half_life_days = 10, .group = Group::direct};
    worth[Act::inquiry] = {.points = 10, .half_life_days = 30, .group = Group::direct};
    worth[Act::open_house] = {.points = 8, .half_life_days = 30, .group = Group::direct};
    worth[Act::call_in] = {.points = 8, .half_life_days = 30, .group = Group::direct};
    worth[Act::call_missed_in] = {.points = 5, .half_life_days = 30, .group = Group::direct};
    worth[Act::text_in] = {.points = 5, .half_life_days = 30, .group = Group::direct};
    worth[Act::email_in] = {.points = 4, .half_life_days = 30, .group = Group::direct};
    return worth;
}

/// Argued for in docs/scoring.md, "Heat".
struct HeatPolicy {
    PerAct<Worth> worth = house_worth();
    double web_ceiling = 60;     ///< what clicks alone approach and never reach
    double web_half_at = 16;     ///< energy of the web group that shows half its ceiling
    double direct_half_at = 20;  ///< energy of the direct group that fills half of what is left
};

/// Argued for in docs/scoring.md, "Value".
struct ValuePolicy {
    double commission_share = 0.025;  ///< of the price, to this office
    double least_commission = 2'500;  ///< US dollars that show as 0
    double most_commission = 50'000;  ///< US dollars that show as 100
    double homes_for_half_trust = 2;  ///< distinct priced homes
};

/// Argued for in docs/scoring.md, "Relationship".
struct RelationshipPolicy {
    double half_life_days = 90;         ///< of every dealing
    double exchange_points = 60;        ///< at most, for talking both ways
    double exchanges_for_half = 4;      ///< so many earn half of them
    double reply_points = 25;           ///< at most, for answering us
    double prior_replies = 1;           ///< Beta(1,3): before anything is known,
    double prior_silences = 3;          ///< one approach in four is answered
    double speed_points = 15;           ///< at most, for answering soon
    double speed_half_hours = 24;       ///< a median answer after so long earns half
    double replies_for_half_speed = 2;  ///< so many answers, and half of the median's worth counts
    double reply_window_days = 14;      ///< what comes later answers something else
    double sitting_hours = 12;          ///< messages of one side so close are one turn
    double patience_hours = 48;         ///< so young an approach is not unanswered yet
    std::uint32_t spoke_seconds = 60;   ///< an outbound call so long was answered by a person
    std::uint32_t talk_seconds = 120;   ///< a call so long is a talk, and counts twice
};

/// Argued for in docs/scoring.md, "Priority": the share of each score, 1 together.
struct PriorityPolicy {
    double heat = 0.50;
    double value = 0.20;
    double relationship = 0.30;
    double waiting_points = 10;         ///< for whoever came to us and has had no answer
    double waiting_half_life_days = 2;  ///< of those points
};

/// When each of the four signs is seen. Argued for in docs/scoring.md, "Intent".
struct IntentPolicy {
    int repeat_days = 30;       ///< views of one home within so many days,
    int repeat_views = 3;       ///< so many of them,
    int repeat_gap_hours = 12;  ///< or two that lie so far apart
    int favorite_days = 60;     ///< favorites within so many days,
    int favorites = 3;          ///< so many of them
    int burst_days = 3;         ///< the newest days, against
    int usual_days = 28;        ///< the days before them
    int burst_acts = 5;         ///< at least so many acts,
    double burst_ratio = 3;     ///< and so many times the usual pace
    int share_days = 60;        ///< shares within so many days,
    int shares = 1;             ///< so many of them
};

/// Argued for in docs/scoring.md, "Trend".
struct TrendPolicy {
    double noise_ratio = 2;   ///< a change is called when it exceeds so many noises,
    double least_change = 3;  ///< and so many points a week
};

/// The predecessor's numbers, each under the setting it had there (env names in docs/scoring.md).
struct JanuaryPolicy {
    double website_visit = 1.5;
    double property_viewed = 3.0;
    double property_favorited = 5.0;
    double property_shared = 1.5;
    double call_inbound = 5.0;
    double text_inbound = 3.0;
    double recency_3_days = 25;
    double recency_7_days = 15;
    double recency_14_days = 10;
    double recency_30_days = 5;
    double repeat_factor = 1.15;
    double favorites_factor = 1.10;
    double burst_factor = 1.20;
    double sharing_factor = 1.05;
    int favorites = 3;
    int shares = 2;
    double trend_step = 5;  ///< points against the day before
};

/// What being in a stage does to priority. The stage as it reads in the account.
struct StageFactor {
    std::string stage;
    double factor = 1;
};

/// Every number that a score depends on. A value: change a copy to ask what-if.
struct Policy {
    std::string name;
    Recipe recipe = Recipe::house;
    HeatPolicy heat{};
    ValuePolicy value{};
    RelationshipPolicy relationship{};
    PriorityPolicy priority{};
    IntentPolicy intent{};
    TrendPolicy trend{};
    JanuaryPolicy january{};
    std::vector<StageFactor> stages{};
};

const Policy& house_policy();    ///< ours; every number is argued for in docs/scoring.md
const Policy& january_policy();  ///< the predecessor's, for comparison

/// The policy of that name, `house` or `january`; nullptr: there is none.
const Policy* policy_named(std::string_view name);

}  // namespace dreams::score
