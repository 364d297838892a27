#include "store/matching_facts.h"

#include <algorithm>
#include <unordered_map>

#include "base/json.h"
#include "base/text.h"
#include "model/listing_status.h"
#include "store/contact_properties_homes.h"
#include "store/directory.h"
#include "store/hidden_homes.h"
#include "store/traces.h"

namespace dreams::store {
namespace {

/// A row of properties, as the matching reads it.
struct HomeRow {
    PropertyId id;
    bool in_view = false;
    std::optional<std::string> status, city, county, property_type, style, views, water_features,
        amenities, heating, cooling, garage, sewer, roof, list_date, told_at;
    std::optional<std::int64_t> price, hoa_fee, stories;
    std::optional<double> beds, baths, sqft, acreage, latitude, longitude;

    static constexpr auto columns() {
        return Columns{
            Column{"id", &HomeRow::id},
            Column{"in_view", &HomeRow::in_view},
            Column{"status", &HomeRow::status},
            Column{"city", &HomeRow::city},
            Column{"county", &HomeRow::county},
            Column{"property_type", &HomeRow::property_type},
            Column{"style", &HomeRow::style},
            Column{"views", &HomeRow::views},
            Column{"water_features", &HomeRow::water_features},
            Column{"amenities", &HomeRow::amenities},
            Column{"heating", &HomeRow::heating},
            Column{"cooling", &HomeRow::cooling},
            Column{"garage", &HomeRow::garage},
            Column{"sewer", &HomeRow::sewer},
            Column{"roof", &HomeRow::roof},
            Column{"list_date", &HomeRow::list_date},
            Column{"told_at", &HomeRow::told_at},
            Column{"price", &HomeRow::price},
            Column{"hoa_fee", &HomeRow::hoa_fee},
            Column{"stories", &HomeRow::stories},
            Column{"beds", &HomeRow::beds},
            Column{"baths", &HomeRow::baths},
            Column{"sqft", &HomeRow::sqft},
            Column{"acreage", &HomeRow::acreage},
            Column{"latitude", &HomeRow::latitude},
            Column{"longitude", &HomeRow::longitude},
        };
    }
};

/// What the home is like, in the listing's words. Not what lies around it, nor who lives there.
std::string features_of(const HomeRow& row) {
    std::string features;
    const auto add = [&](const std::optional<std::string>& words, std::string_view of = "") {
        if (!words || text::trimmed(*words).empty()) return;
        (((features += *words) += ' ') += of) += ' ';
    };
    add(row.property_type);
    add(row.style);
    add(row.views, "view");
    add(row.water_features, "water");
    add(row.amenities);
    add(row.heating, "heating");
    add(row.cooling, "cooling");
    add(row.garage, "garage");
    add(row.sewer, "sewer");
    add(row.roof, "roof");
    if (row.hoa_fee && *row.hoa_fee > 0) features += "hoa ";
    if (row.stories == 1) features += "one story single level ";
    return features;
}

/// 0, 0 lies in the Atlantic: it is how some sources say that they do not know.
bool is_somewhere(const HomeRow& row) {
    return row.latitude && row.longitude && (*row.latitude != 0 || *row.longitude != 0) &&
           std::abs(*row.latitude) <= 85 && std::abs(*row.longitude) <= 180;
}

HomeToMatch home_of(const HomeRow& row) {
    HomeToMatch home{.id = row.id,
                     .offered = row.in_view && is_for_sale(row.status),
                     .price = row.price,
                     .hoa_fee = row.hoa_fee,
                     .beds = row.beds,
                     .baths = row.baths,
                     .sqft = row.sqft,
                     .acreage = row.acreage,
                     .city = row.city.value_or(""),
                     .county = row.county.value_or(""),
                     .type = row.property_type.value_or(""),
                     .views = row.views.value_or(""),
                     .water_features = row.water_features.value_or(""),
                     .features = features_of(row)};
    if (is_somewhere(row)) {
        home.latitude = row.latitude;
        home.longitude = row.longitude;
    }
    if (row.told_at) home.told_at = instant_from(*row.told_at);
    if (row.list_date) home.listed = date_from(row.list_date->substr(0, 10));
    return home;
}

class Reading {
public:
    explicit Reading(Db& db) : db_(db) {}

