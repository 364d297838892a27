#pragma once

#include <cstdint>

#include "sim/town/random.h"
#include "sim/town/records.h"

namespace dreams::sim {

inline constexpr std::int64_t first_person_id = 1001;

/// Who works in the office, for `people` leads: an owner, a broker, agents, a lender, and one
/// agent who has left.
std::vector<User> office(int people, Instant founded);
std::vector<Stage> stage_list();
std::vector<Named> source_list();
std::vector<Named> pond_list();

/// A person as they come in: name, reach, taste, assignment; a new lead that nobody has handled.
/// A few are strange on purpose: O'Brien, emoji, one word, right to left, very long, no name.
/// `ordinal` is 1 for the town's first person, 2 for its second …
Contact newcomer(std::uint64_t seed, std::int64_t id, std::int64_t ordinal, Instant created,
                 const std::vector<User>& users);

/// The stage in which the office keeps someone of that intent: near the truth, never all of it.
std::int64_t likely_stage(Intent intent, Random& random);

/// Ids of stage_list().
namespace stage_id {
inline constexpr std::int64_t lead = 2, nurture = 3, hot_prospect = 4, active_client = 5,
                              past_client = 6, unresponsive = 7, vendors = 8, trash = 9,
                              closed = 10;
}

}  // namespace dreams::sim
