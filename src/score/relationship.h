#pragma once

#include <optional>
#include <span>

#include "score/scores.h"
#include "score/tally.h"

namespace dreams::score {

/// What passed between a person and the office, told from their calls, texts and mails.
///
/// Messages of one side within a sitting are one turn. An exchange is a turn of theirs that meets
/// one of ours: half for their coming, half for the answer. Exchanges, approaches and replies fade
/// by RelationshipPolicy::half_life_days; what a machine sent is no turn.
struct Dealings {
    double exchanges = 0;   ///< faded; a call of some length counts twice
    double approaches = 0;  ///< faded; turns of ours that could have been answered by now
    double replies = 0;     ///< faded; those of them that were
    std::optional<double> median_reply_hours;  ///< of written replies and calls back
    int unanswered = 0;           ///< our turns since they last spoke, the youngest included
    bool last_was_reply = false;  ///< their newest turn answered one of ours
    bool spoke = false;           ///< their newest turn was a conversation
    std::optional<Instant> last_from_person;
    std::optional<Act> last_act_from_person;
};

/// `messages` by time, none later than `as_of`.
Dealings dealings(std::span<const Message> messages, const RelationshipPolicy& policy,
                  Instant as_of);

/// How well the office and the person know one another, 0–100: talking both ways, the share of
/// our approaches that they answer (smoothed by a prior, so that one mail proves little), and how
/// soon. Nothing said on either side is 0.
Explained relationship(const Dealings& dealings, const RelationshipPolicy& policy);

}  // namespace dreams::score