    MatchingFacts read() {
        read_homes();
        read_drops();
        read_buyers();
        read_events();
        read_inquiries();
        read_saved();
        facts_.matches = db_.list<Match>("SELECT * FROM matches ORDER BY lead_id, property_id");
        return std::move(facts_);
    }

private:
    void read_homes() {
        const std::string sql = "SELECT p.*, " + in_view + R"sql( AS in_view,
                   CASE WHEN EXISTS (SELECT 1 FROM dreams_mls_listings m
                                      WHERE m.property_id = p.id AND m.out_of_view IS NULL)
                        THEN NULL
                        ELSE nullif(max(coalesce(h.observed_at, p.updated_at, ''),
                                        CASE p.idx_validation_status
                                             WHEN 'validated' THEN coalesce(p.idx_validated_at, '')
                                             ELSE '' END), '')
                    END AS told_at
              FROM properties p LEFT JOIN dreams_homes h ON h.property_id = p.id
             ORDER BY p.id)sql";
        for (const auto& row : db_.list<HomeRow>(sql)) {
            known_.emplace(row.id.text, static_cast<std::uint32_t>(facts_.homes.size()));
            facts_.homes.push_back(home_of(row));
        }
    }

    void read_drops() {
        Statement rows = db_.query(R"sql(
            SELECT property_id, detected_at, change_amount FROM property_changes
             WHERE change_type = 'price' AND change_amount < 0 ORDER BY detected_at)sql");
        while (rows.step()) {
            const auto home = known_.find(std::string(rows.text(0)));
            const auto at = rows.get<std::optional<Instant>>(1);
            if (home == known_.end() || !at) continue;
            facts_.homes[home->second].dropped_at = at;
            facts_.homes[home->second].dropped_by = -rows.integer(2);
        }
    }

