#include <algorithm>
#include <array>
#include <set>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "model/address_key.h"
#include "sources/listing_fields.h"
#include "sources/listing_page_facts.h"

namespace dreams::sources {
namespace {

using json::Value;

constexpr int of_this_page = 95;      // it names this page's address
constexpr int of_the_only_home = 80;  // it names none, and speaks of one home alone
constexpr std::size_t most_nodes = 2000;

/// What a home may be called (schema.org), lower case.
constexpr auto homes = std::to_array<std::string_view>(
    {"realestatelisting", "singlefamilyresidence", "house", "apartment", "residence",
     "accommodation", "place", "product", "offer", "condominium", "townhouse", "mobilehome",
     "landform", "individualproduct"});
/// What may stand around one, and says whose page it is.
constexpr auto pages = std::to_array<std::string_view>({"webpage", "itempage", "aboutpage"});

/// A home, or a page around one, somewhere in the blocks.
struct Node {
    const Value* value = nullptr;
    int within = -1;       ///< the node around it; −1: none
    bool listed = false;   ///< one of a list, or somebody else's: never this page's home
    bool is_home = false;  ///< else a page
};

std::vector<std::string> types_of(const Value& value) {
    std::vector<std::string> types;
    const auto add = [&](const Value& type) {
        if (!type.is_string()) return;
        const std::string_view text(type.get_string().data(), type.get_string().size());
        types.push_back(text::lower(text.substr(text.rfind('/') + 1)));
    };
    if (const auto* type = json::member(value, "@type")) {
        add(*type);
        if (type->is_array())
            for (const auto& each : type->get_array()) add(each);
    }
    return types;
}

template <std::size_t N>
bool any_in(const std::vector<std::string>& types, const std::array<std::string_view, N>& names) {
    return std::ranges::any_of(types, [&](const std::string& type) {
        return std::ranges::find(names, type) != names.end();
    });
}

/// Every node of a block, what is around before what is within. The depth is the JSON reader's.
void collect(const Value& value, int within, bool listed, std::vector<Node>& nodes) {
    if (nodes.size() >= most_nodes) return;
    if (value.is_array()) {
        for (const auto& each : value.get_array()) collect(each, within, listed, nodes);
        return;
    }
    if (!value.is_object()) return;
    const auto types = types_of(value);
    if (any_in(types, homes) || any_in(types, pages)) {
        nodes.push_back({&value, within, listed, any_in(types, homes)});
        within = static_cast<int>(nodes.size()) - 1;
    } else if (!types.empty()) {
        listed = true;  // a list, an agent, an event: the places in it are not this home
    }
    for (const auto& member : value.get_object())
        collect(member.value(), within, listed || member.key() == "itemListElement", nodes);
}

// ---- Whose page it is

/// A path without its slash at the end.
std::string_view bare(std::string_view path) {
    path = path.substr(0, path.find('?'));
    while (path.ends_with('/')) path.remove_suffix(1);
    return path;
}

/// Whether two addresses are one page: also when one of them goes on with words for people,
/// `/property/41` and `/property/41/12-elm-st`.
bool is_same_page(const http::Url& a, const http::Url& b) {
    const auto host = [](const http::Url& url) {
        return url.host.starts_with("www.") ? url.host.substr(4) : url.host;
    };
    if (host(a) != host(b)) return false;
    auto longer = bare(a.path), shorter = bare(b.path);
    if (longer.size() < shorter.size()) std::swap(longer, shorter);
    if (longer == shorter) return true;
    return std::ranges::count(shorter, '/') >= 2 && longer.starts_with(shorter) &&
           longer[shorter.size()] == '/';
}

/// The address in a member that is a text, or an object that has one.
std::optional<std::string> address_in(const Value& value, std::string_view key) {
    const auto* found = json::member(value, key);
    if (!found) return std::nullopt;
    if (found->is_object()) {
        if (auto id = json::text(*found, "@id")) return id;
        return json::text(*found, "url");
    }
    return json::text(value, key);
}

enum class Whose { this_page, another, unsaid };

Whose whose(const Value& node, const std::optional<http::Url>& page) {
    if (!page) return Whose::unsaid;
    auto result = Whose::unsaid;
    for (const auto key : {"url", "@id", "mainEntityOfPage", "offers"}) {
        const auto address = address_in(node, key);
        const auto url = address ? resolved(*page, *address) : std::nullopt;
        if (!url || !(address->starts_with("http") || address->starts_with('/'))) continue;
        if (is_same_page(*url, *page)) return Whose::this_page;
        result = Whose::another;
    }
    return result;
}

// ---- What a home says

/// `{"value":2090,"unitCode":"FTK"}`, `"2,090 sqft"` or 2090: the number, and the unit's word.
struct Amount {
    std::string number, unit;
};
Amount amount(const Value& node, std::string_view key) {
    const auto* found = json::member(node, key);
    if (!found) return {};
    if (!found->is_object()) return {json::text(node, key).value_or(""), ""};
    const auto unit = json::text(*found, "unitText").value_or("") + " " +
                      json::text(*found, "unitCode").value_or("");
    return {json::text(*found, "value").value_or(""), text::lower(unit)};
}

class Reader {
public:
    Reader(Facts& facts, const std::optional<http::Url>& page, int confidence)
        : facts_(facts), page_(page), confidence_(confidence) {}

