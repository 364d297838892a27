#include <fmt/format.h>

#include "base/json.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "model/days_on_market.h"
#include "model/listing_status.h"
#include "store/contact_homes.h"
#include "store/doubtful_homes.h"
#include "store/hidden_homes.h"
#include "store/homes.h"
#include "store/match_lists.h"
#include "store/properties.h"
#include "templates/home.h"
#include "templates/home_change.h"
#include "templates/home_link.h"
#include "templates/home_person.h"
#include "templates/home_photo.h"
#include "templates/person_figure.h"
#include "web/homes.h"
#include "web/homes_view.h"
#include "web/match_view.h"
#include "web/phone.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;
using Text = std::optional<std::string>;

constexpr std::int64_t people_shown = 25;
constexpr std::int64_t buyers_shown = 10;
constexpr std::size_t photos_shown = 24;

/// What the page tells of a home.
struct HomeView {
    Property home;
    store::HomeLine line;
    std::vector<store::HomeSource> sources;
    std::vector<PropertyChange> changes;
    std::vector<store::ContactOfHome> people;
    bool doubtful = false;
    store::MatchLines buyers;  ///< whom it may fit
};

HomeView view_of(Request& request) {
    Db& db = request.db();
    const PropertyId id{request.segment()};
    auto home = store::property(db, id);
    if (!home) throw Error(Fault::not_found, "There is no such home.");
    if (const auto why = store::hidden_because(db, id))
        throw Error(Fault::not_found, "This home may not be shown: " + *why + ".");
    count_days_on_market(home->listing, request.today());
    return {.home = std::move(*home),
            .line = store::home_line(db, id).value_or(store::HomeLine{}),
            .sources = store::sources_of(db, id),
            .changes = store::changes_of(db, id),
            .people = store::keenest_on_home(db, id, people_shown),
            .doubtful = store::is_doubtful(db, id),
            .buyers = store::match_lines(db, {.home = id, .page_size = buyers_shown})};
}

/// A list of labels with what is said under each.
class Figures {
public:
    void add(std::string_view label, const Text& value) {
        if (value && !value->empty())
            html::append<templates::person_figure>(rows_, arg<"label">(label),
                                                   arg<"value">(*value));
    }
    template <class Number>
    void add(std::string_view label, const std::optional<Number>& number) {
        if (number) add(label, Text(fmt::format("{}", *number)));
    }
    void add_money(std::string_view label, const std::optional<std::int64_t>& dollars) {
        if (dollars) add(label, Text(money(*dollars)));
    }
    const html::Safe& rows() const { return rows_; }

private:
    html::Safe rows_;
};

/// `2025-03-19` as a person writes it; whatever else is there as it is.
Text day_of(const Text& said, Date today) {
    const auto day = said ? date_from(*said) : std::nullopt;
    return day ? Text(day_text(*day, today)) : said;
}

/// All that is known beyond the head of the page. Ratings of schools are in the file, and not
/// here: what is shown to buyers must not steer them (fair housing).
html::Safe facts_of(const Property& home, Date today) {
    const Listing& listing = home.listing;
    const Features& features = home.features;
    Figures facts;
    facts.add("Type", listing.property_type);
    facts.add("Style", listing.style);
    facts.add("Built", listing.year_built);
    facts.add("Stories", features.stories);
    facts.add("County", listing.county);
    facts.add("Subdivision", features.subdivision);
    facts.add("Parcel", listing.parcel_id);
    facts.add("Days on market", listing.days_on_market);
    facts.add("Listed", day_of(listing.list_date, today));
    facts.add_money("First price", listing.initial_price);
    facts.add("Views", features.views);
    facts.add("Water", features.water_features);
    facts.add("Amenities", features.amenities);
    facts.add("Heating", features.heating);
    facts.add("Cooling", features.cooling);
    facts.add("Garage", features.garage);
    facts.add("Sewer", features.sewer);
    facts.add("Roof", features.roof);
    facts.add_money("HOA a month", features.hoa_fee);
    facts.add_money("Assessed", features.tax_assessed_value);
    facts.add_money("Tax a year", features.tax_annual_amount);
    facts.add_money("Zestimate", features.zestimate);
    facts.add_money("Rent Zestimate", features.rent_zestimate);
    facts.add("Page views", home.engagement.page_views);
    facts.add("Saved on the portal by", home.engagement.favorites_count);
    facts.add("Listing agent", listing.listing_agent_name);
    facts.add("Agent’s phone", listing.listing_agent_phone);
    facts.add("Agent’s e-mail", listing.listing_agent_email);
    facts.add("Brokerage", listing.listing_brokerage);
    facts.add("Captured by", home.workflow.captured_by);
    return facts.rows();
}

