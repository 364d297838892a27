#pragma once

// What tests of the store and of everything above it begin with: a file with the schema, people
// and what they did. Real SQLite, never a mock.

#include <algorithm>
#include <string>
#include <string_view>

#include "base/db.h"
#include "base/text.h"
#include "model/contact_communication.h"
#include "model/contact_event.h"
#include "model/lead.h"
#include "model/lead_activity.h"
#include "model/scoring_snapshot.h"
#include "store/schema.h"
#include "support/folder.h"

namespace dreams::test {

/// Monday, 19 January 2026, 11:00 in New York: the "now" of tests that need only one.
constexpr Instant monday{std::chrono::sys_days{std::chrono::January / 19 / 2026} +
                         std::chrono::hours{16}};

/// A fresh database in memory, with the whole schema.
inline Db database() {
    Db db = Db::open(":memory:", Db::Mode::create);
    store::create_schema(db);
    db.script("PRAGMA user_version = " + std::to_string(store::schema_version));
    return db;
}

/// A fresh file `name` in `folder`, as `dreams init` makes it: for tests with two connections,
/// with processes, or about files.
inline Db database(const Folder& folder, const std::string& name = "dreams.db") {
    store::init_file(folder.file(name));
    return store::open_file(folder.file(name));
}

/// The FUB number that `lead(name)` has: made from the name, the same in every run.
inline FubId fub_id_of(std::string_view name) {
    return {std::to_string(1000 + text::hash(name) % 9'000'000)};
}

/// A person of FUB with that name and these heat and priority scores, who may be called: stage
/// `Lead`, a phone, an e-mail. leads.id differs from fub_id, so that a join of the wrong ones
/// finds nobody.
inline Lead lead(const std::string& name, std::int64_t score = 50) {
    const auto space = name.find(' ');
    Lead lead;
    lead.id = {"lead-" + text::lower(name)};
    std::ranges::replace(lead.id.text, ' ', '-');
    lead.person.fub_id = fub_id_of(name);
    lead.person.external_id = lead.person.fub_id->text;
    lead.person.external_source = "fub";
    lead.person.first_name = name.substr(0, space);
    lead.person.last_name = space == std::string::npos ? "Test" : name.substr(space + 1);
    lead.person.email = text::lower(*lead.person.first_name) + "@example.com";
    lead.person.phone = "(828) 555-0100";
    lead.person.stage = "Lead";
    lead.person.type = "buyer";
    lead.scores.heat = lead.scores.priority = score;
    lead.stamps = {.created_at = monday, .updated_at = monday, .last_synced_at = monday};
    return lead;
}

/// The person as a row of leads; gives what was added.
inline Lead add_lead(Db& db, const std::string& name, std::int64_t score = 50) {
    Lead person = lead(name, score);
    db.add("leads", person);
    return person;
}

/// A view of a 450,000-dollar home; `number` is FUB's id of the event.
inline ContactEvent event(const Lead& who, std::int64_t number, Instant at = monday,
                          EventKind kind = EventKind::property_view) {
    ContactEvent event;
    event.id = {"evt_" + std::to_string(number)};
    event.person = *who.person.fub_id;
    event.kind = kind;
    event.occurred_at = at;
    event.property_address = "12 Elm St, Asheville, NC 28801";
    event.property_price = 450'000;
    event.property_mls = "4100001";
    event.fub_event_id = std::to_string(number);
    event.imported_at = at;
    return event;
}

/// A call of two minutes, or a text, or an e-mail; `number` is FUB's id of it.
inline ContactCommunication communication(const Lead& who, std::int64_t number, Instant at = monday,
                                          CommKind kind = CommKind::call,
                                          Direction direction = Direction::inbound) {
    ContactCommunication comm;
    comm.id = {std::string(word(kind)) + "_" + std::to_string(number)};
    comm.lead = who.id;
    comm.kind = kind;
    comm.direction = direction;
    comm.occurred_at = at;
    if (kind == CommKind::call) comm.duration_seconds = 120;
    comm.fub_id = std::to_string(number);
    comm.fub_user_name = "Joseph Agent";
    comm.status = CommStatus::completed;
    comm.imported_at = at;
    return comm;
}

/// Something of FUB's that is none of the four acts, e.g. `property_inquiry`.
inline LeadActivity activity(const Lead& who, std::int64_t number, const std::string& type,
                             Instant at = monday) {
    LeadActivity activity;
    activity.id = {"evt_" + std::to_string(number)};
    activity.lead = who.id;
    activity.type = type;
    activity.source = "fub";
    activity.data = JsonText{"{}"};
    activity.occurred_at = at;
    activity.imported_at = at;
    return activity;
}

/// A day's snapshot with this heat and priority.
inline ScoringSnapshot snapshot(const Lead& who, Instant at, double heat) {
    ScoringSnapshot snapshot;
    snapshot.lead = who.id;
    snapshot.recorded_at = at;
    snapshot.heat = snapshot.priority = heat;
    return snapshot;
}

/// Every row of every table as text, in one order: two files are equal when their dumps are.
/// Side tables and the engine's own (sequences) are included.
inline std::string dump(Db& db) {
    std::string text;
    for (const auto& table : db.list<std::string>(
             "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")) {
        text += "== " + table + "\n";
        std::string columns;
        for (const auto& column : db.list<std::string>(
                 "SELECT name FROM pragma_table_info(:table) ORDER BY name", {{"table", table}}))
            columns +=
                (columns.empty() ? "" : " || '|' || ") + std::string("quote(\"") + column + "\")";
        for (const auto& row :
             db.list<std::string>("SELECT " + columns + " FROM \"" + table + "\" ORDER BY 1"))
            text += row + "\n";
    }
    return text;
}

}  // namespace dreams::test
