#pragma once

#include "base/json.h"
#include "model/notion.h"
#include "sources/notion.h"

// What Notion sends, as records of ours. Internal to sources/notion.

namespace dreams::sources {

/// A page object. What stands in a property of a type that does not fit is left out with a remark;
/// types nobody foresaw are passed over.
NotionPage read_notion_page(const json::Value& page, const NotionMapping& mapping);

/// The properties of a data source matched to our fields: by id where `known` has one, then by
/// name.
NotionSchema read_notion_schema(const json::Value& source, const NotionMapping& known);

/// Notion's word for what a file's column holds, and back: `active` is `Active`, `realtor` is
/// `Realtor.com`, `not_found` is `Not Found`. What has no word of its own stays as it is.
std::string notion_word(std::string_view column, const std::string& ours);
std::string our_word(std::string_view column, const std::string& theirs);

/// Stands for a comma in an option's name, where Notion allows none.
inline constexpr std::string_view low_comma = "\u201A";

}  // namespace dreams::sources
