#include "cli/timetable_words.h"

#include "base/cron.h"
#include "cli/timetable.h"

namespace dreams::cli {
namespace {

/// What comes in by no job.
const store::DataFlow by_hand[] = {
    {"Listing files and saved listing pages", "dreams import, the page of imports",
     "properties, property_changes"},
    {"The browser extension", "POST /api/v1/properties", "properties, property_changes"},
    {"Other programs", "POST /api/v1/contacts", "leads"},
    {"Another copy of the file", "dreams merge, push, pull; restore puts one in its place",
     "every table but what is each copy's own"},
    {"A file of the predecessor", "dreams migrate", "every table"},
    {"Every sync", "each run", "sync_log"},
};

/// `11:00 daily`, `off`, `11:00 daily; not set up (fub.api_key)`.
std::string schedule_in_words(const Context& context, const KnownJob& job) {
    const auto schedule = schedule_of(context, job).schedule;
    if (schedule.empty()) return "off";
    const auto lacks = lacking(context, job);
    return Cron(schedule).in_words() + (lacks.empty() ? "" : "; not set up (" + lacks + ")");
}

}  // namespace

std::vector<store::DictionaryJob> dictionary_jobs(const Context& context) {
    std::vector<store::DictionaryJob> all;
    for (const auto& job : known_jobs()) {
        const auto only = schedule_of(context, job).environment;
        all.push_back({.schedule = schedule_in_words(context, job),
                       .job = std::string(job.title),
                       .environment = only.empty() ? "DEV + PRD" : environment_name(only)});
    }
    return all;
}

std::vector<store::DataFlow> data_flows(const Context& context) {
    std::vector<store::DataFlow> all;
    for (const auto& job : known_jobs())
        if (!job.source.empty())
            all.push_back({.source = std::string(job.source),
                           .way = std::string(job.command) + ": " + schedule_in_words(context, job),
                           .tables = std::string(job.tables)});
    all.insert(all.end(), std::begin(by_hand), std::end(by_hand));
    return all;
}

std::string environment_name(const std::string& environment) {
    return environment == "prd" ? "PRD" : "DEV";
}

}  // namespace dreams::cli
