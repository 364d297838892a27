#include "jobs/fub_run.h"

#include "base/json_record.h"
#include "base/text.h"
#include "store/fub_people.h"
#include "store/waiting.h"

namespace dreams::jobs {
namespace {

// An address that FUB does not tell may have come from the listing site meanwhile.
const Keep events_keep{.table = "contact_events",
                       .key = "id",
                       .once = {"imported_at"},
                       .lasting = {"property_address"}};
const Keep activities_keep{.table = "lead_activities", .key = "id", .once = {"imported_at"}};

std::string joined(const std::vector<std::int64_t>& ids) {
    std::string text;
    for (const auto id : ids) text += (text.empty() ? "" : ",") + std::to_string(id);
    return text;
}

/// FUB says of no one that they were merged into another: they end in the stage Trash, in which
/// they may have been before, and what was theirs is counted as the other's (fub-api §5.6).
bool may_be_merged(const store::PersonBefore& before, const sources::FubPerson& person) {
    constexpr std::string_view trash = "Trash";
    return (person.person.stage == trash &&
            (before.stage != trash || before.updated != person.updated)) ||
           person.texts < before.texts || person.emails < before.emails;
}

}  // namespace

FubRun::FubRun(const RunFrame& frame, const sources::Fub& source)
    : Run(frame),
      fub(source),
      people(frame.db),
      events_(frame.db, events_keep),
      activities_(frame.db, activities_keep),
      communications_(frame.db) {}

void FubRun::keep_person(Commit& commit, const sources::FubPerson& person) {
    const FubId id = *person.person.fub_id;
    const bool is_new = !people.find(id);
    const auto before = store::person_before(db, id);
    Kept kept = people.keep(id, person.person, person.created, now);
    const Kept state = store::keep_state(db, {.id = id,
                                              .updated_at = person.updated,
                                              .last_activity_at = person.last_activity,
                                              .texts = person.texts,
                                              .emails = person.emails,
                                              .last_text = person.last_text,
                                              .last_email = person.last_email,
                                              .text_ids = joined(person.text_ids),
                                              .email_ids = joined(person.email_ids),
                                              .phone_works = person.phone_works});
    if (kept == Kept::unchanged && state != Kept::unchanged) kept = Kept::updated;
    commit.count(kept);
    if (before && may_be_merged(*before, person)) store::suspect_handed_over(db, id, now);
    if (is_new) adopt(commit, id, *people.find(id));
}

void FubRun::keep_event(Commit& commit, const sources::FubEvent& event) {
    const auto lead = people.find(event.person);
    if (const auto* act = std::get_if<ContactEvent>(&event.record)) {
        if (!lead) return wait(commit, act->id.text, event.person, "event", *act);
        const Kept kept = keep(*act);
        commit.saw(event.person, kept);
        return commit.count(kept);
    }
    LeadActivity record = std::get<LeadActivity>(event.record);
    if (!lead) return wait(commit, record.id.text, event.person, "activity", record);
    record.lead = *lead;
    const Kept kept = keep(std::move(record));
    // It may have been an act before; what they look at is less by it then.
    if (kept == Kept::created) commit.saw(event.person, Kept::updated);
    commit.count(kept);
}

void FubRun::keep_communication(Commit& commit, sources::FubCommunication communication) {
    ContactCommunication& record = communication.record;
    if (!record.fub_user_name)
        if (auto name = user_name(communication.user_id); !name.empty())
            record.fub_user_name = std::move(name);
    const auto lead = people.find(communication.person);
    if (!lead)
        return wait(commit, record.id.text, communication.person,
                    communication.automated ? "automated" : "communication", record);
    record.lead = *lead;
    commit.count(keep(std::move(record), communication.automated));
}

void FubRun::adopt(Commit& commit, const FubId& person, const LeadId& lead) {
    for (const auto& waited : store::waiting_for(db, person)) {
        if (waited.kind == "event") {
            commit.saw(person, keep(json::from_json<ContactEvent>(waited.record)));
        } else if (waited.kind == "activity") {
            auto record = json::from_json<LeadActivity>(waited.record);
            record.lead = lead;
            keep(std::move(record));
        } else {
            auto record = json::from_json<ContactCommunication>(waited.record);
            record.lead = lead;
            keep(std::move(record), waited.kind == "automated");
        }
        store::stop_waiting(db, waited.id);
    }
}

// An event stands in one of two tables: the other forgets it when the office has it otherwise.

Kept FubRun::keep(ContactEvent record) {
    const auto id = record.id.text;
    const Kept result =
        kept(std::move(record), [&](const auto& each) { return events_.keep(each); });
    if (result == Kept::created) db.run("DELETE FROM lead_activities WHERE id = :id", {{"id", id}});
    return result;
}

Kept FubRun::keep(LeadActivity record) {
    const auto id = record.id.text;
    const Kept result =
        kept(std::move(record), [&](const auto& each) { return activities_.keep(each); });
    if (result == Kept::created) db.run("DELETE FROM contact_events WHERE id = :id", {{"id", id}});
    return result;
}

Kept FubRun::keep(ContactCommunication record, bool automated) {
    return kept(std::move(record),
                [&](const auto& each) { return communications_.keep(each, automated); });
}

Kept FubRun::kept(auto record, const auto& keep) {
    if (record.imported_at == Instant{}) record.imported_at = now;
    const Kept result = keep(record);
    if (result == Kept::created) store::stop_waiting(db, record.id.text);
    return result;
}

void FubRun::wait(Commit& commit, const std::string& id, const FubId& person, std::string kind,
                  const auto& record) {
    commit.count(store::wait(db, {id, person.text, std::move(kind), json::to_json(record), now}));
}

void FubRun::refuse_drop(const std::string& what, std::int64_t known, std::int64_t there) const {
    if (options.accept_drop || !is_drop(known, there)) return;
    throw Error(Fault::unavailable,
                "Follow Up Boss speaks of " + text::grouped(there) + " " + what + " where " +
                    text::grouped(known) +
                    " were known; stopped in case this is a fault there. If it is right, run "
                    "`dreams sync fub --accept-drop`");
}

std::string FubRun::user_name(const std::string& user_id) const {
    if (user_id.empty()) return "";
    return db
        .one<std::string>("SELECT name FROM dreams_users WHERE fub_id = :id", {{"id", user_id}})
        .value_or("");
}

}  // namespace dreams::jobs
