#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "base/html.h"
#include "base/serve.h"
#include "model/agent_act.h"
#include "model/id.h"
#include "web/request.h"

namespace dreams::web {

/// The page that a form about what was done stands on, and leads back to.
enum class LogPage : std::uint8_t { calls, person };

/// `POST /people/{id}/done?what=&from=&rank=`: somebody was called, or is put off; without a word
/// more. Leads back to the place on the page where the person stood.
http::Response post_done(Request& request);

/// `POST /people/{id}/log`: a form's `what`, `note`, `next_action` and `next_action_date`.
http::Response post_log(Request& request);

/// `POST /people/{id}/log/{activity}/undo?from=`: takes back what was kept.
http::Response post_undo_log(Request& request);

/// What an act is to people: `Called`, `Called, no answer` …
std::string_view said_of(AgentAct act);

std::string undo_address(const LeadId& lead, const ActivityId& activity, LogPage from);

/// What `kept` in the query was, with a way to undo it; empty: there is none.
html::Safe kept_notice(Request& request, LogPage page);

}  // namespace dreams::web

namespace dreams {
template <>
struct Words<web::LogPage> {
    static constexpr std::array<std::pair<web::LogPage, std::string_view>, 2> list{
        {{web::LogPage::calls, "calls"}, {web::LogPage::person, "person"}}};
};
}  // namespace dreams
