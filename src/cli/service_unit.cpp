#include "cli/service_unit.h"

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "packaging/service_unit.h"

namespace dreams::cli {
namespace {

const std::string& plain(const std::string& path) {
    if (path.find_first_of(" \t\n\"'\\%$;") != std::string::npos)
        throw Error(Fault::invalid, "systemd would misread " + path +
                                        ": DREAMS, its settings and its file must lie where no "
                                        "blank, quote, backslash, %, $ or ; is in the path");
    return path;
}

std::string words_of(const Installation& installation) {
    std::string words = plain(installation.program);
    for (const auto& option : installation.options) words += " " + plain(option);
    return words;
}

/// What a line of the unit is over there; none: it is left out.
std::optional<std::string> filled(std::string_view line, const Installation& installation) {
    constexpr std::string_view state = "/var/lib/";
    const bool has_state =
        installation.folder.starts_with(state) && installation.folder.size() > state.size();
    const auto key = std::string(line.substr(0, line.find('=') + 1));
    if (key == "ExecStart=") return key + words_of(installation) + " serve";
    if (key == "User=") return key + installation.user;
    if (key == "Group=") return key + installation.group;
    if (key == "WorkingDirectory=") return key + plain(installation.folder);
    if (key.starts_with("StateDirectory") && !has_state) return std::nullopt;
    if (key == "StateDirectory=") return key + installation.folder.substr(state.size());
    if (key == "ReadWritePaths=")
        return key + installation.folder +
               (installation.backups.empty() ? "" : " " + plain(installation.backups));
    if (key == "ProtectHome=" && !installation.outside_homes) return key + "read-only";
    return std::string(line);
}

/// A word as sh takes it, and no cron reads anything into.
std::string for_cron(const std::string& word) {
    std::string quoted;
    for (const char c : word) {
        if (c == '%') quoted += '\\';
        quoted += c == '\'' ? "'\\''" : std::string(1, c);
    }
    const bool bare = std::ranges::all_of(word, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("/._-+@:,=").find(c) != std::string_view::npos;
    });
    return bare ? word : "'" + quoted + "'";
}

}  // namespace

std::string service_unit(const Installation& installation) {
    std::string unit;
    std::string_view rest = packaging::service_unit;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size() - 1);
        if (const auto line = filled(rest.substr(0, end), installation)) unit += *line + "\n";
        rest.remove_prefix(end + 1);
    }
    return unit;
}

std::string crontab(const Installation& installation, const std::vector<jobs::Scheduled>& jobs,
                    const std::string& zone) {
    std::string command =
        "cd " + for_cron(installation.folder) + " && " + for_cron(installation.program);
    for (const auto& option : installation.options) command += " " + for_cron(option);
    std::string lines =
        "# The timetable of DREAMS, for the crontab of " + installation.user +
        "; then no other program need do it: `dreams serve --no-jobs`.\n"
        "# A cron that does not know CRON_TZ (Debian's) goes by the machine's zone: let that be " +
        zone + ".\nCRON_TZ=" + zone + "\n";
    for (const auto& job : jobs)
        lines += job.when ? std::string(text::trimmed(job.when->text())) + " " + command +
                                " --quiet run --once " + job.name + "\n"
                          : "# not " + job.name + ": " + job.why_off + "\n";
    return lines;
}

}  // namespace dreams::cli
