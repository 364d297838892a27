#include <cmath>

#include "base/text.h"
#include "templates/person_figure.h"
#include "templates/person_signal.h"
#include "web/person_view.h"
#include "web/wording.h"

namespace dreams::web {

using html::arg;

html::Safe intent_signs(const Intent& intent) {
    html::Safe signs;
    const auto add = [&](std::string_view label, std::string_view meaning, std::int64_t set) {
        html::append<templates::person_signal>(signs, arg<"label">(label), arg<"meaning">(meaning),
                                               arg<"set">(set != 0));
    };
    add("Comes back", "to the same home, again and again", intent.repeat_views);
    add("Saves homes", "several favorites lately", intent.high_favorites);
    add("Busier than usual", "far more in the last days than in the weeks before",
        intent.activity_burst);
    add("Shares homes", "shows them to somebody else", intent.sharing);
    return signs;
}

html::Safe figures(const Lead& lead, Instant now) {
    html::Safe rows;
    const auto add = [&](std::string_view label, const std::string& value) {
        html::append<templates::person_figure>(rows, arg<"label">(label), arg<"value">(value));
    };
    const auto& did = lead.activity;
    add("Website visits", text::grouped(did.website_visits));
    add("Homes viewed", text::grouped(did.properties_viewed));
    add("Favorites", text::grouped(did.properties_favorited));
    add("Shares", text::grouped(did.properties_shared));
    if (did.avg_price_viewed)
        add("Average price viewed", money(std::llround(*did.avg_price_viewed)));
    add("Calls from them", text::grouped(did.calls_inbound));
    add("Calls to them", text::grouped(did.calls_outbound));
    add("Texts", text::grouped(did.texts_total));
    add("E-mails from them", text::grouped(did.emails_received));
    add("E-mails to them", text::grouped(did.emails_sent));
    if (did.last_activity_at) add("Last active", ago(*did.last_activity_at, now));
    return rows;
}

}  // namespace dreams::web
