#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "model/address_key.h"
#include "model/sighting.h"
#include "store/contact_properties.h"
#include "store/property_identity.h"

namespace dreams::store {
namespace {

using Name = std::pair<std::string_view, std::string_view>;

/// How the boards of the Carolinas, Georgia and Tennessee are written, longest name first: Redfin's
/// SOURCE, Realtor.com's codes, and the predecessor's tags.
constexpr auto boards = std::to_array<Name>({
    {"carolinasmokies", "csaor"},
    {"cherokeesmokymountain", "csaor"},
    {"cherokeesmoky", "csaor"},
    {"csaor", "csaor"},
    {"canopy", "canopy"},
    {"chnc", "canopy"},
    {"highlandscashiers", "hcmls"},
    {"hcmls", "hcmls"},
    {"northeastgeorgia", "ngmls"},
    {"ngmls", "ngmls"},
    {"georgiamls", "gamls"},
    {"gamls", "gamls"},
});

void add_key(std::vector<HomeKey>& keys, std::string_view kind, std::string key) {
    if (!key.empty()) keys.push_back({kind, std::move(key)});
}

/// How keys are made: another number when they are made in another way, so that they are made anew.
constexpr std::string_view way_of_keys = "3|";

constexpr const char* rows_out_of_step = R"sql(
    SELECT p.* FROM properties p LEFT JOIN dreams_homes h ON h.property_id = p.id
     WHERE h.identity IS NULL
        OR h.identity <> '3|' || coalesce(p.redfin_id, '') || '|' || coalesce(p.zillow_id, '') || '|' ||
                         coalesce(p.realtor_id, '') || '|' || coalesce(p.mls_number, '') || '|' ||
                         coalesce(p.mls_source, '') || '|' || coalesce(p.parcel_id, '') || '|' ||
                         coalesce(p.address, ''))sql";

}  // namespace

std::string board_key(std::string_view mls_source) {
    std::string name = text::letters_and_digits(mls_source);
    if (const auto at = name.find("asdistributedby"); at != std::string::npos) name.resize(at);
    for (const auto& [written, board] : boards)
        if (name.starts_with(written)) return std::string(board);
    return name;
}

std::string number_key(std::string_view mls_number) {
    return text::letters_and_digits(bare_mls_number(mls_number));
}

std::string identity(const Listing& home) {
    std::string text(way_of_keys);
    for (const auto* part : {&home.redfin_id, &home.zillow_id, &home.realtor_id, &home.mls_number,
                             &home.mls_source, &home.parcel_id, &home.address})
        text += (part == &home.redfin_id ? "" : "|") + part->value_or("");
    return text;
}

std::vector<HomeKey> home_keys(const Listing& home) {
    std::vector<HomeKey> keys;
    add_key(keys, "redfin", text::letters_and_digits(home.redfin_id.value_or("")));
    add_key(keys, "zillow", text::letters_and_digits(home.zillow_id.value_or("")));
    add_key(keys, "realtor", text::letters_and_digits(home.realtor_id.value_or("")));
    const auto number = number_key(home.mls_number.value_or(""));
    const auto board = board_key(home.mls_source.value_or(""));
    if (!board.empty() && !number.empty()) add_key(keys, "mls", board + " " + number);
    add_key(keys, "number", number);
    add_key(keys, "parcel", text::letters_and_digits(home.parcel_id.value_or("")));
    const auto address = address_key(home.address.value_or(""));
    auto street = loose_address(address).key;
    add_key(keys, "address", address);
    add_key(keys, "street", std::move(street));
    return keys;
}

KeyWriter::KeyWriter(Db& db)
    : db_(db),
      key_(db.prepare(R"sql(
          INSERT INTO dreams_property_keys (kind, key, property_id, import_id)
          VALUES (:kind, :key, :home, :import) ON CONFLICT DO NOTHING)sql")),
      home_(db.prepare(R"sql(
          INSERT INTO dreams_homes (property_id, identity) VALUES (:home, :identity)
          ON CONFLICT (property_id) DO UPDATE SET identity = excluded.identity)sql")) {}

void KeyWriter::add(const PropertyId& id, const Listing& said,
                    std::optional<std::int64_t> import_id) {
    bool news = false;
    for (const auto& [kind, key] : home_keys(said)) {
        key_.bind(0, kind, Hold::borrow);
        key_.bind(1, std::string_view(key), Hold::borrow);
        key_.bind(2, std::string_view(id.text), Hold::borrow);
        Field<std::optional<std::int64_t>>::bind(key_, 3, import_id);
        key_.step();
        news = news || db_.changes() > 0;
        key_.reset();
    }
    if (news) homes_to_look_at(db_);
}

void KeyWriter::write(const PropertyId& id, const Listing& home,
                      std::optional<std::int64_t> import_id) {
    add(id, home, import_id);
    home_.bind(0, std::string_view(id.text), Hold::borrow);
    home_.bind(1, std::string_view(identity(home)));
    home_.step();
    home_.reset();
}

std::int64_t repair_keys(Db& db) {
    const auto rows = db.list<HomeRow>(rows_out_of_step);
    KeyWriter writer(db);
    for (const auto& row : rows) writer.write(row.id, row.listing, std::nullopt);
    return std::ssize(rows);
}

void KeysInStep::see_to(Db& db) {
    const auto version = db.value<std::int64_t>("PRAGMA data_version");
    if (seen_ == version) return;
    // What was repaired may be taken back with the transaction: then there is more to do next time.
    seen_ = repair_keys(db) == 0 ? std::optional(version) : std::nullopt;
}

}  // namespace dreams::store
