#pragma once

#include <optional>
#include <string>

#include "base/db.h"
#include "base/time.h"
#include "jobs/notify.h"
#include "jobs/tell.h"
#include "model/brief.h"

namespace dreams::jobs {

/// The morning page of the business day of `now`. People are those who came since the day before
/// began: that day is complete. Changes are those that no page of an earlier day told of, of homes
/// that somebody cares for. `alarm`: a sentence about what is wrong beside the file, if anything.
Brief gather_brief(Db& db, const Zone& zone, Instant now, const std::optional<std::string>& alarm);

/// Whether a page that was sent today is sent once more.
enum class Resend { no, yes };

/// What became of the morning page.
struct BriefSent {
    std::optional<SentBrief> before;  ///< it had been sent today already, and was not again
    std::optional<Unsaid> unsaid;     ///< why nobody has it; none: it was sent, now or before
    std::string why;                  ///< then the sentence
    Notified notified;
    Notified caught_up;  ///< what channels had not taken earlier

    /// One sentence, without names.
    std::string sentence(const Zone& zone) const;
};

/// Sends today's page through every channel, once a business day. In quiet hours through mail
/// alone: no phone rings. A channel that failed while another took it gets it later, alone, as long
/// as the page is news (send_unsent). It is remembered as sent (dreams_briefs) once a channel has
/// taken it. Throws Error{conflict} when another run is sending it.
BriefSent send_brief(Db& db, const Brief& brief, const WaysOut& ways, const Zone& zone, Instant now,
                     Resend resend);

}  // namespace dreams::jobs
