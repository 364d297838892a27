#pragma once

#include <string>

#include "base/html.h"
#include "model/history.h"
#include "model/lead.h"
#include "score/scores.h"
#include "store/before_calling.h"
#include "store/homes_seen.h"
#include "store/match_lists.h"
#include "store/matches.h"
#include "store/timeline.h"
#include "web/request.h"

namespace dreams::web {

/// All that a person's page shows, page or JSON.
struct PersonView {
    Lead lead;
    store::BeforeCalling before;
    Instant judged_at;  ///< when the scores in `lead` were made; now, if never
    History history;
    score::Judgement judgement;  ///< as of judged_at, in full
    store::HomesSeen homes;
    store::Timeline timeline;
    store::MatchLines fits;                    ///< homes that may fit them, and what became of them
    std::optional<store::MatchedBuyer> buyer;  ///< none: no home is sought for them
};

std::string name_of(const Lead& lead);  ///< never empty: else the e-mail, the phone, the id

// The parts of the page, each in its person_….cpp.

html::Safe score_cards(const PersonView& view);
html::Safe home_rows(const PersonView& view, const WebOptions& options, Instant now);
html::Safe timeline_days(const PersonView& view, const Zone& zone, Date today);
html::Safe intent_signs(const Intent& intent);
html::Safe figures(const Lead& lead, Instant now);

/// Why no home is suggested to them; none: some are.
std::optional<std::string> no_fit_because(const PersonView& view);

/// The person as the contract's JSON: `person`, `scores` as `explain --json` has them, `homes`,
/// `matches`, `timeline`.
std::string person_json(const PersonView& view);

}  // namespace dreams::web
