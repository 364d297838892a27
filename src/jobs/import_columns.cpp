#include "jobs/import_columns.h"

#include "base/json.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "store/imports.h"

namespace dreams::jobs {
namespace {

JsonText as_json(const sources::ListingMapping& mapping) {
    JsonText text;
    json::Writer json(text.text);
    json.begin_object();
    for (const auto& [column, field] : mapping) json.member(column, field);
    json.end_object();
    return text;
}

sources::ListingMapping mapping_from(const JsonText& text) {
    sources::ListingMapping mapping;
    const auto value = json::parse(text.text);
    if (const auto* object = value.if_object())
        for (const auto& [column, field] : *object)
            if (field.is_string()) mapping.emplace_back(column, field.as_string().c_str());
    return mapping;
}

}  // namespace

std::vector<std::string> import_fields() {
    return sources::listing_field_names();
}

KnownColumns known_columns(Db& db, std::string_view text) {
    const auto outline = sources::listing_outline(text);
    KnownColumns known{.of_people = outline.of_people};
    if (const auto before = store::remembered_mapping(db, outline.header))
        known.settled = mapping_from(*before);
    for (const auto& [name, field, example] : outline.columns) {
        known.columns.emplace_back(name, field);
        known.examples.push_back(example);
    }
    settle(known.columns, known.settled);
    return known;
}

void settle(sources::ListingMapping& columns, const sources::ListingMapping& said) {
    for (const auto& [column, field] : said)
        for (auto& [name, fills] : columns)
            if (name == column) fills = field;
}

std::string reading_mark(const sources::ListingMapping& columns) {
    std::string said;
    for (const auto& [column, field] : columns) said += field + '\n';
    return std::to_string(text::hash(said));
}

void remember_columns(Db& db, const sources::ListingReader& file, Instant now) {
    store::remember_mapping(db, file.header(), as_json(file.mapping()), now);
}

}  // namespace dreams::jobs
