#include "web/person.h"

#include "base/json.h"
#include "base/text.h"
#include "jobs/rescore.h"
#include "score/policy.h"
#include "store/leads.h"
#include "templates/person.h"
#include "templates/tag.h"
#include "web/agent_log.h"
#include "web/match_view.h"
#include "web/person_view.h"
#include "web/phone.h"
#include "web/response.h"
#include "web/trend.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;

constexpr std::int64_t homes_at_first = 12;
constexpr std::int64_t fits_shown = 30;

const score::Policy& policy_of(const store::BeforeCalling& before) {
    const auto* policy = before.policy ? score::policy_named(*before.policy) : nullptr;
    return policy ? *policy : score::house_policy();
}

PersonView view_of(Request& request, Lead lead) {
    Db& db = request.db();
    PersonView view{.lead = std::move(lead)};
    const auto& id = view.lead.id;
    view.before = store::before_calling(db, id);
    view.judged_at = view.lead.scores.recorded_at.value_or(request.now());
    std::tie(view.history, view.judgement) =
        jobs::explain(db, id, policy_of(view.before), view.judged_at);
    const auto homes =
        request.number("homes", {.fallback = homes_at_first, .least = 1, .most = 500});
    if (const auto& fub_id = view.lead.person.fub_id)
        view.homes = store::homes_seen(db, *fub_id, static_cast<int>(homes));
    view.fits = store::match_lines(db, {.lead = id, .page_size = fits_shown});
    view.buyer = store::matched_buyer(db, id);
    view.timeline = store::timeline(db, id, view.lead.person.fub_id, request.text("before"));
    return view;
}

/// The office's tags. What an older program wrote that is no JSON array is one tag.
html::Safe tags_of(const std::optional<JsonText>& tags) {
    html::Safe items;
    if (!tags || tags->text.empty()) return items;
    const auto add = [&](std::string_view tag) {
        html::append<templates::tag>(items, arg<"tag">(tag));
    };
    boost::system::error_code no_json;
    const auto value = boost::json::parse(tags->text, no_json);
    if (no_json || !value.is_array()) {
        add(tags->text);
        return items;
    }
    for (const auto& tag : value.get_array())
        if (tag.is_string()) add(std::string_view(tag.get_string()));
    return items;
}

std::optional<std::string> stale_notice(const Request& request,
                                        const store::BeforeCalling& before) {
    if (!before.stale_since) return std::nullopt;
    std::string notice = "Some of what they did or said could not be read since " +
                         moment_text(*before.stale_since, request.zone(), request.today());
    if (before.stale_why) notice += " (" + *before.stale_why + ")";
    return notice + ". Scores do not fall meanwhile.";
}

std::optional<std::string> deleted_notice(const Request& request,
                                          const store::BeforeCalling& before) {
    if (!before.deleted_at) return std::nullopt;
    return "Deleted in Follow Up Boss: found so " + ago(*before.deleted_at, request.now()) +
           ". What was known is kept here.";
}

/// Why they are never on the call list, and what to do instead.
std::optional<std::string> barred_notice(const PersonView& view) {
    const auto& person = view.lead.person;
    const std::string instead = person.email && !view.before.no_mail ? " Write instead." : "";
    const bool has_phone = !text::trimmed(person.phone.value_or("")).empty();
    if (!has_phone && view.before.barred.value_or("bad phone") == "bad phone")
        return std::string("Not on the call list: no phone number is known.") + instead;
    if (!view.before.barred) return std::nullopt;
    if (view.before.barred == "bad phone")
        return std::string("Not on the call list: Follow Up Boss marks the number as bad.") +
               instead;
    return "Never on the call list: " + *view.before.barred + ".";
}

/// What a field for a date can show: older files may hold other text.
std::string day_of(const std::optional<std::string>& date) {
    const auto day = date.value_or("").substr(0, 10);
    return date_from(day) ? day : "";
}

std::string homes_count(const store::HomesSeen& homes) {
    const auto shown = std::ssize(homes.homes);
    if (shown == homes.total) return counted(homes.total, "home", "homes");
    return text::grouped(shown) + " of " + counted(homes.total, "home", "homes");
}

