#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "jobs/sync_options.h"
#include "model/notion.h"
#include "model/sync_run.h"
#include "sources/notion.h"

namespace dreams::jobs {

/// Makes the properties here and the pages of a Notion data source agree, field by field
/// (docs/notion.md): what changed on one side is copied to the other; what changed on both is
/// decided by the field's rule or listed as a conflict. New pages become homes, new homes pages.
///
/// What pages say is kept first, a commit a hundred, and the watermark after the last of them; then
/// each home is a commit of its own, so that a run that is cut off goes on where it was. A page is
/// announced in the file before it is made: whoever comes after a killed run looks for it first.
///
/// Throws Error{conflict} when another run holds the lease: nothing was done. Every other failure
/// is in the report: outcome failed, its sentence in `error`. `zone`: the office's, for dates.
SyncReport sync_notion(Db& db, sources::Notion& notion, Clock& clock, const Zone& zone,
                       const SyncOptions& options, Progress& progress);

/// A dry run: reads what pages say and writes nothing, neither here nor there.
NotionPreview preview_notion(Db& db, sources::Notion& notion, const SyncOptions& options);

/// Reads the schema and adds the properties that are missing in it; gives their names.
std::vector<std::string> add_notion_properties(Db& db, sources::Notion& notion);

}  // namespace dreams::jobs