    void read_buyers() {
        struct Row {
            LeadId id;
            std::optional<FubId> fub_id;
            std::optional<std::string> type, stage, tags;
            std::int64_t deleted = 0;
            Preferences stated;
            static constexpr auto columns() {
                return Columns{Column{"id", &Row::id},     Column{"fub_id", &Row::fub_id},
                               Column{"type", &Row::type}, Column{"stage", &Row::stage},
                               Column{"tags", &Row::tags}, Column{"deleted", &Row::deleted},
                               Part{&Row::stated}};
            }
        };
        for (auto& row : db_.list<Row>(R"sql(
            SELECT l.*, f.deleted_at IS NOT NULL AS deleted
              FROM leads l LEFT JOIN dreams_fub_people f ON f.fub_id = l.fub_id
             ORDER BY l.id)sql"))
            facts_.buyers.push_back({row.id, row.fub_id, row.type, row.stage, row.tags,
                                     row.deleted != 0, std::move(row.stated)});
    }

    void read_events() {
        const Directory people(facts_.buyers, [](const BuyerToMatch& buyer) -> std::string_view {
            return buyer.fub_id ? std::string_view(buyer.fub_id->text) : std::string_view();
        });
        Statement rows = db_.query(R"sql(
            SELECT contact_id, event_type, occurred_at, property_mls, property_address,
                   property_price
              FROM contact_events
             WHERE event_type IN ('property_view', 'property_favorite', 'property_share'))sql");
        while (rows.step()) {
            const auto buyer = people.find(rows.text(0));
            const Trace trace = event_trace(rows);
            if (!buyer) continue;
            add(*buyer, trace.act, trace.at, trace.price, rows.text(3), rows.text(4));
        }
    }

    /// Inquiries and requests for a showing, which FUB tells with the home.
    void read_inquiries() {
        const Directory people = by_lead();
        Statement rows = db_.query(R"sql(
            SELECT lead_id, activity_type, occurred_at, activity_data, property_id
              FROM lead_activities
             WHERE activity_type LIKE '%inquiry%' OR activity_type LIKE '%showing%')sql");
        while (rows.step()) {
            const auto buyer = people.find(rows.text(0));
            const Trace trace = activity_trace(rows);
            if (!buyer) continue;
            if (const auto home = known_.find(std::string(rows.text(4))); home != known_.end())
                facts_.looks.push_back(
                    {static_cast<std::uint32_t>(*buyer), home->second, Act::inquiry, trace.at});
            else
                add_told(*buyer, trace.at, rows.text(3));
        }
    }

    void add_told(std::size_t buyer, Instant at, std::string_view data) {
        boost::system::error_code no_json;  // an older program's words: they tell of no home
        const json::Value told = boost::json::parse({data.data(), data.size()}, no_json);
        const json::Value* home = no_json ? nullptr : json::member(told, "property");
        if (!home) return;
        const auto mls = json::text(*home, "mlsNumber"), street = json::text(*home, "street"),
                   city = json::text(*home, "city"), code = json::text(*home, "code");
        const auto price = json::integer(*home, "price").value_or(0);
        const std::string address =
            street ? *street + ", " + city.value_or("") + ", " + code.value_or("") : "";
        add(buyer, Act::inquiry, at,
            static_cast<std::int32_t>(std::clamp<std::int64_t>(price, 0, INT32_MAX)),
            mls.value_or(""), address);
    }

    /// What an agent saved for somebody says as much as their own favorite.
    void read_saved() {
        const Directory people = by_lead();
        Statement rows = db_.query(R"sql(
            SELECT contact_id, property_id, coalesce(saved_at, created_at) AS at
              FROM contact_properties WHERE relationship = 'saved')sql");
        while (rows.step()) {
            const auto buyer = people.find(rows.text(0));
            const auto home = known_.find(std::string(rows.text(1)));
            const auto at = rows.get<std::optional<Instant>>(2);
            if (buyer && home != known_.end() && at)
                facts_.looks.push_back({static_cast<std::uint32_t>(*buyer), home->second,
                                        Act::property_favorite, *at});
        }
    }

    Directory by_lead() const {
        return {facts_.buyers,
                [](const BuyerToMatch& buyer) -> std::string_view { return buyer.lead.text; }};
    }

    void add(std::size_t buyer, Act act, Instant at, std::int32_t price, std::string_view mls,
             std::string_view address) {
        const auto home = home_named(mls, address);
        if (!home) return;
        auto& there = facts_.homes[*home];
        if (there.id.empty() && price > 0) there.price = price;
        facts_.looks.push_back({static_cast<std::uint32_t>(buyer), *home, act, at, price});
    }

    /// The home that an event is about; one that is not in the file is made from what it says.
    std::optional<std::uint32_t> home_named(std::string_view mls, std::string_view address) {
        std::string name(mls);
        (name += '\n') += address;
        const auto asked = named_.find(name);
        if (asked != named_.end()) return asked->second;
        std::optional<std::uint32_t> found;
        if (const auto* id = in_file_.find(mls, address)) found = known_.at(id->text);
        if (!found) found = elsewhere(mls, address);
        named_.emplace(std::move(name), found);
        return found;
    }

    std::optional<std::uint32_t> elsewhere(std::string_view mls, std::string_view address) {
        const bool marker = address.starts_with('[');  // `[Not found on IDX]`
        if (mls.empty() && (address.empty() || marker)) return std::nullopt;
        const auto [there, fresh] = strangers_.emplace(
            mls.empty() ? address : mls, static_cast<std::uint32_t>(facts_.homes.size()));
        if (fresh) {
            facts_.homes.emplace_back();
            if (const auto city = db_.one<std::optional<std::string>>(
                    "SELECT city FROM idx_property_cache WHERE mls_number = :mls", {{"mls", mls}}))
                facts_.homes.back().city = city->value_or("");
        }
        auto& home = facts_.homes[there->second];
        const auto parts =
            text::split(marker ? "" : address, ',');  // `12 Elm St, Asheville, NC 28801`
        if (home.city.empty() && parts.size() >= 3) home.city = parts[parts.size() - 2];
        return there->second;
    }

    Db& db_;
    MatchingFacts facts_;
    HomesOfEvents in_file_{db_};
    std::unordered_map<std::string, std::uint32_t> known_;      ///< by properties.id
    std::unordered_map<std::string, std::uint32_t> strangers_;  ///< by MLS number or address
    std::unordered_map<std::string, std::optional<std::uint32_t>> named_;
};

}  // namespace

MatchingFacts matching_facts(Db& db) {
    return Reading(db).read();
}

}  // namespace dreams::store
