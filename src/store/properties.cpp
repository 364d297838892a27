#include "store/properties.h"

#include <charconv>

#include "base/text.h"
#include "store/contact_properties.h"
#include "store/doubtful_homes.h"

namespace dreams::store {
namespace {

const Keep rows_keep{
    .table = "properties", .key = "id", .once = {"created_at"}, .touch = {"updated_at"}};

bool is_different(const HomeRow& before, const HomeRow& after) {
    bool different = false;
    for_each_pair(before, after, [&](const char*, const auto& a, const auto& b) {
        different = different || a != b;
    });
    return different;
}

}  // namespace

PropertyKeeper::PropertyKeeper(Db& db, Keys keys)
    : db_(db),
      finder_(db),
      keys_(db),
      journal_(db),
      rows_(db, rows_keep),
      sources_(db),
      observed_(db.prepare("SELECT observed_at FROM dreams_homes WHERE property_id = :home")),
      observe_(db.prepare("UPDATE dreams_homes SET observed_at = :at WHERE property_id = :home")) {
    if (keys == Keys::to_repair) repair_keys(db);
}

KeptHome PropertyKeeper::keep(const Sighting& said, const Keeping& how) {
    const Sighting clean = cleaned(said);
    if (home_keys(clean.listing).empty())
        throw Error(Fault::invalid, "it has no address, no MLS number and no id of a portal");
    auto found = finder_.find(clean.listing);
    KeptHome kept{.doubts = std::move(found.doubts)};
    if (found.home)
        change(*found.home, clean, how, kept);
    else
        create(clean, how, kept);
    list_doubts(kept, how.now);
    return kept;
}

KeptHome PropertyKeeper::keep(const PropertyId& home, const Sighting& said, const Keeping& how) {
    const auto row = finder_.row(home);
    if (!row) throw Error(Fault::not_found, "there is no home " + home.text);
    KeptHome kept;
    change(*row, cleaned(said), how, kept);
    return kept;
}

/// Made from what the home is known by, so that two copies of a file give one home one id.
PropertyId PropertyKeeper::new_id(const Listing& home) {
    const auto keys = home_keys(home);
    std::string seed = "home";
    for (const auto& [kind, key] : keys) {
        if (kind == "street") continue;  // what the address says already
        seed += "|" + std::string(kind) + " " + key;
        if (kind != "number" && kind != "address") break;  // one sure key is enough
    }
    if (keys.empty() || keys.front().kind == "address")
        seed += "|" + text::lower(home.city.value_or("")) + "|" + home.zip.value_or("");
    for (int twin = 1;; ++twin) {
        char digits[17] = {};
        const auto hash = text::hash(twin == 1 ? seed : seed + "|" + std::to_string(twin));
        const auto end = std::to_chars(digits, digits + 16, hash, 16).ptr;
        PropertyId id{"home_" + std::string(digits, end)};
        if (!finder_.row(id)) return id;
    }
}

void PropertyKeeper::create(const Sighting& said, const Keeping& how, KeptHome& kept) {
    HomeRow row = first_row(said, how.telling).row;
    row.id = kept.id = new_id(said.listing);
    row.stamps = {how.now, how.now};
    rows_.keep(row);
    keys_.write(row.id, row.listing, how.import_id);
    if (how.import_id)
        journal_.write({"import", *how.import_id},
                       {"properties", row.id.text, "id", {}, fingerprint(row)});
    observe(row.id, {}, how);
    told_.insert_or_assign(row.id, Told{how.telling.at, said.sold_on});
    kept.kept = Kept::created;
}

void PropertyKeeper::change(const HomeRow& before, const Sighting& said, const Keeping& how,
                            KeptHome& kept) {
    kept.id = before.id;
    if (how.known == KnownHomes::skip) return;
    const auto known_at = observed_at(before.id);
    kept.older = known_at && how.telling.at < *known_at;
    const bool fills =
        how.known != KnownHomes::trust &&
        (kept.older || how.known == KnownHomes::fill || is_second(before.id, said, how));
    Merged after =
        merged(before, said, how.telling, fills ? Weight::fills_gaps : Weight::overwrites);
    if (write_if_changed(before, after, how)) {
        kept.kept = Kept::updated;
        kept.changes = std::move(after.changes);
    }
    if (!fills)
        journal_.write_confirmed(
            how.import_id ? Action{"import", *how.import_id} : Action{by_another_source, 0}, said,
            after.row);
    if (identity(said.listing) != identity(after.row.listing))
        keys_.add(before.id, said.listing, how.import_id);
    observe(before.id, known_at, how);
}

bool PropertyKeeper::write_if_changed(const HomeRow& before, Merged& after, const Keeping& how) {
    if (!is_different(before, after.row)) return false;
    if (after.row.notion.sync_status == "synced") after.row.notion.sync_status = "pending";
    after.row.stamps.updated_at = how.now;
    rows_.keep(after.row);
    const Listing &was = before.listing, &is = after.row.listing;
    const bool is_known_by_other_things = identity(was) != identity(is);
    if (is_known_by_other_things) keys_.write(before.id, is, how.import_id);
    if (is_known_by_other_things || was.city != is.city || was.zip != is.zip) homes_to_look_at(db_);
    add_changes(db_, after.changes);
    if (how.import_id) {
        const Action action{"import", *how.import_id};
        journal_.write_differences(action, before, after.row, after.price_entry,
                                   after.status_entry);
        for (const auto& change : after.changes)
            journal_.write(action, {"property_changes", change.id, "id", {}, change.id});
    }
    return true;
}

/// Whether the home was told of before as of the same moment, with nothing newer to tell now.
bool PropertyKeeper::is_second(const PropertyId& home, const Sighting& said, const Keeping& how) {
    const auto [told, first] = told_.try_emplace(home, Told{how.telling.at, said.sold_on});
    if (first) return false;
    const bool later_sale =
        said.sold_on && told->second.sold_on && *said.sold_on > *told->second.sold_on;
    const bool second = told->second.at == how.telling.at && !later_sale;
    told->second = {how.telling.at, said.sold_on};
    return second;
}

std::optional<Instant> PropertyKeeper::observed_at(const PropertyId& home) {
    observed_.bind(0, std::string_view(home.text), Hold::borrow);
    std::optional<Instant> at;
    if (observed_.step()) at = observed_.get<std::optional<Instant>>(0);
    observed_.reset();
    return at;
}

void PropertyKeeper::observe(const PropertyId& home, std::optional<Instant> before,
                             const Keeping& how) {
    if (how.import_id)
        sources_.keep(home, how.telling, *how.import_id, journal_);
    else
        sources_.keep(home, how.telling);
    if (before && *before >= how.telling.at) return;
    const std::string at = to_text(how.telling.at);
    observe_.bind(0, std::string_view(at), Hold::borrow);
    observe_.bind(1, std::string_view(home.text), Hold::borrow);
    observe_.step();
    observe_.reset();
    if (how.import_id)
        journal_.write({"import", *how.import_id},
                       {"dreams_homes", home.text, "observed_at", journal_text(before), at});
}

void PropertyKeeper::list_doubts(const KeptHome& kept, Instant now) {
    for (const auto& doubt : kept.doubts)
        list_doubtful_homes(db_, kept.id, doubt.other, doubt.why, now);
}

KeptHome keep_property(Db& db, const Sighting& said, const Keeping& how) {
    return PropertyKeeper(db).keep(said, how);
}

std::optional<Property> property(Db& db, const PropertyId& id) {
    return db.one<Property>("SELECT * FROM properties WHERE id = :id", {{"id", id}});
}

}  // namespace dreams::store
