#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace dreams::store {

/// Whose backups: those of one file and its copies in one environment. One folder may serve several
/// files; what one of them made is never counted or removed for another.
struct Whose {
    std::string environment;  ///< `dev` or `prd`
    std::string lineage;      ///< dreams_origin's; empty: the file has no stamp
    std::string copy = {};    ///< dreams_origin's
};

/// How many backups are kept: all of the last 24 hours before the newest one, up to so many; and
/// the newest of each of so many days, weeks and months of the office's calendar that have one.
struct KeepRule {
    int recent = 24, daily = 7, weekly = 5, monthly = 12;
};

/// What a backup's file is called, `dreams-prd-20260119T160000Z-1a2b3c4d-5e6f7a8b.db` and how it is
/// packed: the last two are the beginnings of its lineage and of the copy that it was made of.
std::string backup_stem(const Whose& whose, Instant made_at);

/// Whether a file, by its name a backup of these or what is beside one or was to become one, is
/// nobody's work any more at `now`: who makes backups of `whose` is at none. An older program's
/// names do not say of which copy: what is of the last day may be another's.
bool is_left_of(const std::string& name, const Whose& whose, Instant now);

/// Of a folder's files, those of `whose` that are unproved or were left half done a day before
/// `now` or earlier. None for a file without a stamp: who else has none is not known.
std::vector<std::string> left_unproved(const std::vector<std::string>& names, const Whose& whose,
                                       Instant now);

/// Of a folder's files, those that are to go when a backup was made at `now`: what the rule does
/// not keep of the proved backups of `whose` (the manifest before its file: without it the rest is
/// no backup), and what is left_unproved(). None for a file without a stamp.
std::vector<std::string> to_remove(const std::vector<std::string>& names, const Whose& whose,
                                   const Zone& zone, const KeepRule& rule, Instant now);

/// Which of these backups to keep, newest first. The newest one is always among them.
std::vector<Instant> to_keep(std::vector<Instant> backups, const Zone& zone, const KeepRule& rule);

}  // namespace dreams::store