    void read(const Value& node) {
        place(node);
        size(node);
        offer(node);
        numbers(node);
        photos(node);
        further(node);
    }

private:
    void add(std::string_view field, const std::optional<std::string>& value, int less = 0) {
        if (value) facts_.add(field, *value, ReadFrom::json_ld, confidence_ - less);
    }
    void place(const Value& node) {
        if (const auto* address = json::object(node, "address")) {
            const Value value(*address);
            add("address", json::text(value, "streetAddress"));
            add("city", json::text(value, "addressLocality"));
            add("state", json::text(value, "addressRegion"));
            add("zip", json::text(value, "postalCode"));
        } else {
            add("address", json::text(node, "address"));
        }
        if (const auto* geo = json::member(node, "geo")) {
            add("latitude", json::text(*geo, "latitude"));
            add("longitude", json::text(*geo, "longitude"));
        }
    }
    void size(const Value& node) {
        constexpr double square_feet_a_square_metre = 10.7639;
        auto floor = amount(node, "floorSize");
        if (floor.unit.find("mtk") != std::string::npos)
            if (const auto metres = text::number(floor.number))
                floor.number = std::to_string(*metres * square_feet_a_square_metre);
        add("sqft", floor.number);
        const auto lot = amount(node, "lotSize");
        const bool acres = lot.unit.find("ac") != std::string::npos ||
                           text::lower(lot.number).find("acre") != std::string::npos;
        add(acres ? "acreage" : "lot_sqft", lot.number);
        add("beds", json::text(node, "numberOfBedrooms"));
        add("beds", json::text(node, "numberOfRooms"), 40);
        const auto full = json::text(node, "numberOfFullBathrooms");
        add("full_baths", full);
        add("half_baths", json::text(node, "numberOfPartialBathrooms"));
        // A total that counts a half bath as one says less than the two numbers do.
        if (!full) add("baths", json::text(node, "numberOfBathroomsTotal"));
        add("year_built", json::text(node, "yearBuilt"));
    }
    void offer(const Value& node) {
        if (const auto* offers = json::member(node, "offers")) {
            if (offers->is_array())
                for (const auto& each : offers->get_array()) price(each);
            else
                price(*offers);
        }
        price(node);
        add("list_date", json::text(node, "datePosted"), 20);
    }
    void price(const Value& offer) {
        const auto* details = json::object(offer, "priceSpecification");
        const Value from = details ? Value(*details) : offer;
        const auto currency = json::text(from, "priceCurrency").value_or("USD");
        if (text::same_word(currency, "USD")) add("price", json::text(from, "price"));
        const auto word = json::text(offer, "availability").value_or("");
        if (word.ends_with("InStock")) add("status", "active", 50);
        if (word.ends_with("SoldOut")) add("status", "sold", 50);
    }
    void numbers(const Value& node) {
        add("mls_number", json::text(node, "mlsNumber"));
        for (const auto key : {"sku", "productID", "identifier"})
            add("mls_number", json::text(node, key), 50);
        const auto named = [&](const Value& property) {
            const auto name = json::text(property, "propertyID").value_or("") +
                              json::text(property, "name").value_or("");
            const auto header = normal_header(name);
            const auto value = json::text(property, "value");
            if (header.starts_with("mls")) return add("mls_number", value);
            for (const auto& field : listing_fields())
                if (std::ranges::find(field.headers, header) != field.headers.end())
                    return add(field.name, value, 10);
        };
        for (const auto key : {"identifier", "additionalProperty"}) {
            const auto* found = json::member(node, key);
            if (!found) continue;
            if (found->is_array())
                for (const auto& each : found->get_array()) named(each);
            else
                named(*found);
        }
    }
    void photos(const Value& node) {
        std::vector<std::string> urls;
        for (const auto key : {"image", "photo"})
            if (const auto* found = json::member(node, key)) photos_in(*found, urls);
        if (urls.empty()) return;
        add("primary_photo", urls.front());
        std::string all;
        for (const auto& url : urls) {
            if (all.size() + url.size() > 3500) break;
            all += (all.empty() ? "" : ",") + url;
        }
        add("photo_urls", all);
    }
    void photos_in(const Value& value, std::vector<std::string>& urls) {
        if (value.is_array()) {
            for (const auto& each : value.get_array()) photos_in(each, urls);
            return;
        }
        std::optional<std::string> text;
        if (value.is_string())
            text = std::string(value.get_string().data(), value.get_string().size());
        else if (!(text = json::text(value, "contentUrl")))
            text = json::text(value, "url");
        auto url = text ? photo_in(*text, page_) : "";
        for (auto at = url.find(','); at != std::string::npos; at = url.find(',', at))
            url.replace(at, 1, "%2C");  // the field is a list with commas
        if (!url.empty()) urls.push_back(url);
    }
    void further(const Value& node) {
        for (const auto& type : types_of(node)) {
            if (type == "singlefamilyresidence") add("property_type", "Single Family", 20);
            if (type == "apartment" || type == "condominium") add("property_type", "Condo", 20);
            if (type == "townhouse") add("property_type", "Townhouse", 20);
        }
    }

