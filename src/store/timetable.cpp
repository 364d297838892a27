#include "store/timetable.h"

namespace dreams::store {

std::vector<TimedJob> timed_jobs(Db& db) {
    return db.list<TimedJob>("SELECT * FROM dreams_jobs ORDER BY name");
}

std::optional<TimedJob> timed_job(Db& db, const std::string& name) {
    return db.one<TimedJob>("SELECT * FROM dreams_jobs WHERE name = :name", {{"name", name}});
}

std::string lease_of_job(const std::string& name) {
    return "job " + name;
}

void keep_timed_job(Db& db, const TimedJob& job) {
    Keeper<TimedJob>(db, {.table = "dreams_jobs", .key = "name"}).keep(job);
}

void ask_for_job(Db& db, const std::string& name, Instant now) {
    const auto job = timed_job(db, name);
    if (!job) throw Error(Fault::not_found, "There is no job " + name + " in the timetable");
    if (job->why_off && job->schedule.empty())
        throw Error(Fault::conflict, name + " is off: " + *job->why_off);
    db.run("UPDATE dreams_jobs SET due_at = :now WHERE name = :name",
           {{"now", now}, {"name", name}});
}

}  // namespace dreams::store
