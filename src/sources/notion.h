#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/http.h"
#include "base/pace.h"
#include "base/time.h"
#include "model/notion.h"

namespace dreams::sources {

/// Where the workspace is and how to show who we are. From the settings `notion.*`.
struct NotionSettings {
    std::string url = "https://api.notion.com/v1";
    std::string token;
    std::string data_source;  ///< an id of it or of its database, with or without dashes, or a URL
    std::string version = "2025-09-03";
};

/// What a schema makes of our fields.
struct NotionSchema {
    std::string data_source;             ///< its id
    NotionMapping mapping;               ///< what was found
    std::vector<NotionMissing> missing;  ///< what was not, notion_own_id first if it is one of them
    std::vector<std::string> remarks;    ///< sentences: a property of a type that does not fit …
};

/// One answer to a query.
struct NotionPages {
    std::vector<NotionPage> pages;
    std::string next;           ///< cursor; empty: there are no more
    bool complete = true;       ///< false: Notion gives no more than it did, though there is more
    std::optional<Instant> at;  ///< when it was asked, by Notion's own clock
};

/// What is to be written of a page's values.
struct NotionBody {
    std::string properties;  ///< JSON
    bool empty = true;
    std::vector<NotionRemark> refused;  ///< what Notion would not take, and why
};

/// The values as Notion wants them (property-sources A3, A5): text in parts of at most 1,900
/// UTF-16 units, no comma in an option's name (a low quotation mark looks like one and stands for
/// it). A status that Notion does not offer is refused; an option that means the same is taken.
NotionBody notion_body(const NotionValues& values, const NotionMapping& mapping);

/// The id in what a person pasted: an id with or without dashes, or a page's or database's URL
/// (whose `?v=` is a view, not it). Empty: there is none in it.
std::string notion_id(std::string_view pasted);

/// A Notion data source read and written through API version 2025-09-03 (property-sources A).
/// Translates and never stores. At most three requests a second. Every method throws Error:
/// unauthorized (a wrong token, a missing capability), not_found (deleted, or not shared with the
/// integration: Notion does not say which), invalid (Notion refused what was asked), conflict (two
/// writes collided: read anew, then try again), unavailable (no answer).
class Notion {
public:
    /// Throws Error{invalid}: there is no token, or no id in `data_source`.
    Notion(NotionSettings settings, http::Network network, Clock& clock,
           std::function<void(std::chrono::seconds, std::string_view)> waits = {});

    /// What the settings name, so that a caller notices when it is another one.
    const std::string& named() const;
    /// The data source, once known: every later question goes there.
    void use(const std::string& data_source);

    /// Finds the data source that the settings name and reads its properties. `known`: what was
    /// mapped before; a property keeps its field whatever its name has become. Throws
    /// Error{invalid}: the database has several data sources, and the setting names none of them.
    NotionSchema schema(const NotionMapping& known);
    /// Adds properties to the schema.
    void add(const std::vector<NotionMissing>& properties);

    /// Pages not in the trash, those edited longest ago first. `since`: edited then or later.
    NotionPages pages(const NotionMapping& mapping, std::optional<Instant> since,
                      const std::string& cursor);
    NotionPage page(const std::string& id, const NotionMapping& mapping);
    /// The pages that bear these own ids, of at most a hundred, in one request if Notion takes so
    /// long a filter.
    std::vector<NotionPage> find(const std::vector<std::string>& own_ids,
                                 const NotionMapping& mapping);
    /// The page that bears this own id; none: there is none, outside the trash.
    std::optional<NotionPage> find(const std::string& own_id, const NotionMapping& mapping);
    /// Makes a page. When nobody answers, looks for it before it tries again, twice. Throws
    /// Error{unauthorized}, too, when the data source is not shared any more.
    NotionPage create(const NotionBody& body, const std::string& own_id,
                      const NotionMapping& mapping);
    NotionPage update(const std::string& page, const NotionBody& body,
                      const NotionMapping& mapping);

    int requests() const;  ///< sent so far, repeats included

private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace dreams::sources
