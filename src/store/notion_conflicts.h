#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "model/id.h"

namespace dreams::store {

/// A field that was changed here and in Notion since both last agreed: a row of
/// `dreams_notion_conflicts`, with what a person needs to decide.
struct NotionConflict {
    std::int64_t id = 0;
    PropertyId home;
    std::string column;
    std::optional<std::string> agreed, ours, theirs;
    Instant found_at;
    std::optional<std::string> decided;  ///< `ours`, `theirs`, `same`; none: open
    std::optional<std::string> decided_by;
    std::optional<Instant> decided_at;
    std::optional<std::string> address, url;  ///< of the home and of its page

    static constexpr auto columns() {
        return Columns{
            Column{"id", &NotionConflict::id},
            Column{"property_id", &NotionConflict::home},
            Column{"column_name", &NotionConflict::column},
            Column{"agreed", &NotionConflict::agreed},
            Column{"ours", &NotionConflict::ours},
            Column{"theirs", &NotionConflict::theirs},
            Column{"found_at", &NotionConflict::found_at},
            Column{"decided", &NotionConflict::decided},
            Column{"decided_by", &NotionConflict::decided_by},
            Column{"decided_at", &NotionConflict::decided_at},
            Column{"address", &NotionConflict::address},
            Column{"url", &NotionConflict::url},
        };
    }
};

std::vector<NotionConflict> open_notion_conflicts(Db& db);  ///< the oldest first
/// What a rule or a person decided, the latest first, at most `limit`.
std::vector<NotionConflict> decided_notion_conflicts(Db& db, int limit);
std::int64_t count_notion_conflicts(Db& db);  ///< open ones

/// Lists a conflict, or puts the values of one that is open up to date. Gives whether it is news.
bool list_notion_conflict(Db& db, const NotionConflict& conflict);
/// Both sides have become the same.
void settle_notion_conflict(Db& db, const PropertyId& home, std::string_view column, Instant now);

/// A person's choice: `ours` or `theirs`. The next sync carries it out. Throws Error: not_found (no
/// such conflict), conflict (it is decided already), invalid (another word).
void choose_in_notion_conflict(Db& db, std::int64_t id, std::string_view side, std::string_view who,
                               Instant now);

}  // namespace dreams::store
