#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace dreams::store {

/// Something of a list in memory: what it is put in order by, and where it stands there.
struct Ranked {
    std::int64_t key;  ///< the least comes first; equals stand as in the list
    std::uint32_t index;
    friend auto operator<=>(const Ranked&, const Ranked&) = default;
};

/// Which part of a long list is asked for.
struct PageOf {
    std::int64_t page = 1;
    std::int64_t page_size = 50;  ///< 1–200
};

/// How many pages so many make: at least one, if an empty one.
std::int64_t pages_of(std::int64_t total, std::int64_t page_size);

/// The part of `matches` that is asked for, in order. Only that is sorted. `of_what` (`people`)
/// stands in the sentences. Throws Error: invalid (a page below 1, a page size out of range),
/// not_found (a page beyond the last).
std::span<const Ranked> page_of(std::vector<Ranked>& matches, PageOf wanted,
                                std::string_view of_what);

}  // namespace dreams::store
