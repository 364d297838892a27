#include <fmt/format.h>

#include "bench/bare.h"
#include "bench/bench.h"
#include "jobs/rescore.h"
#include "model/scoring_snapshot.h"
#include "score/policy.h"
#include "store/schema.h"

namespace dreams::bench {
namespace {

using namespace std::chrono;

template <Record... R>
std::vector<std::string> names() {
    std::vector<std::string> all;
    (([&] {
         for (const auto name : detail::column_names<R>()) all.emplace_back(name);
     }()),
     ...);
    return all;
}

std::string joined(const std::vector<std::string>& names, const std::string& between,
                   const std::string& after = "") {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : between) + name + after;
    return text;
}

const std::vector<std::string>& lead_columns() {
    static const auto columns = names<Scores, Activity, Intent>();
    return columns;
}
const std::vector<std::string>& snapshot_columns() {
    static const auto columns = names<ScoringSnapshot>();
    return columns;
}

/// Every column of every row that a rescore looks at, taken and thrown away. Gives the seconds.
double bare_scan(const std::string& path) {
    const Bare db(path);
    const Stopwatch watch;
    for (const char* sql :
         {"SELECT id, fub_id, stage, source, created_at, tags, heat_score, value_score, "
          "relationship_score, priority_score, total_events FROM leads",
          "SELECT fub_id, last_activity_at, stale_since, phone_works FROM dreams_fub_people",
          "SELECT contact_id, event_type, occurred_at, property_mls, property_address, "
          "property_price FROM contact_events",
          "SELECT id, contact_id, comm_type, occurred_at, direction, status, duration_seconds "
          "FROM contact_communications",
          "SELECT communication_id FROM dreams_automated",
          "SELECT lead_id, activity_type, occurred_at FROM lead_activities",
          // Of the snapshots only the day's before; the others need not be read.
          "SELECT contact_id, id, heat_score FROM contact_scoring_history "
          "WHERE recorded_at = (SELECT max(recorded_at) FROM contact_scoring_history)"})
        db.prepare(sql).scan();
    return watch.seconds();
}

/// What a rescore wrote, read back: for each person the values of each table's statement.
struct Written {
    std::vector<Cells> leads, reasons, snapshots;
};

Written written(const std::string& path, Instant as_of) {
    const Bare db(path);
    return {
        db.prepare("SELECT " + joined(lead_columns(), ", ") + ", id FROM leads ORDER BY id").read(),
        db.prepare("SELECT lead_id, policy, reason, barred FROM dreams_lead_scores "
                   "ORDER BY lead_id")
            .read(),
        db.prepare("SELECT " + joined(snapshot_columns(), ", ") +
                   " FROM contact_scoring_history WHERE recorded_at = '" + to_text(as_of) +
                   "' ORDER BY contact_id")
            .read()};
}

/// The same values into the same tables by prepared statements, in one transaction. Gives the
/// seconds.
double bare_write(const std::string& path, const Written& rows) {
    Bare db(path);
    const Stopwatch watch;
    db.run("BEGIN IMMEDIATE");
    {
        auto lead = db.prepare("UPDATE leads SET " + joined(lead_columns(), ", ", " = ?") +
                               " WHERE id = ?");
        auto reason = db.prepare(
            "INSERT INTO dreams_lead_scores (lead_id, policy, reason, barred) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (lead_id) DO UPDATE SET policy = excluded.policy, "
            "reason = excluded.reason, barred = excluded.barred");
        auto snapshot = db.prepare(
            "INSERT INTO contact_scoring_history (" + joined(snapshot_columns(), ", ") +
            ") VALUES (" + joined(std::vector<std::string>(snapshot_columns().size(), "?"), ", ") +
            ")");
        for (std::size_t i = 0; i < rows.leads.size(); ++i) {
            lead.write(rows.leads[i]);
            reason.write(rows.reasons[i]);
            snapshot.write(rows.snapshots[i]);
        }
    }
    db.run("COMMIT");
    return watch.seconds();
}

jobs::RescoreReport rescore(const std::string& path, Instant as_of) {
    Db db = store::open_file(path);
    jobs::Progress silence;
    return jobs::rescore(db, score::house_policy(), as_of, Zone("America/New_York"), {}, silence);
}

void check_same(const std::string& one, const std::string& other) {
    const bool same =
        same_rows(one, other, "leads") && same_rows(one, other, "dreams_lead_scores") &&
        same_rows(one, other, "contact_scoring_history", joined(snapshot_columns(), ", "));
    if (!same)
        throw Error(Fault::internal, "the rescore wrote other rows than the bare statements");
}

}  // namespace

void rescoring(const Setting& setting, const std::string& file, Table& table) {
    const auto one = setting.folder.file("rescored.db"), other = setting.folder.file("written.db");
    Best reading, scoring, thinking, writing, scanning, bare_writing;
    for (int run = 0; run < setting.runs; ++run) {
        copy_file(file, one);
        copy_file(file, other);
        scanning.see(bare_scan(one));
        const auto report = rescore(one, monday);
        reading.see(report.reading_seconds);
        scoring.see(report.scoring_seconds);
        thinking.see(report.reading_seconds + report.scoring_seconds);
        writing.see(report.writing_seconds);
        bare_writing.see(bare_write(other, written(one, monday)));
    }
    check_same(one, other);
    const double read_ratio = thinking.seconds() / scanning.seconds();
    const double write_ratio = writing.seconds() / bare_writing.seconds();
    table.add({"rescore: reading and scoring", milliseconds(thinking.seconds()),
               milliseconds(scanning.seconds()), read_ratio, "≤ 2", read_ratio <= 2});
    table.add({"  of this, scoring alone", milliseconds(scoring.seconds())});
    table.add({"rescore: writing", milliseconds(writing.seconds()),
               milliseconds(bare_writing.seconds()), write_ratio, "≤ 2", write_ratio <= 2});
}

}  // namespace dreams::bench
