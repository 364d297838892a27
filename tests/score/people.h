#pragma once

#include <chrono>
#include <cmath>
#include <initializer_list>

#include "model/history.h"
#include "score/policy.h"
#include "score/scores.h"

namespace dreams::score::test {

/// 2026-01-19T16:00:00Z: the instant most tests ask at.
inline const Instant noon{std::chrono::seconds{1'768'838'400}};

inline Instant days_ago(double days) {
    return noon - std::chrono::seconds{std::llround(days * 86'400)};
}

/// Something that happened so many days before `noon`.
inline Trace did(Act act, double days, int price = 0, std::uint64_t home = 0,
                 std::uint32_t seconds = 0) {
    return {.at = days_ago(days),
            .act = act,
            .seconds = seconds & 0xff'ffff,
            .price = price,
            .home = home};
}

inline Trace call(Act act, double days, std::uint32_t seconds) {
    return did(act, days, 0, 0, seconds);
}

inline History person(std::initializer_list<Trace> traces, std::string stage = "Lead") {
    return {.lead = LeadId{"1"}, .stage = std::move(stage), .traces = traces};
}

/// Adds `count` acts, one every `apart` days, the newest `newest` days old.
inline void repeat(History& person, int count, Act act, double newest, double apart,
                   int price = 0) {
    for (int i = 0; i < count; ++i)
        person.traces.push_back(
            did(act, newest + i * apart, price, price > 0 ? static_cast<std::uint64_t>(i + 1) : 0));
}

inline Judgement house(const History& person, Detail detail = Detail::brief, Instant as_of = noon) {
    return judge(person, house_policy(), as_of, {}, detail);
}

inline double sum(const Explained& score) {
    double points = 0;
    for (const Contribution& each : score.contributions) points += each.points;
    return points;
}

/// Whether two records agree in every column.
template <Record R>
bool same_columns(const R& a, const R& b) {
    return R::columns().apply(
        [&](const auto&... column) { return ((a.*column.member == b.*column.member) && ...); });
}

/// The points of a contribution; 0: it is not there.
inline double points(const Explained& score, std::string_view name) {
    for (const Contribution& each : score.contributions)
        if (each.name == name) return each.points;
    return 0;
}

}  // namespace dreams::score::test
