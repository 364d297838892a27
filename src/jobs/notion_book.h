#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/db.h"
#include "jobs/notion_merge.h"
#include "model/notion.h"
#include "store/notion_seen.h"
#include "store/property_identity.h"

namespace dreams::jobs {

/// Which page is whose, as the file has it; and both sides of a home side by side. What a run reads
/// is entered here; only who calls `store::keep_notion_seen` writes it down. Internal to
/// jobs/sync_notion.
class NotionBook {
public:
    explicit NotionBook(Db& db);

    /// What is known of the home's page; null: nothing.
    const store::NotionSeen* seen(const PropertyId& home) const;
    /// Enters it in the place of what was known.
    void enter(const store::NotionSeen& seen);

    /// Whose page it is: the home linked to it, the one whose id it bears, the one that this was
    /// joined into, or the one that is the same home by number or address. None: nobody's yet.
    struct Owner {
        std::optional<PropertyId> home;
        bool doubled = false;  ///< that home has another page already: this one is left alone
    };
    Owner owner_of(const NotionPage& page);

    /// The home's record with what the page says now.
    store::NotionSeen with(const PropertyId& home, const NotionPage& page) const;

    NotionSides sides(const store::NotionHome& home, const store::NotionSeen& seen) const;

    /// Pages that homes are linked to, and whose.
    const std::map<std::string, PropertyId>& pages() const { return pages_; }

    void open_conflict(const PropertyId& home, const std::string& column);
    void close_conflict(const PropertyId& home, const std::string& column);

private:
    std::optional<PropertyId> joined_home(const NotionPage& page) const;

    Db& db_;
    store::HomeFinder finder_;
    std::map<std::string, store::NotionSeen> seen_;  ///< by home
    std::map<std::string, PropertyId> pages_;        ///< by page id
    std::map<std::string, PropertyId> links_;        ///< notion_page_id of homes not seen yet
    std::map<std::string, std::set<std::string>> conflicts_;  ///< columns by home
};

}  // namespace dreams::jobs
