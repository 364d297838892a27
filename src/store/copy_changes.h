#pragma once

#include <vector>

#include "store/trigger_spec.h"

namespace dreams::store {

/// Those that count how often what two copies remember of each other (people, homes, notes) has
/// changed in a copy, whoever changed it: Origin::changes. Of two states of one copy the one that
/// counts less is the earlier, whatever the clocks said.
const std::vector<TriggerSpec>& copy_triggers();

}  // namespace dreams::store
