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

/// The four acts that `contact_events` holds; every other event of FUB is a LeadActivity.
enum class EventKind : std::uint8_t {
    website_visit,
    property_view,
    property_favorite,
    property_share
};

template <>
struct Words<EventKind> {
    static constexpr std::array<std::pair<EventKind, std::string_view>, 4> list{{
        {EventKind::website_visit, "website_visit"},
        {EventKind::property_view, "property_view"},
        {EventKind::property_favorite, "property_favorite"},
        {EventKind::property_share, "property_share"},
    }};
};

/// One thing a person did on the website. Source: Follow Up Boss, `GET /v1/events`.
struct ContactEvent {
    EventId id;    ///< theirs, so that hearing of it twice keeps it once
    FubId person;  ///< joins leads.fub_id, never leads.id
    EventKind kind = EventKind::website_visit;
    Instant occurred_at;                          ///< when they acted, not when we heard
    std::optional<std::string> property_address;  ///< `12 Elm St, Asheville, NC 28801`
    std::optional<std::int64_t> property_price;   ///< whole US dollars, as listed at that moment
    std::optional<std::string> property_mls;      ///< none: no listing was involved
    std::optional<std::string> fub_event_id;
    Instant imported_at;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &ContactEvent::id},
            Column{"contact_id", &ContactEvent::person},
            Column{"event_type", &ContactEvent::kind},
            Column{"occurred_at", &ContactEvent::occurred_at},
            Column{"property_address", &ContactEvent::property_address},
            Column{"property_price", &ContactEvent::property_price},
            Column{"property_mls", &ContactEvent::property_mls},
            Column{"fub_event_id", &ContactEvent::fub_event_id},
            Column{"imported_at", &ContactEvent::imported_at},
        };
    }
};

}  // namespace dreams
