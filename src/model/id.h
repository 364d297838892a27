#pragma once

#include <compare>
#include <functional>
#include <string>

namespace dreams {

/// An id as the file stores it. Ids of two kinds are two types: mixing them does not compile.
template <class Kind>
struct Id {
    std::string text;

    bool empty() const { return text.empty(); }
    friend auto operator<=>(const Id&, const Id&) = default;
};

/// leads.id: a UUID for people of older imports, the FUB number for newer ones.
using LeadId = Id<struct LeadKind>;
/// leads.fub_id: the number Follow Up Boss gave the person, as text.
using FubId = Id<struct FubKind>;
/// contact_events.id: `evt_<fub event id>`.
using EventId = Id<struct EventKindOfId>;
/// contact_communications.id: `call_<id>`, `text_<id>`, `email_<id>`.
using CommunicationId = Id<struct CommunicationKind>;
/// lead_activities.id: `evt_<fub event id>` for what FUB's events brought.
using ActivityId = Id<struct ActivityKind>;
/// properties.id: ours.
using PropertyId = Id<struct PropertyKind>;

/// A JSON value as text, valid JSON: what the dictionary calls "JSON array of …".
struct JsonText {
    std::string text;
    static constexpr bool holds_json = true;  ///< base/json_writer.h writes it as it stands
    friend bool operator==(const JsonText&, const JsonText&) = default;
};

}  // namespace dreams

template <class Kind>
struct std::hash<dreams::Id<Kind>> {
    std::size_t operator()(const dreams::Id<Kind>& id) const {
        return std::hash<std::string>{}(id.text);
    }
};
