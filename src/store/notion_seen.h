#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/db.h"
#include "model/id.h"
#include "model/notion.h"
#include "model/property.h"

namespace dreams::store {

enum class NotionState {
    making,  ///< a page was asked for, and the answer is not kept: look for it before asking again
    linked,
    gone,  ///< its page lies in Notion's trash: no other is made of itself
};

}  // namespace dreams::store

namespace dreams {
template <>
struct Words<store::NotionState> {
    static constexpr std::array<std::pair<store::NotionState, std::string_view>, 3> list{
        {{store::NotionState::making, "making"},
         {store::NotionState::linked, "linked"},
         {store::NotionState::gone, "gone"}}};
};
}  // namespace dreams

namespace dreams::store {

/// What is known of a home's page: a row of `dreams_notion_seen`.
struct NotionSeen {
    PropertyId home;
    std::optional<std::string> page_id, url;
    NotionState state = NotionState::linked;
    JsonText agreed{"{}"};  ///< what both sides had when they last agreed, by column
    JsonText theirs{"{}"};  ///< what the page said when it was last read; `id` is notion_own_id
    JsonText kept{"[]"};    ///< columns that are not to be written over
    std::optional<Instant> edited_at;
    std::int64_t tries = 0;
    std::optional<Instant> next_try_at;

    static constexpr auto columns() {
        return Columns{
            Column{"property_id", &NotionSeen::home},
            Column{"page_id", &NotionSeen::page_id},
            Column{"url", &NotionSeen::url},
            Column{"state", &NotionSeen::state},
            Column{"agreed", &NotionSeen::agreed},
            Column{"theirs", &NotionSeen::theirs},
            Column{"kept", &NotionSeen::kept},
            Column{"edited_at", &NotionSeen::edited_at},
            Column{"tries", &NotionSeen::tries},
            Column{"next_try_at", &NotionSeen::next_try_at},
        };
    }
};

/// A record's values by column as JSON, and back. Throws Error{invalid}: it is none.
JsonText values_json(const NotionValues& values);
NotionValues values_from(const JsonText& json);

std::vector<NotionSeen> notion_seen(Db& db);  ///< of all homes
std::optional<NotionSeen> notion_seen(Db& db, const PropertyId& home);
Kept keep_notion_seen(Db& db, const NotionSeen& seen);
void forget_notion_seen(Db& db, const PropertyId& home);
/// No home has a page any more, as when another database is named.
void forget_notion_pages(Db& db);
/// The field stands elsewhere, or nowhere, from now on: what both sides had of it says nothing any
/// more, least of all that somebody emptied it.
void forget_notion_field(Db& db, const std::string& column);

/// Lets a home whose page lies in the trash, or is not there any more, have a new one at the next
/// sync. Throws Error{not_found}: it has no such page.
void make_notion_page_anew(Db& db, const PropertyId& home);

/// Homes whose page lies in the trash or is not to be found.
std::vector<PropertyId> homes_without_page(Db& db);

NotionMapping notion_mapping(Db& db);
void keep_notion_mapping(Db& db, const NotionMapping& mapping);  ///< instead of what was there

/// The home's columns that the sync alone writes; its other columns stay.
void keep_notion_link(Db& db, const PropertyId& home, const NotionLink& link);

/// A home as the sync needs it.
struct NotionHome {
    Property row;
    std::optional<Instant> observed_at;  ///< when the newest thing known of it was so

    static constexpr auto columns() {
        return Columns{Part{&NotionHome::row}, Column{"observed_at", &NotionHome::observed_at}};
    }
};

/// Every home that has a page or is to get one. Left out are homes that an MLS lets nobody see, and
/// those that only an MLS feed shows and nobody has taken up (no client, no note, no capture).
std::vector<NotionHome> notion_homes(Db& db);
std::optional<NotionHome> notion_home(Db& db, const PropertyId& home);

/// The row's values by the columns of notion_fields(); empty texts are none.
NotionValues notion_values(const Property& home);

}  // namespace dreams::store
