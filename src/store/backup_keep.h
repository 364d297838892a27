#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace dreams::store {

/// How many backups are kept: the newest of each of so many days, weeks and months of the office's
/// calendar that have one.
struct KeepRule {
    int daily = 7, weekly = 5, monthly = 12;
};

/// What a backup's file is called: `dreams-prd-20260119T160000Z.db`, and how it is packed.
std::string backup_stem(const std::string& environment, Instant made_at);

/// Of a folder's files, those that are to go when a backup was made at `now`: what the rule does
/// not keep of the proved backups of `environment` (the manifest before its file: without it the
/// rest is no backup), and what is unproved or was left half done a day ago or earlier.
std::vector<std::string> to_remove(const std::vector<std::string>& names,
                                   const std::string& environment, const Zone& zone,
                                   const KeepRule& rule, Instant now);

/// Which of these backups to keep, newest first. The newest one is always among them.
std::vector<Instant> to_keep(std::vector<Instant> backups, const Zone& zone, const KeepRule& rule);

}  // namespace dreams::store
