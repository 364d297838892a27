#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/record.h"
#include "base/time.h"

namespace dreams {

/// The types of Notion's properties that a field of ours can stand in.
enum class NotionType {
    title,
    rich_text,
    number,
    select,
    multi_select,
    status,
    url,
    email,
    phone_number,
    date,
    checkbox,
    files,
};

template <>
struct Words<NotionType> {
    static constexpr std::array<std::pair<NotionType, std::string_view>, 12> list{{
        {NotionType::title, "title"},
        {NotionType::rich_text, "rich_text"},
        {NotionType::number, "number"},
        {NotionType::select, "select"},
        {NotionType::multi_select, "multi_select"},
        {NotionType::status, "status"},
        {NotionType::url, "url"},
        {NotionType::email, "email"},
        {NotionType::phone_number, "phone_number"},
        {NotionType::date, "date"},
        {NotionType::checkbox, "checkbox"},
        {NotionType::files, "files"},
    }};
};

/// Who is right when a field was changed on both sides since they last agreed.
enum class NotionRule {
    notion,   ///< what an agent typed there: the agent's own columns
    fresher,  ///< a fact of the listing: whoever heard of it later; where nobody can tell, a person
    ask,      ///< by what the home is known: a person decides
    once,     ///< ours when the page is made, the agent's from then on; never read
    stamp,    ///< written with everything that we write; never read
};

/// What a field's text means on our side.
enum class NotionKind { text, whole, real, day, link, yes };

/// One field of a home and its place in Notion, as the predecessor named it (predecessor §5).
struct NotionField {
    std::string_view
        column;             ///< of `properties`; `once` and `stamp` fields have words of their own
    std::string_view name;  ///< of the Notion property
    NotionType type;
    NotionKind kind;
    NotionRule rule;
    std::string_view alias = "";  ///< another name that is understood
};

/// All of them; the title first.
const std::vector<NotionField>& notion_fields();
/// None: no field stands in that column.
const NotionField* notion_field(std::string_view column);

/// The text property that bears a home's properties.id: by it a page is found again whose making
/// nobody heard the end of.
inline constexpr std::string_view notion_own_id = "DREAMS ID";

/// Values by column, as text; none: the side has the field, and nothing stands there. A number is
/// its shortest text that reads back the same.
using NotionValues = std::map<std::string, std::optional<std::string>, std::less<>>;

/// Where a field stands in one Notion database: a row of `dreams_notion_mapping`. Found by name at
/// first, by property_id from then on, so that a property may be renamed.
struct NotionMapped {
    std::string column;  ///< of a NotionField, or `id` for notion_own_id
    std::string property_id, name;
    NotionType type = NotionType::rich_text;
    std::string options = "[]";  ///< JSON: what a select or status offers

    static constexpr auto columns() {
        return Columns{Column{"column_name", &NotionMapped::column},
                       Column{"property_id", &NotionMapped::property_id},
                       Column{"property_name", &NotionMapped::name},
                       Column{"property_type", &NotionMapped::type},
                       Column{"options", &NotionMapped::options}};
    }
};
using NotionMapping = std::vector<NotionMapped>;

/// A field that could not be read or written, and why, as the end of a sentence that begins with
/// the property's name.
struct NotionRemark {
    std::string column, why;
};

/// A page, as far as the mapping reads it.
struct NotionPage {
    std::string id, url;
    Instant edited;  ///< rounded down to the minute: the edit came up to 59 s later
    bool in_trash = false;
    std::string own_id;          ///< what stands in notion_own_id; empty: nothing
    NotionValues values;         ///< what cannot be read is not in it
    std::set<std::string> kept;  ///< columns that hold more than one value: not to be written over
    std::vector<NotionRemark> remarks;
};

/// A field that no property holds yet, and the property it would have.
struct NotionMissing {
    std::string column, name;
    NotionType type = NotionType::rich_text;
};

/// What a sync would give one side.
struct NotionLine {
    std::string home;     ///< properties.id; empty: a home that is not there yet
    std::string address;  ///< as a person knows it
    std::string where;    ///< `here`, `notion` or `conflict`
    std::string field;    ///< the property's name; empty: the whole page or home is made
    std::string from, to;
    static constexpr auto columns() {
        return Columns{Column{"home", &NotionLine::home},   Column{"address", &NotionLine::address},
                       Column{"where", &NotionLine::where}, Column{"field", &NotionLine::field},
                       Column{"from", &NotionLine::from},   Column{"to", &NotionLine::to}};
    }
};

/// What a dry run found.
struct NotionPreview {
    std::vector<NotionLine> lines;
    NotionMapping mapping;
    std::vector<NotionMissing> missing;  ///< notion_own_id first if it is one of them
    std::vector<std::string> remarks;    ///< sentences without a full stop
    std::int64_t requests = 0;
};

}  // namespace dreams
