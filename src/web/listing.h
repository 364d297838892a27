#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/html.h"
#include "store/people.h"

// What long lists share: heads that sort, and the way from page to page.

namespace dreams::web {

/// The head of a column.
struct Head {
    std::string_view label;
    std::string href = "";  ///< of the same list sorted by it; empty: it does not sort
    std::optional<store::SortDirection> sorted = std::nullopt;  ///< the list is sorted by it
    bool number = false;
};
void append_head(html::Safe& heads, const Head& head);

/// Where in a list a page is.
struct Place {
    std::int64_t page, page_size, shown, total, pages;
};
/// `51–100 of 1,812` with the ways there and back; nothing when there is one page alone.
/// `address_of` gives the address of another page.
html::Safe paging(const Place& place, const std::function<std::string(std::int64_t)>& address_of);

}  // namespace dreams::web
