#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/json_writer.h"
#include "base/unfinished_file.h"
#include "cli/commands.h"
#include "cli/service_unit.h"
#include "cli/timetable.h"

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;

constexpr auto unit_name = "dreams.service";

std::string absolute(const std::string& path) {
    return fs::absolute(path).lexically_normal().string();
}

bool is_in_a_home(const std::string& path) {
    return path.starts_with("/home/") || path.starts_with("/root/") ||
           path.starts_with("/run/user/");
}

/// Whose the file is, or will be: the owner of what is there of its path.
void set_owner(Installation& installation, const std::string& file) {
    struct stat status {};
    fs::path there = file;
    while (::stat(there.c_str(), &status) != 0 && there.has_relative_path())
        there = there.parent_path();
    const auto* user = ::getpwuid(status.st_uid);
    installation.user = user ? user->pw_name : std::to_string(status.st_uid);
    const auto gid = user ? user->pw_gid : status.st_gid;
    const auto* group = ::getgrgid(gid);
    installation.group = group ? group->gr_name : std::to_string(gid);
}

/// The folder of backups that is not below the file's; empty: it is, or on another machine.
std::string backups_elsewhere(const Context& context, const std::string& folder) {
    auto backups = context.settings.text("backup.folder");
    if (backups.starts_with("ssh://")) return "";
    backups = (fs::path(folder) / backups).lexically_normal().string();
    return (backups + "/").starts_with(folder + "/") ? "" : backups;
}

/// Everything that the service has to find.
std::vector<std::string> paths_of(const Context& context, const Installation& here) {
    std::vector<std::string> paths{here.program, absolute(context.settings.text("database"))};
    const auto& config = context.settings.file();
    const auto& ssh = context.settings.text("backup.ssh_config");
    for (const auto& each : {config, here.backups, ssh})
        if (!each.empty()) paths.push_back(absolute(each));
    for (const auto& [key, path] : context.settings.secret_files()) paths.push_back(absolute(path));
    return paths;
}

Installation installation_of(const Context& context) {
    const auto& settings = context.settings;
    const auto database = absolute(settings.text("database"));
    Installation here{.program = fs::read_symlink("/proc/self/exe").string(),
                      .options = {},
                      .folder = fs::path(database).parent_path()};
    here.backups = backups_elsewhere(context, here.folder);
    if (!settings.file().empty()) here.options = {"--config", absolute(settings.file())};
    // Where the settings' file does not say it, the command line must.
    const auto entry = std::ranges::find(settings.entries(), "database",
                                         [](const auto& each) { return each.setting->key; });
    if (entry->source != settings.file() || entry->value != database) {
        here.options.push_back("--database");
        here.options.push_back(database);
    }
    set_owner(here, database);
    here.outside_homes = std::ranges::none_of(paths_of(context, here), is_in_a_home);
    return here;
}

/// The service has folders /tmp and /var/tmp of its own.
void warn_of_passing_places(const Context& context, const Installation& here) {
    std::string there;
    for (const auto& path : paths_of(context, here))
        if (path.starts_with("/tmp/") || path.starts_with("/var/tmp/"))
            there += (there.empty() ? "" : ", ") + path;
    if (!there.empty())
        remark(context, "The service would not see " + there +
                            ": what lies below /tmp or /var/tmp is hidden from it (PrivateTmp).");
}

/// What is set in this shell alone, and neither systemd nor cron will know.
void warn_of_environment(const Context& context) {
    std::vector<std::string> names;
    for (const auto& entry : context.settings.entries())
        if (entry.source.starts_with("DREAMS_") && entry.setting->key != "database")
            names.push_back(entry.source);
    std::string listed;
    for (const auto& name : names) listed += (listed.empty() ? "" : ", ") + name;
    if (!names.empty())
        remark(context, "Only this shell has " + listed +
                            ": what is installed does not see it; put it into dreams.toml.");
}

void warn_of_root(const Context& context, const Installation& here) {
    if (here.user == "root")
        remark(context, here.folder +
                            " belongs to root, and so DREAMS would run as root: better give the "
                            "folder to a user of its own (docs/running.md).");
}

std::string written_to(const std::string& folder, const std::string& unit) {
    const auto path = absolute((fs::path(folder) / unit_name).string());
    UnfinishedFile file(path);
    std::ofstream out(file.name(), std::ios::binary);
    out << unit << std::flush;
    if (!out) throw Error(Fault::unavailable, path + " cannot be written");
    fs::permissions(file.name(), fs::perms(0644));  // anybody may read how a service runs
    file.finish();
    return path;
}

void print_both(const std::string& unit, const std::string& lines) {
    print("Nothing was done. There are two ways to have DREAMS run on a server:");
    print("");
    print(
        "1. systemd runs the dashboard with its timetable. What `dreams install --units "
        "/etc/systemd/system` writes there:");
    print("");
    print_lines(unit);
    print("");
    print("2. A cron does the jobs. What `dreams install --crontab` prints:");
    print("");
    print_lines(lines);
}

void print_members(const std::vector<std::pair<std::string_view, std::string>>& members) {
    std::string out;
    json::Writer json(out);
    json.begin_object();
    for (const auto& [name, value] : members) json.member(name, value);
    json.end_object();
    print_json(out);
}

}  // namespace

int install(const Context& context, const InstallArguments& arguments) {
    const auto here = installation_of(context);
    warn_of_environment(context);
    warn_of_root(context, here);
    const auto lines = crontab(here, scheduled_jobs(context), context.settings.text("zone"));
    if (arguments.crontab) {
        context.json ? print_members({{"crontab", lines}}) : print_lines(lines);
    } else if (!arguments.units.empty()) {
        warn_of_passing_places(context, here);
        const auto path = written_to(arguments.units, service_unit(here));
        if (context.json)
            print_members({{"unit", path}});
        else
            print("wrote " + path +
                  "; next: systemctl daemon-reload && systemctl enable --now dreams");
    } else {
        const auto unit = service_unit(here);
        context.json ? print_members({{"unit", unit}, {"crontab", lines}})
                     : print_both(unit, lines);
    }
    return exit_done;
}

}  // namespace dreams::cli
