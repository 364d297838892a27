#pragma once

#include "base/db.h"
#include "base/time.h"
#include "cli/commands.h"
#include "config/settings.h"
#include "jobs/progress.h"
#include "jobs/sync_options.h"
#include "model/sync_run.h"
#include "sources/notion.h"
#include "web/dashboard.h"

namespace dreams::cli {

/// The Notion data source of the settings `notion.*`. Waits for its limits are told to `progress`.
/// Throws Error{invalid}: there is no token, or no data source.
sources::Notion notion_source(const config::Settings& settings, Clock& clock,
                              jobs::Progress& progress);

/// A run, unless the file is a copy that nobody claimed: Notion would get what an older or another
/// file says. Throws Error{conflict} then.
SyncReport run_notion(const Context& context, Db& db, const jobs::SyncOptions& options,
                      jobs::Progress& progress);

/// What the dashboard can set going at Notion; nothing is added where it is not set up. The context
/// has to outlive it.
void add_notion_orders(const Context& context, web::Orders& orders);

/// What `dreams sync notion` does beside a run: `--dry-run`, `--conflicts`, `--choose`,
/// `--add-missing`, `--new-page`. None: a run is wanted.
std::optional<int> notion_beside(const Context& context, const SyncArguments& arguments);

}  // namespace dreams::cli
