#include "jobs/sync_notion.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "jobs/contact_properties.h"
#include "jobs/notion_run.h"
#include "store/cursors.h"

namespace dreams::jobs {
namespace {

/// Which data source the mapping is of: kept in the cursor's note, `<named id> <data source>`.
struct Known {
    std::string named, source;
};

Known known_source(Db& db) {
    const auto parts = text::split(store::cursor(db, "notion", "pages").note.value_or(""), ' ');
    return parts.size() == 2 ? Known{parts[0], parts[1]} : Known{};
}

bool has_own_id(const NotionMapping& mapping) {
    return std::ranges::find(mapping, "id", &NotionMapped::column) != mapping.end();
}

Error no_own_id() {
    return {Fault::invalid,
            "the Notion database has no text property '" + std::string(notion_own_id) +
                "', by which a home's page is found again; `dreams sync notion --add-missing` "
                "adds it, and others that are missing"};
}

/// What the schema says now is what counts from now on; a field whose place has changed starts
/// anew.
void keep_schema(Db& db, const sources::Notion& notion, const sources::NotionSchema& schema) {
    auto transaction = db.begin();
    // Another database: its pages are others, and the homes' old ones are none of its business.
    if (const auto known = known_source(db);
        !known.source.empty() && known.source != schema.data_source)
        store::forget_notion_pages(db);
    const auto before = store::notion_mapping(db);
    bool moved = false;
    for (const auto& was : before) {
        const auto is = std::ranges::find(schema.mapping, was.column, &NotionMapped::column);
        const bool same = is != schema.mapping.end() && is->property_id == was.property_id &&
                          is->type == was.type;
        if (!same && was.column != "id") store::forget_notion_field(db, was.column);
        moved = moved || !same;
    }
    store::keep_notion_mapping(db, schema.mapping);
    auto cursor = store::cursor(db, "notion", "pages");
    cursor.note = notion.named() + " " + schema.data_source;
    // Pages that were read before say nothing of a property that is new: all are read again.
    if (moved || before.size() != schema.mapping.size()) cursor.watermark.reset();
    store::save(db, cursor);
    transaction.commit();
}

std::string shown(const std::optional<std::string>& value) {
    return value.value_or("");
}

std::string field_name(const NotionMapping& mapping, const std::string& column) {
    const auto mapped = std::ranges::find(mapping, column, &NotionMapped::column);
    return mapped == mapping.end() ? column : mapped->name;
}

void preview_home(const store::NotionHome& home, const NotionMerge& merge, NotionPreview& preview) {
    const auto ours = store::notion_values(home.row);
    const auto value = [&](const std::string& column) {
        const auto at = ours.find(column);
        return at == ours.end() ? "" : shown(at->second);
    };
    NotionLine line{.home = home.row.id.text, .address = shown(home.row.listing.address)};
    const auto add = [&](const std::string& column, const char* where, std::string from,
                         std::string to) {
        line.where = where;
        line.field = field_name(preview.mapping, column);
        line.from = std::move(from);
        line.to = std::move(to);
        preview.lines.push_back(line);
    };
    for (const auto& [column, theirs] : merge.pull)
        add(column, "here", value(column), shown(theirs));
    for (const auto& [column, wanted] : merge.push) add(column, "notion", "", shown(wanted));
    for (const auto& clash : merge.clashes)
        if (clash.winner == NotionClash::Winner::nobody)
            add(clash.column, "conflict", shown(clash.ours), shown(clash.theirs));
}

}  // namespace

NotionRun::NotionRun(const RunFrame& frame, sources::Notion& source, const Zone& office,
                     NotionMapping mapped)
    : Run(frame),
      notion(source),
      zone(office),
      mapping(std::move(mapped)),
      book(frame.db),
      homes(frame.db) {}

sources::NotionSchema settled_schema(Db& db, sources::Notion& notion, bool anew) {
    const auto known = known_source(db);
    const auto mapping = store::notion_mapping(db);
    const bool same = known.named == notion.named();
    if (same && !anew && has_own_id(mapping)) {
        notion.use(known.source);
        return {.data_source = known.source, .mapping = mapping};
    }
    return notion.schema(same ? mapping : NotionMapping{});
}

SyncReport sync_notion(Db& db, sources::Notion& notion, Clock& clock, const Zone& zone,
                       const SyncOptions& options, Progress& progress) {
    const auto requests = [&] { return notion.requests(); };
    return run_source(db, {"notion"}, clock, options, progress, requests,
                      [&](const RunFrame& frame) {
                          const bool whole = !notion_since(db, options, clock.now());
                          const auto schema = settled_schema(db, notion, whole);
                          if (!has_own_id(schema.mapping)) throw no_own_id();
                          if (whole || known_source(db).named != notion.named())
                              keep_schema(db, notion, schema);
                          NotionRun run(frame, notion, zone, schema.mapping);
                          for (const auto& remark : schema.remarks) run.notice(remark);
                          read_pages(run);
                          write_homes(run);
                          refresh_contact_properties(db, run.now);
                          run.conclude();
                      });
}

NotionPreview preview_notion(Db& db, sources::Notion& notion, const SyncOptions& options) {
    NotionPreview preview;
    const auto before = notion.requests();
    auto schema = settled_schema(db, notion, true);
    preview.mapping = std::move(schema.mapping);
    preview.missing = std::move(schema.missing);
    preview.remarks = std::move(schema.remarks);
    NotionBook book(db);
    const auto cursor = store::cursor(db, "notion", "pages");
    const auto since = options.full || !cursor.walked_at
                           ? std::nullopt
                           : notion_since(db, options, *cursor.walked_at);
    walk_pages(notion, preview.mapping, since, [&](const std::vector<NotionPage>& pages) {
        for (const auto& page : pages) {
            const auto owner = book.owner_of(page);
            if (owner.home && !owner.doubled)
                book.enter(book.with(*owner.home, page));
            else if (!owner.home)
                preview.lines.push_back(
                    {.address = shown(page.values.count("address") ? page.values.at("address")
                                                                   : std::nullopt),
                     .where = "here"});
        }
    });
    for (const auto& home : store::notion_homes(db)) {
        const auto* seen = book.seen(home.row.id);
        if (seen && seen->state == store::NotionState::linked)
            preview_home(home, merged(book.sides(home, *seen)), preview);
        else if (!seen || seen->state == store::NotionState::making)
            preview.lines.push_back({.home = home.row.id.text,
                                     .address = shown(home.row.listing.address),
                                     .where = "notion"});
    }
    preview.requests = notion.requests() - before;
    return preview;
}

std::vector<std::string> add_notion_properties(Db& db, sources::Notion& notion) {
    auto schema = settled_schema(db, notion, true);
    std::vector<std::string> names;
    for (const auto& missing : schema.missing) names.push_back(missing.name);
    if (names.empty()) return names;
    notion.add(schema.missing);
    keep_schema(db, notion, notion.schema(schema.mapping));
    return names;
}

NotionValues stamp_values(const Zone& zone, Instant now) {
    auto local = zone.to_local_text(now);
    std::ranges::replace(local, ' ', 'T');
    const auto as_utc = instant_from(local + ":00Z");
    const auto minute = std::chrono::floor<std::chrono::minutes>(now);
    const auto offset = as_utc ? std::chrono::floor<std::chrono::minutes>(*as_utc) - minute
                               : std::chrono::minutes{0};
    const auto away = std::chrono::abs(offset).count();
    return {{"last_updated", fmt::format("{}:00{}{:02}:{:02}", local,
                                         offset.count() < 0 ? '-' : '+', away / 60, away % 60)}};
}

NotionValues once_values(const Property& home, const Zone& zone, Instant now) {
    const auto& listing = home.listing;
    const auto source = listing.source.value_or("");
    NotionValues values{{"monitoring", "yes"}};
    values["date_saved"] =
        stamp_values(zone, home.stamps.created_at.value_or(now)).at("last_updated");
    for (const auto& [name, url] :
         {std::pair{"redfin", &listing.redfin_url}, std::pair{"zillow", &listing.zillow_url},
          std::pair{"realtor", &listing.realtor_url}, std::pair{"", &listing.idx_url},
          std::pair{"", &listing.mls_url}})
        if (*url && (values.count("url") == 0 || source == name)) values["url"] = **url;
    return values;
}

}  // namespace dreams::jobs
