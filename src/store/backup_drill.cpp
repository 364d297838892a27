#include "store/backup_drill.h"

#include <filesystem>
#include <fstream>

#include "base/json.h"
#include "base/json_writer.h"
#include "base/small_file.h"
#include "store/clock_drift.h"
#include "store/lease.h"
#include "store/restore.h"

namespace dreams::store {
namespace {

namespace fs = std::filesystem;
using std::chrono::weeks;

std::string memory_of(const std::string& folder, const Whose& whose) {
    return fs::path(folder) /
           ("drill-" + whose.environment + "-" + whose.lineage.substr(0, 8) + ".json");
}

void remember(const std::string& folder, const Whose& whose, const Drill& drill) {
    std::string text;
    json::Writer(text)
        .begin_object()
        .member("at", drill.at)
        .member("file", drill.file)
        .member("failure", drill.failure)
        .end_object();
    keep_text(memory_of(folder, whose), text + "\n");
}

/// Those but the newest, which was opened when it was made, that this key opens.
std::vector<std::string> to_choose_from(const BackupPlan& plan, const Whose& whose) {
    const auto all = backups(plan.folder, whose);
    std::vector<std::string> files;
    for (std::size_t i = 1; i < all.size(); ++i)
        if (all[i].key.empty() || (plan.key && all[i].key == plan.key->fingerprint()))
            files.push_back(all[i].file);
    return files;
}

/// Empty: it is whole.
std::string failure_of(const std::string& file, const std::string& database,
                       const std::optional<PackKey>& key) {
    try {
        const OpenedBackup opened(file, database, key);
        return "";
    } catch (const Error& error) {
        if (error.fault() != Fault::invalid) throw;
        return error.what();
    }
}

}  // namespace

std::optional<Drill> drill_older(Db& db, const BackupPlan& plan, Instant now) {
    const Lease lease(db, "backup", now);
    const auto whose = whose_backups(db, plan.environment);
    const auto last = last_drill(plan.folder, whose);
    const bool again = last && !last->failure.empty();
    const auto since = last ? now - last->at : weeks{1};
    // One of a future day was done under a clock that was ahead: it says nothing of when.
    if (!again && since < weeks{1} && since > -clocks_differ) return std::nullopt;
    auto file = again ? (fs::path(plan.folder) / last->file).string() : "";
    if (!again) {
        const auto files = to_choose_from(plan, whose);
        if (files.empty()) return std::nullopt;
        const auto week = std::chrono::floor<weeks>(now).time_since_epoch().count();
        file = files[static_cast<std::size_t>(week) % files.size()];
    }
    const Drill drill{now, fs::path(file).filename(), failure_of(file, db.path(), plan.key)};
    remember(plan.folder, whose, drill);
    return drill;
}

std::optional<Drill> last_drill(const std::string& folder, const Whose& whose) {
    std::ifstream in(memory_of(folder, whose), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    boost::system::error_code no_json;
    const auto told = boost::json::parse(text, no_json);
    if (no_json) return std::nullopt;  // none yet: nothing is kept there
    const auto at = json::text(told, "at"), file = json::text(told, "file");
    const auto instant = at ? instant_from(*at) : std::nullopt;
    if (!instant || !file || !fs::exists(fs::path(folder) / *file)) return std::nullopt;
    return Drill{*instant, *file, json::text(told, "failure").value_or("")};
}

}  // namespace dreams::store
