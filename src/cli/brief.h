#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "jobs/brief.h"

namespace dreams::cli {

/// Today's morning page, sent by the settings; once a day.
jobs::BriefSent send_todays_brief(const Context& context, Db& db, jobs::Resend resend);

/// Whether today's page has its time still before it, by `jobs.brief`: what was missed on an
/// earlier day is not made up, since the page is always today's.
bool is_brief_still_due(const Context& context);

}  // namespace dreams::cli
