#include "web/listing.h"

#include "base/text.h"
#include "templates/paging.h"
#include "templates/people_head.h"
#include "templates/people_head_plain.h"

namespace dreams::web {

using html::arg;

void append_head(html::Safe& heads, const Head& head) {
    if (head.href.empty())
        return html::append<templates::people_head_plain>(heads, arg<"label">(head.label),
                                                          arg<"number">(head.number));
    const bool rising = head.sorted == store::SortDirection::ascending;
    html::append<templates::people_head>(heads, arg<"label">(head.label), arg<"href">(head.href),
                                         arg<"order">(!head.sorted ? "none"
                                                      : rising     ? "ascending"
                                                                   : "descending"),
                                         arg<"arrow">(!head.sorted ? ""
                                                      : rising     ? "↑"
                                                                   : "↓"),
                                         arg<"number">(head.number));
}

html::Safe paging(const Place& place, const std::function<std::string(std::int64_t)>& address_of) {
    if (place.pages <= 1) return {};
    const auto first = (place.page - 1) * place.page_size + 1;
    const auto summary = text::grouped(first) + "–" + text::grouped(first + place.shown - 1) +
                         " of " + text::grouped(place.total);
    std::optional<std::string> previous, next;
    if (place.page > 1) previous = address_of(place.page - 1);
    if (place.page < place.pages) next = address_of(place.page + 1);
    return html::render<templates::paging>(arg<"summary">(summary), arg<"previous">(previous),
                                           arg<"next">(next));
}

}  // namespace dreams::web
