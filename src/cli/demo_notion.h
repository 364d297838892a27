#pragma once

#include "base/db.h"
#include "base/time.h"
#include "jobs/progress.h"
#include "sim/notion/workspace.h"

namespace dreams::cli {

/// A workspace's properties database as an office has it, with a page that only Notion knows.
void furnish(sim::NotionWorkspace& workspace);

/// Brings the file's homes into the workspace; then somebody edits on both sides, so that the
/// dashboard has something to show.
void fill_notion(Db& db, sim::NotionWorkspace& workspace, Clock& clock, const Zone& zone,
                 jobs::Progress& progress);

}  // namespace dreams::cli
