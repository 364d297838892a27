#pragma once

// The pages and properties behind a simulated workspace, and how they are written as JSON. Internal
// to sim/notion.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"

namespace dreams::sim::notion {

/// What a caller did wrong, as Notion words it.
struct Refused {
    int status = 400;
    std::string code = "validation_error", message;
};

struct Option {
    std::string id, name;
};

struct Property {
    std::string id, name, type;
    std::vector<Option> options;
};

struct Page {
    std::string id;
    Instant created, edited;  ///< whole minutes
    bool in_trash = false;
    std::map<std::string, json::Value> values;  ///< by property id: what stands under its type
};

/// The data source.
struct Table {
    std::vector<Property> properties;
    std::vector<Page> pages;                    ///< oldest first
    std::map<std::string, std::size_t> places;  ///< page id → its place in pages
    int made = 0;                               ///< ids given out

    std::string new_id();
    Property& add(const std::string& name, const std::string& type,
                  const std::vector<std::string>& options);
    Property* by_name_or_id(std::string_view text);
    const Property* by_name_or_id(std::string_view text) const;
    Page& new_page(Instant now);
    Page* page(std::string_view id);  ///< with or without dashes; null: there is none
};

/// The minute an instant lies in: as exact as Notion tells times.
Instant minute_of(Instant instant);
/// `2026-01-19T16:00:00.000Z`
std::string stamp(Instant instant);
/// Lower case without dashes.
std::string bare_id(std::string_view id);

/// What is empty of a type: `[]`, null, false.
json::Value nothing(const std::string& type);
/// A value of a request's body as it is kept. Throws Refused where Notion answers
/// validation_error. Makes a select's option that is new.
json::Value accepted(Property& property, const json::Value& body);
/// A text that a person typed as the value its property's type makes of it.
json::Value typed(Property& property, const std::string& text);
/// What a person sees of a value.
std::string shown(const Property& property, const json::Value& value);

json::Value property_json(const Property& property);
/// `now`: a hosted file's address expires an hour later.
json::Value page_json(const Page& page, const Table& table, const std::string& database,
                      const std::string& data_source, Instant now);

/// Whether a page passes a query's filter. Throws Refused: the filter makes no sense.
bool passes(const Page& page, const Table& table, const json::Value& filter);
/// The places of all pages that pass, in the order asked for; newest first where none is.
std::vector<std::size_t> found(const Table& table, const json::Value& query);

}  // namespace dreams::sim::notion
