#pragma once

// One run of the Notion sync from the inside. Internal to jobs/sync_notion.

#include <set>
#include <string>
#include <vector>

#include "jobs/notion_book.h"
#include "jobs/run.h"
#include "jobs/sync_notion.h"
#include "store/properties.h"

namespace dreams::jobs {

/// A run that knows the workspace, what column each of our fields is there, and its pages so far.
struct NotionRun : Run {
    NotionRun(const RunFrame& frame, sources::Notion& source, const Zone& office,
              NotionMapping mapped);

    sources::Notion& notion;
    const Zone& zone;
    const NotionMapping mapping;
    NotionBook book;
    store::PropertyKeeper homes;

    /// A write that did not work: told, and tried again after a growing pause.
    void fail(const PropertyId& home, const std::string& why);
};

/// How pages are walked; `take` gets each answer's pages in order. Gives whether all were seen.
struct NotionWalk {
    bool full = false;
    bool complete = true;
    std::optional<Instant> asked_at;  ///< by Notion's clock: from there the next run goes on
    std::optional<Instant> newest;    ///< last_edited_time
    std::set<std::string> pages;      ///< ids
};
NotionWalk walk_pages(sources::Notion& notion, const NotionMapping& mapping,
                      std::optional<Instant> since,
                      const std::function<void(const std::vector<NotionPage>&)>& take);

/// From when on pages are asked for; none: all of them, as once a day.
std::optional<Instant> notion_since(Db& db, const SyncOptions& options, Instant now);

/// The mapping that is stored, or that the schema gives anew. Throws Error{invalid}: the property
/// by which pages are found again is missing.
sources::NotionSchema settled_schema(Db& db, sources::Notion& notion, bool anew);

void read_pages(NotionRun& run);   ///< what changed there: notion_pages.cpp
void write_homes(NotionRun& run);  ///< both ways, home by home: notion_homes.cpp

/// Enters a page of a home's in the book and the file.
Kept keep_page(NotionRun& run, const PropertyId& home, const NotionPage& page);

/// What a page gets once, when it is made, and what it gets with everything that is written.
NotionValues once_values(const Property& home, const Zone& zone, Instant now);
NotionValues stamp_values(const Zone& zone, Instant now);

}  // namespace dreams::jobs
