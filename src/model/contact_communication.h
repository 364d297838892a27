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

enum class CommKind : std::uint8_t { call, text, email };
enum class Direction : std::uint8_t { inbound, outbound };
enum class CommStatus : std::uint8_t { completed, missed, voicemail };

template <>
struct Words<CommKind> {
    static constexpr std::array<std::pair<CommKind, std::string_view>, 3> list{
        {{CommKind::call, "call"}, {CommKind::text, "text"}, {CommKind::email, "email"}}};
};
template <>
struct Words<Direction> {
    static constexpr std::array<std::pair<Direction, std::string_view>, 2> list{
        {{Direction::inbound, "inbound"}, {Direction::outbound, "outbound"}}};
};
template <>
struct Words<CommStatus> {
    static constexpr std::array<std::pair<CommStatus, std::string_view>, 3> list{
        {{CommStatus::completed, "completed"},
         {CommStatus::missed, "missed"},
         {CommStatus::voicemail, "voicemail"}}};
};

/// One call, text or e-mail between a person and an agent.
/// Source: Follow Up Boss, `GET /v1/calls`, `/textMessages`, `/emails`.
struct ContactCommunication {
    CommunicationId id;
    LeadId lead;  ///< joins leads.id; the source knows only FubId, the sync resolves it
    CommKind kind = CommKind::call;
    Direction direction = Direction::outbound;
    Instant occurred_at;
    std::optional<std::int64_t> duration_seconds;  ///< calls only
    std::optional<std::string> fub_id;
    std::optional<std::string> fub_user_name;  ///< the agent who handled it
    std::optional<CommStatus> status;
    Instant imported_at;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &ContactCommunication::id},
            Column{"contact_id", &ContactCommunication::lead},
            Column{"comm_type", &ContactCommunication::kind},
            Column{"direction", &ContactCommunication::direction},
            Column{"occurred_at", &ContactCommunication::occurred_at},
            Column{"duration_seconds", &ContactCommunication::duration_seconds},
            Column{"fub_id", &ContactCommunication::fub_id},
            Column{"fub_user_name", &ContactCommunication::fub_user_name},
            Column{"status", &ContactCommunication::status},
            Column{"imported_at", &ContactCommunication::imported_at},
        };
    }
};

}  // namespace dreams
