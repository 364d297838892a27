#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "base/record.h"
#include "base/time.h"
#include "model/id.h"

namespace dreams {

enum class Trend : std::uint8_t { warming, cooling, stable };

template <>
struct Words<Trend> {
    static constexpr std::array<std::pair<Trend, std::string_view>, 3> list{
        {{Trend::warming, "warming"}, {Trend::cooling, "cooling"}, {Trend::stable, "stable"}}};
};

/// Who a person is. Written by a source through jobs/sync, and by nobody else.
struct Person {
    std::optional<std::string> external_id;
    std::optional<std::string> external_source;
    std::optional<std::string> first_name;
    std::optional<std::string> last_name;
    std::optional<std::string> email;
    std::optional<std::string> phone;
    std::optional<std::string> stage;
    std::optional<std::string> type;
    std::optional<std::string> source;
    std::optional<FubId> fub_id;
    std::optional<JsonText> lead_type_tags;
    std::optional<std::string> assigned_agent;
    std::optional<JsonText> tags;

    static constexpr auto columns() {
        return Columns{
            Column{"external_id", &Person::external_id},
            Column{"external_source", &Person::external_source},
            Column{"first_name", &Person::first_name},
            Column{"last_name", &Person::last_name},
            Column{"email", &Person::email},
            Column{"phone", &Person::phone},
            Column{"stage", &Person::stage},
            Column{"type", &Person::type},
            Column{"source", &Person::source},
            Column{"fub_id", &Person::fub_id},
            Column{"lead_type_tags", &Person::lead_type_tags},
            Column{"assigned_agent", &Person::assigned_agent},
            Column{"tags", &Person::tags},
        };
    }
};

/// What the scores say. Written by jobs/rescore.
struct Scores {
    std::int64_t heat = 0;          ///< 0–100
    std::int64_t value = 0;         ///< 0–100
    std::int64_t relationship = 0;  ///< 0–100
    std::int64_t priority = 0;      ///< 0–100
    Trend trend = Trend::stable;
    std::optional<double> heat_7d_avg;
    std::optional<Instant> recorded_at;

    static constexpr auto columns() {
        return Columns{
            Column{"heat_score", &Scores::heat},
            Column{"value_score", &Scores::value},
            Column{"relationship_score", &Scores::relationship},
            Column{"priority_score", &Scores::priority},
            Column{"score_trend", &Scores::trend},
            Column{"heat_score_7d_avg", &Scores::heat_7d_avg},
            Column{"last_score_recorded_at", &Scores::recorded_at},
        };
    }
};

/// What a person did, counted over all time. Written by jobs/rescore.
struct Activity {
    std::int64_t website_visits = 0;
    std::int64_t properties_viewed = 0;
    std::int64_t properties_favorited = 0;
    std::int64_t properties_shared = 0;
    std::int64_t calls_inbound = 0;
    std::int64_t calls_outbound = 0;
    std::int64_t texts_total = 0;
    std::int64_t emails_received = 0;  ///< from the person
    std::int64_t emails_sent = 0;      ///< by an agent's own hand; automated mail is not counted
    std::int64_t total_communications = 0;
    std::int64_t total_events = 0;
    std::optional<double> avg_price_viewed;  ///< US dollars
    std::optional<std::int64_t> days_since_activity;
    std::optional<Instant> last_activity_at;

