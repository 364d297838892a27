#include "store/ranking.h"

#include <algorithm>
#include <string>

#include "base/error.h"

namespace dreams::store {

std::int64_t pages_of(std::int64_t total, std::int64_t page_size) {
    return std::max<std::int64_t>(1, (total + page_size - 1) / page_size);
}

std::span<const Ranked> page_of(std::vector<Ranked>& matches, PageOf wanted,
                                std::string_view of_what) {
    if (wanted.page < 1) throw Error(Fault::invalid, "pages are counted from 1");
    if (wanted.page_size < 1 || wanted.page_size > 200)
        throw Error(Fault::invalid, "a page has 1 to 200 " + std::string(of_what) + ", not " +
                                        std::to_string(wanted.page_size));
    const auto pages = pages_of(std::ssize(matches), wanted.page_size);
    if (wanted.page > pages)
        throw Error(Fault::not_found, "there is no page " + std::to_string(wanted.page) +
                                          "; the last one is " + std::to_string(pages));
    const auto first = matches.begin() + (wanted.page - 1) * wanted.page_size;
    const auto last = first + std::min<std::int64_t>(wanted.page_size, matches.end() - first);
    std::nth_element(matches.begin(), first, matches.end());
    std::partial_sort(first, last, matches.end());
    return {first, last};
}

}  // namespace dreams::store
