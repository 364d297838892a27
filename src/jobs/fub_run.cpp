#include "jobs/fub_run.h"

#include <algorithm>

#include "base/json_record.h"
#include "store/fub_people.h"
#include "store/sync_log.h"
#include "store/waiting.h"

namespace dreams::jobs {
namespace {

constexpr std::size_t most_refused_told = 100;

const Keep events_keep{.table = "contact_events", .key = "id", .once = {"imported_at"}};
const Keep activities_keep{.table = "lead_activities", .key = "id", .once = {"imported_at"}};

std::string joined(const std::vector<std::int64_t>& ids) {
    std::string text;
    for (const auto id : ids) text += (text.empty() ? "" : ",") + std::to_string(id);
    return text;
}

store::Waiting waiting(const std::string& id, const FubId& person, std::string kind,
                       const auto& record, Instant now) {
    return {id, person.text, std::move(kind), json::to_json(record), now};
}

}  // namespace

FubRun::FubRun(Db& file, const sources::Fub& source, Clock& clock, const SyncOptions& wanted,
               Progress& shown, store::Lease& lease, SyncReport& told)
    : db(file),
      fub(source),
      options(wanted),
      progress(shown),
      report(told),
      now(clock.now()),
      people(file),
      clock_(clock),
      lease_(lease),
      events_(file, events_keep),
      activities_(file, activities_keep),
      communications_(file) {}

StreamCounts& FubRun::stream(const std::string& name) {
    for (auto& known : report.streams)
        if (known.stream == name) return known;
    return report.streams.emplace_back(StreamCounts{.stream = name});
}

void FubRun::notice(const std::string& sentence) {
    if (std::ranges::find(report.notices, sentence) == report.notices.end())
        report.notices.push_back(sentence);
}

// ---- One page's commit

FubRun::Commit::Commit(FubRun& run, StreamCounts& stream)
    : run_(run), stream_(stream), transaction_(run.db.begin()) {}

void FubRun::Commit::count(Kept kept) {
    ++counts_.processed;
    ++(kept == Kept::created   ? counts_.created
       : kept == Kept::updated ? counts_.updated
                               : counts_.unchanged);
}

void FubRun::Commit::refuse(const sources::Unreadable& record) {
    // Kept as it came: what a later program understands is then still there. The same record
    // again, read anew in an overlap, is no news and not refused a second time.
    const Kept kept =
        store::wait(run_.db, {"unreadable " + record.id, "", "unreadable", record.raw, run_.now});
    if (kept == Kept::unchanged) return count(kept);
    ++counts_.processed;
    ++counts_.failed;
    refused_.push_back({record.id, record.why});
}

void FubRun::Commit::commit() {
    Counts total = run_.report.counts;
    total += counts_;
    store::count_run(run_.db, run_.report.sync_id, total);
    run_.lease_.alive(run_.clock_.now());
    transaction_.commit();
    run_.report.counts = total;
    stream_.counts += counts_;
    for (auto& refused : refused_)
        if (run_.report.refused.size() < most_refused_told)
            run_.report.refused.push_back(std::move(refused));
}

// ---- Records

void FubRun::keep_person(Commit& commit, const sources::FubPerson& person) {
    const FubId id = *person.person.fub_id;
    const bool is_new = !people.find(id);
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
    if (is_new) adopt(id, *people.find(id));
}

void FubRun::keep_event(Commit& commit, const sources::FubEvent& event) {
    const auto lead = people.find(event.person);
    if (const auto* act = std::get_if<ContactEvent>(&event.record)) {
        ContactEvent record = *act;
        record.imported_at = now;
        commit.count(
            lead ? events_.keep(record)
                 : store::wait(db, waiting(record.id.text, event.person, "event", record, now)));
        return;
    }
    LeadActivity record = std::get<LeadActivity>(event.record);
    record.imported_at = now;
    if (lead) record.lead = *lead;
    commit.count(
        lead ? activities_.keep(record)
             : store::wait(db, waiting(record.id.text, event.person, "activity", record, now)));
}

void FubRun::keep_communication(Commit& commit, sources::FubCommunication communication) {
    ContactCommunication& record = communication.record;
    record.imported_at = now;
    if (!record.fub_user_name)
        if (auto name = user_name(communication.user_id); !name.empty())
            record.fub_user_name = std::move(name);
    const auto lead = people.find(communication.person);
    if (lead) {
        record.lead = *lead;
        commit.count(communications_.keep(record, communication.automated));
        return;
    }
    const char* kind = communication.automated ? "automated" : "communication";
    commit.count(store::wait(db, waiting(record.id.text, communication.person, kind, record, now)));
}

void FubRun::adopt(const FubId& person, const LeadId& lead) {
    for (const auto& waited : store::waiting_for(db, person)) {
        if (waited.kind == "event") {
            events_.keep(json::from_json<ContactEvent>(waited.record));
        } else if (waited.kind == "activity") {
            auto record = json::from_json<LeadActivity>(waited.record);
            record.lead = lead;
            activities_.keep(record);
        } else {
            auto record = json::from_json<ContactCommunication>(waited.record);
            record.lead = lead;
            communications_.keep(record, waited.kind == "automated");
        }
        store::stop_waiting(db, waited.id);
    }
}

std::string FubRun::user_name(const std::string& user_id) const {
    if (user_id.empty()) return "";
    return db
        .one<std::string>("SELECT name FROM dreams_users WHERE fub_id = :id", {{"id", user_id}})
        .value_or("");
}

}  // namespace dreams::jobs
