#include <algorithm>
#include <unordered_map>

#include "sim/fub/account.h"

namespace dreams::sim {
namespace {

constexpr std::int64_t page = 100;

/// Pages of a list; an empty one costs a request too.
std::int64_t pages(std::int64_t rows) {
    return std::max<std::int64_t>(1, (rows + page - 1) / page);
}

template <class Row>
std::int64_t living(const Table<Row>& table, const std::vector<std::uint32_t>& indexes) {
    return std::ranges::count_if(indexes, [&](auto index) { return !table[index].gone; });
}

std::int64_t texts_by_line(const Town& town) {
    std::unordered_map<std::string, std::int64_t> to, from;
    for (const auto& text : town.texts().rows())
        if (!text.gone) ++to[text.to], ++from[text.from];
    std::int64_t sum = 0;
    for (const auto& user : town.users())
        if (!user.phone.empty() && !user.deleted)
            sum += pages(to[user.phone]) + pages(from[user.phone]);
    return sum;
}

/// Requests if each person with some is asked for alone.
template <class Row>
std::int64_t by_person(const Town& town, const Table<Row>& table,
                       const std::vector<std::uint32_t>& (Town::*children)(std::int64_t) const,
                       Tally::Last Tally::*last) {
    std::int64_t sum = 0;
    for (const auto& person : town.people().rows())
        if (!person.gone && (town.tally(person.id).*last).any())
            sum += pages(living(table, (town.*children)(person.id)));
    return sum;
}

}  // namespace

LowerBound lower_bound_full_sync(const Town& town) {
    LowerBound bound;
    bound.people = pages(town.people().size());
    bound.calls = pages(town.calls().size());
    bound.events = pages(town.events().size());
    bound.texts =
        std::min(texts_by_line(town), by_person(town, town.texts(), &Town::texts_of, &Tally::text));
    bound.emails = by_person(town, town.emails(), &Town::emails_of, &Tally::email);
    bound.config = pages(std::ssize(town.users())) + pages(std::ssize(town.stages()));
    return bound;
}

}  // namespace dreams::sim