http::Response as_page(Request& request, const PersonView& view) {
    const auto& person = view.lead.person;
    const auto& workflow = view.lead.workflow;
    const std::string here = "/people/" + http::url_encoded(view.lead.id.text);
    const auto fub_url = person.fub_id && !request.options().fub_people_url.empty()
                             ? std::optional(request.options().fub_people_url +
                                             http::url_encoded(person.fub_id->text))
                             : std::nullopt;
    const auto barred = barred_notice(view);
    const auto phone = phone_of(person.phone, view.before.no_call);
    const auto& created = view.lead.stamps.created_at;
    const auto since =
        created ? std::optional(day_text(request.zone().date_of(*created), request.today()))
                : std::nullopt;
    const auto older = view.timeline.next.empty()
                           ? std::nullopt
                           : std::optional(address(here, {{"before", view.timeline.next}}));
    const auto more_homes = view.homes.total > std::ssize(view.homes.homes)
                                ? std::optional(address(here, {{"homes", "500"}}))
                                : std::nullopt;
    const auto trend =
        view.lead.scores.recorded_at ? trend_mark(view.lead.scores.trend) : html::Safe();
    const auto content = html::render<templates::person>(
        arg<"id">(view.lead.id), arg<"name">(name_of(view.lead)),
        arg<"kept">(kept_notice(request, LogPage::person)), arg<"stage">(person.stage),
        arg<"email">(person.email), arg<"phone">(phone.text), arg<"tel">(phone.tel),
        arg<"no_call">(phone.no_call), arg<"no_mail">(view.before.no_mail), arg<"fub_url">(fub_url),
        arg<"agent">(person.assigned_agent), arg<"source">(source_text(person.source)),
        arg<"since">(since), arg<"barred">(barred),
        arg<"stale">(stale_notice(request, view.before)),
        arg<"deleted">(deleted_notice(request, view.before)), arg<"reason">(view.before.reason),
        arg<"next_action">(workflow.next_action),
        arg<"next_action_date">(workflow.next_action_date),
        arg<"next_day">(day_of(workflow.next_action_date)), arg<"notes">(workflow.notes),
        arg<"homes_count">(homes_count(view.homes)), arg<"older">(older),
        arg<"more_homes">(more_homes), arg<"fits_count">(counted(view.fits.total, "home", "homes")),
        arg<"fits">(match_cards(view.fits.lines, MatchPage::person, request.now())),
        arg<"no_fit">(no_fit_because(view)),
        arg<"disagreement">(view.buyer ? view.buyer->disagreement : std::nullopt),
        arg<"left_out">(view.buyer ? view.buyer->left_out : std::nullopt), arg<"trend">(trend),
        arg<"tags">(tags_of(person.tags)), arg<"scores">(score_cards(view)),
        arg<"signals">(intent_signs(view.lead.intent)),
        arg<"figures">(figures(view.lead, request.now())),
        arg<"homes">(home_rows(view, request.options(), request.now())),
        arg<"timeline">(timeline_days(view, request.zone(), request.today())));
    return page(request, Tab::people, name_of(view.lead), content, {.copying = true});
}

/// Where to find whom a FUB id names; throws Error{not_found}: it names nobody.
http::Response led_on(Request& request) {
    const auto id = request.db().one<LeadId>("SELECT id FROM leads WHERE fub_id = :fub_id",
                                             {{"fub_id", request.segment()}});
    if (!id) throw Error(Fault::not_found, "There is no such person; they may have been merged.");
    const std::string folder = request.wants_json() ? "/api/v1/people/" : "/people/";
    return {.status = 302, .headers = {{"Location", folder + http::url_encoded(id->text)}}};
}

}  // namespace

std::string name_of(const Lead& lead) {
    const auto& person = lead.person;
    const std::string name(
        text::trimmed(person.first_name.value_or("") + " " + person.last_name.value_or("")));
    if (!name.empty()) return name;
    for (const auto* other : {&person.email, &person.phone})
        if (*other && !(*other)->empty()) return **other;
    return lead.id.text;
}

std::optional<std::string> no_fit_because(const PersonView& view) {
    if (!view.fits.lines.empty()) return std::nullopt;
    if (view.buyer && view.buyer->none_because)
        return *view.buyer->none_because +
               " Note what they want, or wait until they look at homes on your site.";
    if (view.buyer) return "What was suggested is gone. Homes are sought anew each night.";
    if (view.before.barred || view.before.deleted_at) return "No home is sought for them.";
    return "No home has been sought for them yet; that is done each night for everyone who buys.";
}

http::Response get_person(Request& request) {
    auto lead = store::lead(request.db(), LeadId{request.segment()});
    if (!lead) return led_on(request);
    const auto view = view_of(request, std::move(*lead));
    return request.wants_json() ? json(person_json(view)) : as_page(request, view);
}

}  // namespace dreams::web
