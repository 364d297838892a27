#pragma once

#include "base/json_writer.h"
#include "base/unfinished_file.h"
#include "store/backup.h"

namespace dreams::store {

/// Writes member `tables` of an object that is being written: rows and hash of each table.
void write_tables(json::Writer& json, const Backup& backup);

/// Writes what `backup` is into what is to be its manifest, `<its file>.json`.
void write_manifest(const Backup& backup, const UnfinishedFile& manifest);

}  // namespace dreams::store
