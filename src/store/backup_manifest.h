#pragma once

#include "base/unfinished_file.h"
#include "store/backup.h"

namespace dreams::store {

/// Writes what `backup` is into what is to be its manifest, `<its file>.json`.
void write_manifest(const Backup& backup, const UnfinishedFile& manifest);

}  // namespace dreams::store
