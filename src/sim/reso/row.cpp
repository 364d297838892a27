#include "sim/reso/row.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json_writer.h"
#include "base/text.h"

namespace dreams::sim {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;  // name and JSON

std::string as_text(std::string_view text) {
    return json::written(text);
}

/// `Active Under Contract` in the style of the service.
std::string one_word(std::string_view value, const ResoOptions& options) {
    if (options.words == ResoOptions::Words::text) return as_text(value);
    std::string word(value);
    std::erase(word, ' ');
    return as_text(word);
}

std::string some_words(const std::vector<std::string_view>& values, const ResoOptions& options) {
    if (options.words == ResoOptions::Words::text && options.odd) {  // a text with commas between
        std::string all;
        for (const auto value : values) all += (all.empty() ? "" : ",") + std::string(value);
        return as_text(all);
    }
    std::string list;
    for (const auto value : values) list += (list.empty() ? "" : ",") + one_word(value, options);
    return "[" + list + "]";
}

/// Odd services write whole numbers so.
std::string whole(std::int64_t number, const ResoOptions& options) {
    return std::to_string(number) + (options.odd ? ".0" : "");
}

std::string point(std::int64_t degrees_e6) {
    return fmt::format("{:.6f}", static_cast<double>(degrees_e6) / 1e6);
}

std::string property_type(const Home& home) {
    return home.type == "Land" ? "Land" : "Residential";
}

void add_offer(Fields& fields, const ResoRow& row, const ResoOptions& options) {
    const auto stamp = [&](Instant at) {
        const auto text = to_text(at);
        return as_text(options.odd ? text.substr(0, text.size() - 1) + ".000" : text);
    };
    // Bridge tells of a change when it has heard of it.
    const bool bridge = options.kind == ResoOptions::Kind::bridge;
    if (bridge) fields.emplace_back("BridgeModificationTimestamp", stamp(row.modified));
    fields.emplace_back("ModificationTimestamp",
                        stamp(bridge ? row.modified - std::chrono::hours(1) : row.modified));
    fields.emplace_back("StandardStatus", one_word(row.status, options));
    fields.emplace_back("ListPrice", whole(row.price, options));
    fields.emplace_back("OriginalListPrice", whole(row.home->first_price, options));
    fields.emplace_back("OnMarketDate", as_text(to_text(row.home->listed).substr(0, 10)));
    if (row.status == "Closed") {
        fields.emplace_back("ClosePrice", whole(row.price, options));
        fields.emplace_back("CloseDate", as_text(to_text(row.modified).substr(0, 10)));
    }
    fields.emplace_back("ListAgentFullName", as_text("Robin Lister"));
    fields.emplace_back("ListAgentMobilePhone", as_text("(828) 555-0142"));
    fields.emplace_back("ListOfficeName", as_text("Example Realty"));
    fields.emplace_back("PrivateRemarks", as_text("Seller in a hurry, would take less"));
    fields.emplace_back("ShowingInstructions", as_text("Lock box 4711"));
}

void add_place(Fields& fields, const ResoRow& row) {
    const Home& home = *row.home;
    fields.emplace_back("UnparsedAddress", as_text(home.street));
    fields.emplace_back("City", as_text(home.city));
    fields.emplace_back("StateOrProvince", as_text(home.state));
    fields.emplace_back("PostalCode", as_text(home.code + "-1234"));
    fields.emplace_back("CountyOrParish", as_text(home.county));
    fields.emplace_back("Latitude", point(home.lat_e6));
    fields.emplace_back("Longitude", point(home.lng_e6));
    fields.emplace_back("InternetAddressDisplayYN", row.address_shown ? "true" : "false");
}

void add_house(Fields& fields, const Home& home, const ResoOptions& options) {
    fields.emplace_back("PropertyType", one_word(property_type(home), options));
    fields.emplace_back("LotSizeAcres", fmt::format("{:.2f}", home.acres_hundredths / 100.0));
    if (home.type == "Land") return;
    fields.emplace_back("BedroomsTotal", whole(home.beds, options));
    fields.emplace_back("BathroomsFull", whole(home.half_baths / 2, options));
    fields.emplace_back("BathroomsHalf", whole(home.half_baths % 2, options));
    fields.emplace_back("BathroomsTotalInteger",
                        whole(home.half_baths / 2 + home.half_baths % 2, options));
    fields.emplace_back("LivingArea", whole(home.sqft, options));
    fields.emplace_back("LivingAreaUnits", one_word("Square Feet", options));
    fields.emplace_back("YearBuilt", whole(home.year_built, options));
    fields.emplace_back("Heating", some_words({"Heat Pump", "Wood Stove"}, options));
    fields.emplace_back("View", some_words({"Mountain(s)", "Long Range"}, options));
}

std::string media(const ResoRow& row) {
    std::string list;
    for (const int order : {2, 10, 1})  // by number, not by text, and not as they come
        list += fmt::format(
            R"({}{{"MediaKey":"{}-{}","MediaURL":"https://media.example/{}/{}.jpg","Order":"{}"}})",
            list.empty() ? "" : ",", row.key, order, row.number, order, order);
    return "[" + list + "]";
}

}  // namespace

std::string row_json(const ResoRow& row, const ResoOptions& options,
                     const std::optional<std::string>& select, bool with_media) {
    Fields fields{{"ListingKey", as_text(row.key)}, {"ListingId", as_text(row.number)}};
    fields.emplace_back("OriginatingSystemName", as_text(options.system));
    add_offer(fields, row, options);
    add_place(fields, row);
    add_house(fields, *row.home, options);
    if (options.kind == ResoOptions::Kind::mls_grid) {
        fields.emplace_back("MlgCanView", row.in_view ? "true" : "false");
        fields.emplace_back("MlgCanUse", R"(["IDX","BO"])");
        fields.emplace_back(options.prefix + "_LocalField", as_text("of this MLS alone"));
    }
    const auto wanted = select ? text::split(*select, ',') : std::vector<std::string>{};
    std::string out;
    const auto write = [&](const std::string& name, const std::string& value) {
        out += (out.empty() ? "" : ",") + as_text(name) + ":" + value;
    };
    for (auto& [name, value] : fields) {
        if (select && std::ranges::find(wanted, name) == wanted.end()) continue;
        const auto odd = row.odd_fields.find(name);
        write(name, odd == row.odd_fields.end() ? value : odd->second);
    }
    for (const auto& [name, value] : row.odd_fields)
        if (std::ranges::find(fields, name, &Fields::value_type::first) == fields.end())
            write(name, value);
    if (with_media) write("Media", media(row));
    return "{" + out + "}";
}

}  // namespace dreams::sim
