#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/contact_communication.h"
#include "model/contact_event.h"
#include "model/lead.h"
#include "model/lead_activity.h"

namespace dreams::bench {

/// How much an account holds.
struct Size {
    int people = 430;
    int events = 5'446;  ///< of the four acts; others come on top
    int communications = 274;
};
constexpr Size small{};                              ///< the office of the data dictionary
constexpr Size large{43'000, 545'000, 27'400};       ///< a hundred times as much
constexpr Size half_large{21'500, 272'500, 13'700};  ///< a file of some 160 MB

/// The "now" of all measurements: Monday, 19 January 2026, 11:00 in New York.
constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} +
                         std::chrono::hours{16}};

struct Sent {
    ContactCommunication record;
    bool automated = false;
};

/// All that a sync brings of an account, ready to be stored. The same size gives the same account
/// on every machine.
///
/// Made to be as uneven as life: a quarter never acts, a few do very much; acts come in sittings
/// on some evenings of a season; a few homes are looked at by many, and everyone keeps coming back
/// to a short list of their own.
struct Account {
    std::vector<Person> people;
    std::vector<ContactEvent> events;      ///< by rising time and id
    std::vector<LeadActivity> activities;  ///< as the events
    std::vector<Sent> communications;      ///< as the events
};
Account account(const Size& size);

/// leads.id and fub_id of the n-th person.
std::string person_id(std::size_t n);

}  // namespace dreams::bench
