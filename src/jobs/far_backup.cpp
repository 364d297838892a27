#include "jobs/far_backup.h"

#include <filesystem>
#include <fstream>
#include <random>

#include "base/json.h"
#include "base/json_writer.h"
#include "base/small_file.h"
#include "store/lease.h"

namespace dreams::jobs {
namespace {

namespace fs = std::filesystem;
constexpr store::KeepRule newest_alone{.recent = 1, .daily = 0, .weekly = 0, .monthly = 0};

std::string memory_of(const FarBackups& backups) {
    return fs::path(backups.plan.folder) / ("carried-" + backups.plan.environment + ".json");
}

void remember(const FarBackups& backups, const store::Backup& backup) {
    std::string text;
    json::Writer(text)
        .begin_object()
        .member("target", backups.target)
        .member("file", fs::path(backup.file).filename().string())
        .member("made_at", backup.made_at)
        .member("lineage", backup.lineage)
        .end_object();
    keep_text(memory_of(backups), text + "\n");
}

/// As a killed carrier's is told from a backup: it has no manifest.
std::string passing(const std::string& name) {
    std::random_device random;  // the operating system's
    char mark[16];
    std::snprintf(mark, sizeof mark, ".partial-%06x", random() & 0xffffffu);
    return name + mark;
}

void carry(const FarBackups& backups, FarFolder& there, const store::Backup& backup,
           const Zone& zone) {
    const auto name = fs::path(backup.file).filename().string();
    const store::Whose whose{backup.environment, backup.lineage, backup.copy};
    // First, since what cut connections left may have filled the disk.
    there.remove(store::left_unproved(there.names(), whose, backup.made_at));
    const auto file = passing(name), manifest = passing(name + ".json");
    there.put(backup.file, file);
    there.put(backup.file + ".json", manifest);
    const auto names = there.rename({{file, name}, {manifest, name + ".json"}});
    there.remove(store::to_remove(names, whose, zone, backups.plan.keep, backup.made_at));
}

}  // namespace

std::string FarBackups::folder_beside(const std::string& database) {
    return database + ".backups";
}

store::Backup make_far_backup(Db& db, const FarBackups& backups, Instant now, const Zone& zone) {
    auto far = FarSide::from(backups.target);
    far.ssh_config = backups.ssh_config;
    FarFolder there(far, false);
    const store::Lease lease(db, "backup to another machine", now);
    auto plan = backups.plan;
    plan.keep = newest_alone;
    auto backup = store::make_backup(db, plan, now, zone);
    try {
        carry(backups, there, backup, zone);
    } catch (const Error& error) {
        throw Error(error.fault(), std::string(error.what()) +
                                       "; the backup is proved and stays in " + backup.file +
                                       " until one gets to " + backups.target);
    }
    remember(backups, backup);
    fs::remove(backup.file + ".json");
    fs::remove(backup.file);
    backup.file = backups.target + "/" + fs::path(backup.file).filename().string();
    backup.removed.clear();  // here; the next backup takes its place in any case
    return backup;
}

std::optional<Carried> last_carried(const FarBackups& backups, const std::string& lineage) {
    std::ifstream in(memory_of(backups), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    boost::system::error_code no_json;
    const auto told = boost::json::parse(text, no_json);
    if (no_json) return std::nullopt;
    const auto target = json::text(told, "target"), made_at = json::text(told, "made_at");
    const auto instant = made_at ? instant_from(*made_at) : std::nullopt;
    if (target != backups.target || json::text(told, "lineage") != lineage || !instant)
        return std::nullopt;
    return Carried{*target, json::text(told, "file").value_or(""), *instant};
}

FetchedBackup::FetchedBackup(const std::string& url, const std::string& ssh_config,
                             const std::string& database, bool may_ask)
    : file_((remove_leftovers(database + "."), database + ".fetched")) {
    auto far = FarSide::from(url);
    const auto slash = far.path.rfind('/');
    const auto name = far.path.substr(slash + 1);  // from the beginning where there is none
    far.path = slash == std::string::npos ? "." : far.path.substr(0, slash + 1);
    far.ssh_config = ssh_config;
    FarFolder there(far, may_ask);
    if (!there.get(name, file_.name())) throw Error(Fault::not_found, "there is no file " + url);
    const auto manifest = file_.name() + ".json";
    if (!there.get(name + ".json", manifest)) fs::remove(manifest);
}

FetchedBackup::~FetchedBackup() {
    std::error_code gone;  // where it has none
    fs::remove(file_.name() + ".json", gone);
}

}  // namespace dreams::jobs