    static constexpr auto columns() {
        return Columns{
            Column{"website_visits", &Activity::website_visits},
            Column{"properties_viewed", &Activity::properties_viewed},
            Column{"properties_favorited", &Activity::properties_favorited},
            Column{"properties_shared", &Activity::properties_shared},
            Column{"calls_inbound", &Activity::calls_inbound},
            Column{"calls_outbound", &Activity::calls_outbound},
            Column{"texts_total", &Activity::texts_total},
            Column{"emails_received", &Activity::emails_received},
            Column{"emails_sent", &Activity::emails_sent},
            Column{"total_communications", &Activity::total_communications},
            Column{"total_events", &Activity::total_events},
            Column{"avg_price_viewed", &Activity::avg_price_viewed},
            Column{"days_since_activity", &Activity::days_since_activity},
            Column{"last_activity_at", &Activity::last_activity_at},
        };
    }
};

/// Signs of intent, 0 or 1 each, and how many are set. Written by jobs/rescore.
struct Intent {
    std::int64_t repeat_views = 0;
    std::int64_t high_favorites = 0;
    std::int64_t activity_burst = 0;
    std::int64_t sharing = 0;
    std::int64_t signal_count = 0;

    static constexpr auto columns() {
        return Columns{
            Column{"intent_repeat_views", &Intent::repeat_views},
            Column{"intent_high_favorites", &Intent::high_favorites},
            Column{"intent_activity_burst", &Intent::activity_burst},
            Column{"intent_sharing", &Intent::sharing},
            Column{"intent_signal_count", &Intent::signal_count},
        };
    }
};

/// What a person told the agent they want. Written by the agent, never by a source.
struct Preferences {
    std::optional<std::int64_t> min_price;
    std::optional<std::int64_t> max_price;
    std::optional<std::int64_t> min_beds;
    std::optional<double> min_baths;
    std::optional<std::int64_t> min_sqft;
    std::optional<double> min_acreage;
    std::optional<JsonText> preferred_cities;
    std::optional<JsonText> preferred_features;
    std::optional<JsonText> deal_breakers;
    std::optional<double> requirements_confidence;  ///< 0–1
    std::optional<Instant> requirements_updated_at;

    static constexpr auto columns() {
        return Columns{
            Column{"min_price", &Preferences::min_price},
            Column{"max_price", &Preferences::max_price},
            Column{"min_beds", &Preferences::min_beds},
            Column{"min_baths", &Preferences::min_baths},
            Column{"min_sqft", &Preferences::min_sqft},
            Column{"min_acreage", &Preferences::min_acreage},
            Column{"preferred_cities", &Preferences::preferred_cities},
            Column{"preferred_features", &Preferences::preferred_features},
            Column{"deal_breakers", &Preferences::deal_breakers},
            Column{"requirements_confidence", &Preferences::requirements_confidence},
            Column{"requirements_updated_at", &Preferences::requirements_updated_at},
        };
    }
};

/// What the agent noted and means to do. Written by the agent, never by a source.
struct Workflow {
    std::optional<std::string> notes;
    std::optional<std::string> next_action;
    std::optional<std::string> next_action_date;  ///< YYYY-MM-DD; older files may hold other text

    static constexpr auto columns() {
        return Columns{
            Column{"notes", &Workflow::notes},
            Column{"next_action", &Workflow::next_action},
            Column{"next_action_date", &Workflow::next_action_date},
        };
    }
};

/// When the row was made, changed, and last changed by FUB.
struct Stamps {
    std::optional<Instant> created_at;
    std::optional<Instant> updated_at;
    std::optional<Instant> last_synced_at;

    static constexpr auto columns() {
        return Columns{
            Column{"created_at", &Stamps::created_at},
            Column{"updated_at", &Stamps::updated_at},
            Column{"last_synced_at", &Stamps::last_synced_at},
        };
    }
};

/// A row of `leads`: its 57 columns as seven parts, each with exactly one writer.
struct Lead {
    LeadId id;
    Person person;
    Scores scores;
    Activity activity;
    Intent intent;
    Preferences preferences;
    Workflow workflow;
    Stamps stamps;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &Lead::id}, Part{&Lead::person}, Part{&Lead::scores},
            Part{&Lead::activity},   Part{&Lead::intent}, Part{&Lead::preferences},
            Part{&Lead::workflow},   Part{&Lead::stamps},
        };
    }
};

}  // namespace dreams
