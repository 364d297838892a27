#pragma once

#include "model/lead.h"
#include "score/tally.h"

namespace dreams::score {

/// Signs that somebody is in earnest. Each is told from the traces alone, with no memory of what
/// was said yesterday, so that any day can be asked again.
Intent intent(const Tally& tally, const IntentPolicy& policy);

}  // namespace dreams::score
