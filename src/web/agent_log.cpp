#include "web/agent_log.h"

#include "store/agent_log.h"
#include "templates/kept.h"
#include "web/multipart.h"
#include "web/response.h"

namespace dreams::web {
namespace {

using html::arg;

std::string person_address(const LeadId& lead) {
    return "/people/" + http::url_encoded(lead.text);
}

AgentAct act_of(std::string_view given) {
    const auto act = from_word<AgentAct>(given);
    if (!act || *act == AgentAct::undone)
        throw Error(Fault::invalid,
                    "'what' is one of agent_called, agent_no_answer, agent_not_today, agent_note");
    return *act;
}

ActivityId keep(Request& request, const LeadId& lead, const store::AgentWord& word) {
    auto turn = request.site().writing.take();
    auto transaction = turn.db().begin();
    auto id = store::keep_agent_word(turn.db(), lead, word, request.today(), request.now());
    transaction.commit();
    return id;
}

}  // namespace

http::Response post_done(Request& request) {
    const LeadId lead{request.segment()};
    const auto kept = keep(request, lead, {.act = act_of(request.text("what"))});
    if (request.word_of("from", LogPage::calls) == LogPage::person)
        return see_other(address(person_address(lead), {{"kept", kept.text}}) + "#next");
    // Whoever was next has moved up to this place.
    const auto rank = request.number("rank", {.fallback = 1, .least = 1, .most = 200});
    return see_other(address("/calls", {{"kept", kept.text}}) + "#rank-" + std::to_string(rank));
}

http::Response post_log(Request& request) {
    const LeadId lead{request.segment()};
    const auto form = form_parts(request);
    const auto kept = keep(request, lead,
                           {.act = act_of(value_of(form, "what")),
                            .note = value_of(form, "note"),
                            .next = store::NextStep{value_of(form, "next_action"),
                                                    value_of(form, "next_action_date")}});
    return see_other(address(person_address(lead), {{"kept", kept.text}}) + "#next");
}

http::Response post_undo_log(Request& request) {
    const LeadId lead{request.segment()};
    const auto page = request.word_of("from", LogPage::calls);
    auto turn = request.site().writing.take();
    auto transaction = turn.db().begin();
    store::undo_agent_word(turn.db(), ActivityId{request.segment(1)}, request.now());
    transaction.commit();
    if (page == LogPage::person) return see_other(person_address(lead) + "#next");
    return see_other("/calls#call-" + http::url_encoded(lead.text));
}

std::string_view said_of(AgentAct act) {
    switch (act) {
        case AgentAct::called:
            return "Called";
        case AgentAct::no_answer:
            return "Called, no answer";
        case AgentAct::not_today:
            return "Put off until tomorrow";
        case AgentAct::note:
            return "Noted";
        case AgentAct::undone:
            break;
    }
    return "Undone";
}

std::string undo_address(const LeadId& lead, const ActivityId& activity, LogPage from) {
    return person_address(lead) + "/log/" + http::url_encoded(activity.text) +
           "/undo?from=" + std::string(word(from));
}

html::Safe kept_notice(Request& request, LogPage page) {
    const auto id = request.text("kept");
    if (id.empty()) return {};
    const auto entry = store::agent_entry(request.db(), ActivityId{id});
    if (!entry) return {};
    return html::render<templates::kept>(arg<"what">(said_of(entry->act)), arg<"name">(entry->name),
                                         arg<"undo">(undo_address(entry->lead, entry->id, page)));
}

}  // namespace dreams::web