    Facts& facts_;
    const std::optional<http::Url>& page_;
    const int confidence_;
};

/// Which nodes are about this page's home: those that name its address, and what is within them.
std::vector<bool> about_this_page(const std::vector<Node>& nodes,
                                  const std::optional<http::Url>& page) {
    std::vector<bool> chosen(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto& node = nodes[i];
        if (node.listed) continue;
        const auto of = whose(*node.value, page);
        const bool within = node.within >= 0 && chosen[static_cast<std::size_t>(node.within)];
        chosen[i] = of == Whose::this_page || (of == Whose::unsaid && within);
    }
    return chosen;
}

std::string street_of(const Value& node) {
    if (const auto* address = json::object(node, "address"))
        return address_key(json::text(Value(*address), "streetAddress").value_or(""));
    return address_key(json::text(node, "address").value_or(""));
}

/// Where no node names the page: all that name no other, if they speak of one home alone.
std::vector<bool> about_the_only_home(const std::vector<Node>& nodes,
                                      const std::optional<http::Url>& page,
                                      std::vector<std::string>& notices) {
    std::vector<bool> chosen(nodes.size());
    std::set<std::string> streets;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const auto& node = nodes[i];
        chosen[i] = !node.listed && whose(*node.value, page) == Whose::unsaid;
        if (auto street = street_of(*node.value); chosen[i] && !street.empty())
            streets.insert(std::move(street));
    }
    if (streets.size() <= 1) return chosen;
    notices.push_back("the structured data speak of " + std::to_string(streets.size()) +
                      " homes and do not say which one the page is about; none was taken");
    return std::vector<bool>(nodes.size());
}

}  // namespace

void read_json_ld(const PageScan& scan, const std::optional<http::Url>& page, Facts& facts,
                  std::vector<std::string>& notices) {
    std::vector<Value> blocks;
    for (const auto& script : scan.json_ld) {
        if (text::trimmed(script).empty()) continue;
        try {
            blocks.push_back(json::parse(script));
        } catch (const Error& error) {
            notices.push_back(std::string("a block of structured data was passed over: ") +
                              error.what());
        }
    }
    std::vector<Node> nodes;
    for (const auto& block : blocks) collect(block, -1, false, nodes);
    auto chosen = about_this_page(nodes, page);
    const auto carries = [&](const std::vector<bool>& which) {
        for (std::size_t i = 0; i < nodes.size(); ++i)
            if (which[i] && nodes[i].is_home) return true;
        return false;
    };
    const bool named = carries(chosen);
    if (!named) chosen = about_the_only_home(nodes, page, notices);
    Reader reader(facts, page, named ? of_this_page : of_the_only_home);
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (chosen[i] && nodes[i].is_home) reader.read(*nodes[i].value);
}

}  // namespace dreams::sources
