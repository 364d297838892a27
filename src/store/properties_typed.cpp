#include "base/error.h"
#include "base/text.h"
#include "store/properties.h"

// What an agent typed into a home elsewhere: value by value, and to the letter.

namespace dreams::store {
namespace {

void set(std::optional<std::string>& value, const std::optional<std::string>& text) {
    value = text;
}
void set(std::optional<JsonText>& value, const std::optional<std::string>& text) {
    value = text ? std::optional(JsonText{*text}) : std::nullopt;
}
void set(std::optional<std::int64_t>& value, const std::optional<std::string>& text) {
    value = text ? text::integer(*text) : std::nullopt;
}
void set(std::optional<double>& value, const std::optional<std::string>& text) {
    value = text ? text::number(*text) : std::nullopt;
}
void set(std::optional<Instant>& value, const std::optional<std::string>& text) {
    value = text ? instant_from(*text) : std::nullopt;
}

/// Puts the values that are named into a record's columns.
template <Record R>
void put(R& record, const NotionValues& values) {
    for_each_column(record, [&](const char* column, auto& value) {
        if (const auto said = values.find(column); said != values.end()) set(value, said->second);
    });
}

}  // namespace

Sighting typed_sighting(const NotionValues& values) {
    Sighting said;
    put(said.listing, values);
    put(said.features, values);
    put(said.engagement, values);
    return said;
}

KeptHome PropertyKeeper::write(const PropertyId& home, const NotionValues& values,
                               const Keeping& how, const std::optional<std::string>& notion_url) {
    const auto before = finder_.row(home);
    if (!before) throw Error(Fault::not_found, "there is no such home");
    // As a sighting first, for what follows from it: histories, changes, the IDX check.
    Sighting typed = cleaned(typed_sighting(values));
    // Who corrects the number alone sees its board beside it, and means that.
    if (values.contains("mls_number") && !values.contains("mls_source"))
        typed.listing.mls_source = before->listing.mls_source;
    Merged after = merged(*before, std::move(typed), how.telling, Weight::overwrites);
    put(after.row.listing, values);
    put(after.row.features, values);
    put(after.row.engagement, values);
    put(after.row.idx, values);
    for (auto& change : after.changes) change.notion_url = notion_url;
    KeptHome kept{.id = home};
    if (write_if_changed(*before, after, how)) kept.kept = Kept::updated;
    kept.changes = std::move(after.changes);
    for (const auto* column : {"added_for", "added_by", "notes"}) {
        const auto said = values.find(column);
        if (said == values.end()) continue;
        db_.run("UPDATE properties SET " + std::string(column) +
                    " = :value, updated_at = :now WHERE id = :home",
                {{"value", said->second}, {"now", how.now}, {"home", home}});
        kept.kept = Kept::updated;
    }
    observe(home, observed_at(home), how);
    return kept;
}

}  // namespace dreams::store