std::string check_text(const Text& status) {
    if (status == "validated") return "found under this number";
    if (status == "not_found") return "not found";
    return "not looked up yet";
}

html::Safe check_of(const IdxCheck& check, Instant now) {
    Figures rows;
    rows.add("On your website", Text(check_text(check.idx_validation_status)));
    rows.add("MLS number there", check.idx_mls_number);
    if (check.original_mls_number != check.idx_mls_number)
        rows.add("MLS number before", check.original_mls_number);
    rows.add("MLS board", check.idx_mls_source);
    rows.add("Looked up", ago(check.idx_validated_at, now));
    return rows.rows();
}

html::Safe sources_of(const HomeView& view, Instant now) {
    Figures rows;
    for (const auto& source : view.sources) {
        const auto last = ago(source.last_at, now).value_or("");
        const auto first = ago(source.first_at, now).value_or("");
        rows.add(label_of(source.source), Text(first == last ? last : last + ", first " + first));
    }
    return rows.rows();
}

html::Safe links_of(const Listing& listing) {
    html::Safe links;
    for (const auto& [label, url] :
         {std::pair{"Redfin", listing.redfin_url}, std::pair{"Zillow", listing.zillow_url},
          std::pair{"Realtor.com", listing.realtor_url}, std::pair{"MLS", listing.mls_url},
          std::pair{"Virtual tour", listing.virtual_tour_url}})
        if (const auto href = web_address(url))
            html::append<templates::home_link>(links, arg<"href">(*href), arg<"label">(label));
    return links;
}

/// Where the home is on the team's site: where somebody found it, else where the site has it by
/// its number.
Text idx_page(const Property& home, const WebOptions& options) {
    if (const auto known = web_address(home.listing.idx_url)) return known;
    return idx_address(home.idx.idx_mls_number ? home.idx.idx_mls_number : home.listing.mls_number,
                       options);
}

/// A price where `value` is whole dollars, else the value itself.
Text value_text(const PropertyChange& change, const Text& value) {
    const auto dollars = value ? text::integer(*value) : std::nullopt;
    return change.type == "price" && dollars ? Text(money(*dollars)) : value;
}

html::Safe changes_of(const HomeView& view, const Request& request) {
    html::Safe rows;
    for (const auto& change : view.changes) {
        const auto moved = change.type != "price" && change.amount && *change.amount != 0
                               ? ", price " + std::string(*change.amount < 0 ? "−" : "+") +
                                     money(std::abs(*change.amount))
                               : "";
        html::append<templates::home_change>(
            rows, arg<"when">(moment_text(change.detected_at, request.zone(), request.today())),
            arg<"at">(change.detected_at), arg<"what">(label_of(change.type) + moved),
            arg<"from">(value_text(change, change.old_value)),
            arg<"to">(value_text(change, change.new_value)), arg<"by">(change.source));
    }
    return rows;
}

std::string name_of(const store::ContactOfHome& person) {
    const std::string name(
        text::trimmed(person.first_name.value_or("") + " " + person.last_name.value_or("")));
    if (!name.empty()) return name;
    for (const auto* other : {&person.email, &person.phone})
        if (*other && !(*other)->empty()) return **other;
    return person.link.contact.text;
}

