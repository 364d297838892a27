#include "score/activity.h"

#include <algorithm>

namespace dreams::score {

namespace {

std::optional<Instant> last_activity(const Tally& tally, const History& history) {
    std::optional<Instant> last;
    if (history.last_activity_elsewhere && *history.last_activity_elsewhere <= tally.as_of)
        last = history.last_activity_elsewhere;
    for (std::size_t i = 0; i < tally.acts.size; ++i) {
        const bool by_machine = static_cast<Act>(i) == Act::automated_out;
        if (tally.acts.each[i].count > 0 && !by_machine)
            last = std::max(last, std::optional{tally.acts.each[i].last});
    }
    return last;
}

}  // namespace

Activity activity(const Tally& tally, const History& history) {
    const auto count = [&](Act act) { return tally.acts[act].count; };
    Activity counted;
    counted.website_visits = count(Act::website_visit);
    counted.properties_viewed = count(Act::property_view);
    counted.properties_favorited = count(Act::property_favorite);
    counted.properties_shared = count(Act::property_share);
    counted.calls_inbound = count(Act::call_in) + count(Act::call_missed_in);
    counted.calls_outbound = count(Act::call_out) + count(Act::call_missed_out);
    counted.texts_total = count(Act::text_in) + count(Act::text_out);
    counted.emails_received = count(Act::email_in);
    counted.emails_sent = count(Act::email_out);
    counted.total_communications = counted.calls_inbound + counted.calls_outbound +
                                   counted.texts_total + counted.emails_received +
                                   counted.emails_sent;
    counted.total_events = counted.website_visits + counted.properties_viewed +
                           counted.properties_favorited + counted.properties_shared;
    if (tally.priced_views > 0)
        counted.avg_price_viewed =
            static_cast<double>(tally.view_price_sum) / static_cast<double>(tally.priced_views);
    counted.last_activity_at = last_activity(tally, history);
    if (counted.last_activity_at)
        counted.days_since_activity =
            (tally.as_of - *counted.last_activity_at) / std::chrono::days{1};
    return counted;
}

}  // namespace dreams::score
