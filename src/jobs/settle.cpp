#include "jobs/settle.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.h"
#include "model/listing_status.h"

namespace dreams::jobs {
namespace {

constexpr double too_little = 0.001;  ///< of the price: nobody calls a client for it
constexpr double typo_factor = 5;

/// The changes of one home and one type.
using Moves = std::vector<PropertyChange>;

/// In the order in which they happened. Of those of one second the one goes first that begins where
/// the one before it ended.
void put_in_order(Moves& moves) {
    std::ranges::sort(moves, [](const PropertyChange& a, const PropertyChange& b) {
        return std::tie(a.detected_at, a.id) < std::tie(b.detected_at, b.id);
    });
    for (auto each = moves.begin(); each != moves.end(); ++each) {
        if (each == moves.begin()) continue;
        const auto follows = [&](const PropertyChange& next) {
            return next.detected_at == each->detected_at &&
                   next.old_value == std::prev(each)->new_value;
        };
        if (const auto next = std::find_if(each, moves.end(), follows); next != moves.end())
            std::iter_swap(each, next);
    }
}

/// What a value is compared by: a status by its one word, however it was written.
std::string compared(const std::string& type, const std::optional<std::string>& value) {
    if (type == "status") return listing_status(value.value_or("")).value_or("");
    return value.value_or("");
}

/// The order in which a home's moves are read. Types that nobody is told of come last: older
/// programs noted days on the market and views too.
int rank(std::string_view type) {
    constexpr std::string_view order[] = {"price", "status", "relisted", "site"};
    return static_cast<int>(std::ranges::find(order, type) - std::begin(order));
}

std::optional<double> dollars(const std::string& value) {
    std::string digits;
    for (const char c : value)
        if (c != '$' && c != ',') digits += c;  // an older program wrote `$450,000`
    return text::number(digits);
}

HomeMove move_of(const Moves& moves) {
    HomeMove move{.type = moves.front().type,
                  .from = moves.front().old_value.value_or(""),
                  .to = moves.back().new_value.value_or("")};
    const auto from = dollars(move.from), to = dollars(move.to);
    if (move.type == "price" && from && to) {
        move.amount = std::llround(*to - *from);
        move.doubtful = looks_like_a_typo(*from, *to);
        return move;
    }
    for (const auto& each : moves)
        if (each.amount) move.amount = move.amount.value_or(0) + *each.amount;
    return move;
}

/// Nobody is told of a value that was not known before, nor of one that is no longer known.
bool is_nothing(const HomeMove& move) {
    const auto from = compared(move.type, move.from), to = compared(move.type, move.to);
    if (from == to || from.empty() || to.empty() || rank(move.type) == rank("")) return true;
    if (move.type != "price") return false;
    const auto price = dollars(move.from);
    return !price || !move.amount ||
           std::abs(static_cast<double>(*move.amount)) < too_little * *price;
}

bool waits(const Moves& moves, const HomeMove& move, Instant now, const Patience& patience) {
    const auto rest = now - moves.back().detected_at, all = now - moves.front().detected_at;
    if (rest < patience.to_settle && all < patience.at_most) return true;
    return move.doubtful && rest < patience.with_typos;
}

void add_to(HomeNews& news, const Moves& moves, HomeMove move) {
    const bool first = news.moves.empty();
    news.moves.push_back(std::move(move));
    if (first || moves.back().detected_at > news.last_at)
        news.address = moves.back().property_address;
    news.first_at =
        first ? moves.front().detected_at : std::min(news.first_at, moves.front().detected_at);
    news.last_at =
        first ? moves.back().detected_at : std::max(news.last_at, moves.back().detected_at);
    for (const auto& each : moves) {
        news.changes.push_back(each.id);
        const auto by = each.source.value_or("");
        if (!by.empty() && std::ranges::find(news.told_by, by) == news.told_by.end())
            news.told_by.push_back(by);
    }
}

/// What tells homes apart: an older program may have noted no id.
std::string home_of(const PropertyChange& change) {
    return change.property_id.value_or("") + "|" +
           (change.property_id ? "" : change.property_address);
}

}  // namespace

bool looks_like_a_typo(double from, double to) {
    return from > 0 && to > 0 && (to >= typo_factor * from || from >= typo_factor * to);
}

Settled settle(std::vector<PropertyChange> changes, Instant now, const Patience& patience) {
    std::map<std::string, std::map<std::pair<int, std::string>, Moves>> homes;
    for (auto& change : changes)
        homes[home_of(change)][{rank(change.type), change.type}].push_back(std::move(change));
    Settled settled;
    for (auto& [home, kinds] : homes) {
        HomeNews news;
        for (auto& [kind, moves] : kinds) {
            put_in_order(moves);
            auto move = move_of(moves);
            if (moves.front().property_id) news.home = PropertyId{*moves.front().property_id};
            const bool waiting = waits(moves, move, now, patience);
            if (!waiting && !is_nothing(move)) {
                add_to(news, moves, std::move(move));
                continue;
            }
            for (const auto& each : moves)
                (waiting ? settled.waiting : settled.passed).push_back(each.id);
        }
        if (!news.moves.empty()) settled.news.push_back(std::move(news));
    }
    std::ranges::stable_sort(settled.news, std::ranges::greater{}, &HomeNews::last_at);
    return settled;
}

}  // namespace dreams::jobs