html::Safe people_of(const HomeView& view, Instant now) {
    html::Safe rows;
    for (const auto& person : view.people) {
        const auto at = person.link.last_viewed_at.value_or("");
        const auto last = instant_from(at);
        const auto phone = phone_of(person.phone, person.no_call);
        html::append<templates::home_person>(
            rows, arg<"id">(person.link.contact), arg<"name">(name_of(person)),
            arg<"how">(person.link.relationship), arg<"priority">(person.priority),
            arg<"heat">(person.heat), arg<"views">(person.link.view_count),
            arg<"last">(ago(last, now)), arg<"last_at">(at), arg<"phone">(phone.text),
            arg<"tel">(phone.tel), arg<"no_call">(phone.no_call));
    }
    return rows;
}

html::Safe photos_of(const Listing& listing) {
    html::Safe photos;
    if (!listing.photo_urls) return photos;
    boost::system::error_code no_json;
    const auto urls = boost::json::parse(listing.photo_urls->text, no_json);
    if (no_json || !urls.is_array()) return photos;
    std::size_t count = 0;
    for (const auto& url : urls.get_array())
        if (url.is_string() && count++ < photos_shown)
            if (const auto photo = web_address(std::string(url.get_string())))
                html::append<templates::home_photo>(photos, arg<"photo">(*photo));
    return photos;
}

http::Response as_page(Request& request, const HomeView& view) {
    const auto& [home, line, sources, changes, people, doubtful, buyers] = view;
    const auto said = texts_of(line);
    const auto hidden = line.lookers - std::ssize(people);
    const auto more = hidden > 0 ? Text("and " + text::grouped(hidden) + " more") : std::nullopt;
    const auto further = buyers.total - std::ssize(buyers.lines);
    const auto more_buyers =
        further > 0 ? Text("and " + text::grouped(further) + " more") : std::nullopt;
    const auto content = html::render<templates::home>(
        arg<"name">(said.name), arg<"place">(said.place), arg<"status">(line.status),
        arg<"status_kind">(status_kind(line.status)), arg<"price">(said.price),
        arg<"drop">(said.drop), arg<"size">(said.size), arg<"photo">(said.photo),
        arg<"mls">(line.mls_number), arg<"client">(home.workflow.added_for),
        arg<"added_by">(home.workflow.added_by), arg<"notes">(home.workflow.notes),
        arg<"idx">(idx_page(home, request.options())), arg<"links">(links_of(home.listing)),
        arg<"facts">(facts_of(home, request.today())),
        arg<"sources">(sources_of(view, request.now())),
        arg<"check">(check_of(home.idx, request.now())), arg<"changes">(changes_of(view, request)),
        arg<"people">(people_of(view, request.now())),
        arg<"people_count">(counted(line.lookers, "person", "people")), arg<"more_people">(more),
        arg<"buyers">(match_cards(buyers.lines, MatchPage::home, request.now())),
        arg<"buyers_count">(counted(buyers.total, "buyer", "buyers")),
        arg<"more_buyers">(more_buyers),
        arg<"no_buyers">(is_for_sale(line.status)
                             ? "Nobody yet of whom enough is known. Buyers are sought each night."
                             : "It is not for sale: no buyers are sought for it."),
        arg<"doubtful">(doubtful), arg<"photos">(photos_of(home.listing)));
    return page(request, Tab::homes, said.name, content, {.photos = true, .copying = true});
}

http::Response as_json(const HomeView& view) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("property", view.home);
    writer.member("sources", view.sources).member("changes", view.changes);
    writer.member("people", view.people).member("matches", view.buyers.lines).end_object();
    return json(std::move(body));
}

}  // namespace

http::Response get_home(Request& request) {
    const PropertyId id{request.segment()};
    if (!store::property(request.db(), id))
        if (const auto home = store::joined_into(request.db(), id))
            return see_other("/properties/" + http::url_encoded(home->text));
    const auto view = view_of(request);
    return request.wants_json() ? as_json(view) : as_page(request, view);
}

}  // namespace dreams::web
