#pragma once

#include "base/json_writer.h"
#include "model/history.h"
#include "score/scores.h"

namespace dreams::web {

/// The scores as `explain --json` and `/api/v1/people/{id}` tell them: `{"heat":{"value","raw",
/// "contributions":[{"name","points","why","events"}]},"value":…,"relationship":…,"priority":…}`.
/// `events` are ids of `history`.
void write_scores(json::Writer& json, const score::Judgement& judged, const History& history);

}  // namespace dreams::web
