#pragma once

#include <string>
#include <vector>

#include "jobs/timetable.h"

namespace dreams::cli {

/// Where an installation has what, and who runs it. All paths are absolute.
struct Installation {
    std::string program = "/usr/bin/dreams";
    std::vector<std::string> options = {"--config", "/etc/dreams/dreams.toml"};
    std::string folder = "/var/lib/dreams";  ///< where the file is
    std::string backups;  ///< a folder elsewhere that is written too; empty: none
    std::string user = "dreams", group = "dreams";
    /// Whether all of it, secrets' files too, is outside people's homes.
    bool outside_homes = true;
};

/// packaging/dreams.service for that installation; for the default one it is the file itself.
/// Throws Error{invalid}: a path with blanks, quotes, % or $, which systemd reads otherwise.
std::string service_unit(const Installation& installation);

/// The jobs for a cron of a user's own, one line each, in the office's `zone`; those that are off
/// as remarks that say why.
std::string crontab(const Installation& installation, const std::vector<jobs::Scheduled>& jobs,
                    const std::string& zone);

}  // namespace dreams::cli
