#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/packed_file.h"
#include "base/time.h"
#include "store/backup_keep.h"
#include "store/table_proof.h"

namespace dreams::store {

/// Where backups go, and how.
struct BackupPlan {
    std::string folder;
    std::string environment;     ///< `dev` or `prd`: in the name, so that one folder serves both
    std::optional<PackKey> key;  ///< none: compressed only
    KeepRule keep;
};

/// A backup that was opened again and found to hold what the file holds.
struct Backup {
    std::string file;  ///< `dreams-prd-…-1a2b3c4d-5e6f7a8b.db.zst`; the manifest: `.json`
    std::int64_t bytes = 0;
    Instant made_at;
    std::string environment;
    std::string lineage = {}, copy = {};  ///< dreams_origin's; empty: not known
    std::string key = {};                 ///< fingerprint of its key; empty: none, or not known
    std::vector<TableProof> tables;
    std::int64_t orphans = 0;               ///< rows that refer to a row that is not there
    std::vector<std::string> removed = {};  ///< older backups that the rule does not keep
};

/// Copies the file as of one moment while others go on with it, checks the copy (integrity, foreign
/// keys), packs it, unpacks what was packed, which must be the copy to the last byte, and reads
/// every table of that. Only then it gets its name, and the manifest with rows and hashes of every
/// table its own last: a backup without one is unproved. The copy lies in the folder meanwhile, or,
/// where there is a key, beside the file. Then removes what the rule does not keep
/// of the same copy, and what a killed program left of it. Of a file without a stamp nothing is
/// removed by the rule.
/// Throws Error: invalid (the file is damaged), conflict (another backup is under way),
/// unavailable (the folder, the disk); no file of a backup's name is left half done.
Backup make_backup(Db& db, const BackupPlan& plan, Instant now, const Zone& zone);

/// Whose backups those of `db` are in `environment`.
Whose whose_backups(Db& db, const std::string& environment);

/// The proved backups of `environment` in `folder`, of whatever file, newest first, as their
/// manifests tell them. A manifest that cannot be read is no proof and is left out, as
/// is a file of another size than its manifest says: what is left of it is no backup.
std::vector<Backup> backups(const std::string& folder, const std::string& environment);

/// Those of one file and its copies alone; older manifests do not say whose they are.
std::vector<Backup> backups(const std::string& folder, const Whose& whose);

/// Those of one copy whose manifest is there while the file is gone or of another size: they were
/// proved once and cannot be restored any more. Newest first.
std::vector<Backup> cut_short(const std::string& folder, const Whose& whose);

/// What the manifest beside `file` says; none: there is none that can be read.
std::optional<Backup> manifest_of(const std::string& file);

}  // namespace dreams::store
