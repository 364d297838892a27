#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/id.h"

namespace dreams {

/// Everything that can happen between a person and the office, as far as a score cares.
enum class Act : std::uint8_t {
    website_visit,
    property_view,
    property_favorite,
    property_share,
    page_view,
    search,        ///< FUB `Property Search`
    saved_search,  ///< FUB `Saved Property Search`
    registration,
    inquiry,  ///< any inquiry: property, seller, general, showing request
    open_house,
    unsubscribed,
    other_activity,  ///< a type nobody foresaw
    call_in,
    call_out,
    call_missed_in,   ///< they rang, nobody answered (voicemail included)
    call_missed_out,  ///< an agent rang, they did not answer
    text_in,
    text_out,
    email_in,
    email_out,
    automated_out,  ///< a text or mail that a machine sent: nobody's effort
};

/// One thing that happened, packed for scoring hundreds of thousands of them: what takes time is
/// less to reckon than to touch memory.
struct Trace {
    Instant at;
    Act act = Act::other_activity;
    std::uint32_t seconds : 24 = 0;  ///< of a call, at most a day
    std::int32_t price = 0;          ///< of the home, whole US dollars; 0: unknown
    std::uint64_t home = 0;  ///< same number, same home (a hash of MLS number or address); 0: none
};
static_assert(sizeof(Trace) == 24);

/// What a score may know of one person. No name, language, family or place is in here, nor may be:
/// fair housing (tests/score/fair_housing_test.cpp holds this list).
struct History {
    LeadId lead;
    std::string stage;
    std::string source;
    std::optional<Instant> created_at;
    std::optional<Instant> last_activity_elsewhere;  ///< what FUB's lastActivity said
    std::vector<Trace> traces;                       ///< in no particular order
    std::vector<std::string> ids;                    ///< beside traces when asked for, else empty
};

}  // namespace dreams
