#include "web/doubtful.h"

#include <fmt/format.h>

#include <array>

#include "base/json_writer.h"
#include "base/text.h"
#include "store/contact_properties.h"
#include "store/doubtful_homes.h"
#include "store/properties.h"
#include "templates/doubtful.h"
#include "templates/doubtful_apart.h"
#include "templates/doubtful_empty.h"
#include "templates/doubtful_fact.h"
#include "templates/doubtful_join.h"
#include "templates/doubtful_pair.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {

/// What somebody did who is led back to the page.
enum class Did : std::uint8_t { joined, parted, apart, reopened };

}  // namespace dreams::web

template <>
struct dreams::Words<dreams::web::Did> {
    using D = dreams::web::Did;
    static constexpr std::array<std::pair<D, std::string_view>, 4> list{
        {{D::joined, "joined"},
         {D::parted, "parted"},
         {D::apart, "apart"},
         {D::reopened, "reopened"}}};
};

namespace dreams::web {
namespace {

using html::arg;
using Text = std::optional<std::string>;

constexpr int pairs_shown = 20;
constexpr int joins_shown = 20, apart_shown = 20;

std::string_view sentence_of(Did did) {
    switch (did) {
        case Did::joined:
            return "The two are one home now. If that was wrong, undo it under “Joined”.";
        case Did::parted:
            return "The join is undone, and the pair is here again to be decided.";
        case Did::apart:
            return "They stay two homes. If that was wrong, undo it under “Two homes”.";
        case Did::reopened:
            return "The pair is here again to be decided.";
    }
    throw Error(Fault::internal, "a decision about homes that nobody knows");
}

/// One home as the comparison shows it.
struct Side {
    Property home;
    Text place, price, size, mls, seen, looked_at;
};

Text joined(std::initializer_list<Text> parts, std::string_view between) {
    std::string all;
    for (const auto& part : parts)
        if (part && !part->empty()) all += (all.empty() ? "" : std::string(between)) + *part;
    return all.empty() ? std::nullopt : Text(all);
}

template <class Number>
Text number_text(const std::optional<Number>& number, std::string_view unit) {
    return number ? Text(fmt::format("{}{}", *number, unit)) : std::nullopt;
}

Text sources_text(const std::vector<store::HomeSource>& sources, Instant now) {
    std::string all;
    for (const auto& [source, first, last] : sources)
        all += (all.empty() ? "" : ", ") + source + (last ? ", " + ago(*last, now) : "");
    return all.empty() ? std::nullopt : Text(all);
}

Side side_of(Request& request, const PropertyId& id) {
    auto home = store::property(request.db(), id);
    if (!home) throw Error(Fault::not_found, "There is no home " + id.text + " any more.");
    const auto people = store::people_who_look_at(request.db(), id);
    const Listing& listing = home->listing;
    return {
        .home = *home,
        .place = joined({listing.city, listing.state, listing.zip}, ", "),
        .price = listing.price ? Text(money(*listing.price)) : std::nullopt,
        .size = joined({number_text(listing.beds, " bd"), number_text(listing.baths, " ba"),
                        number_text(listing.sqft, " sq ft"), number_text(listing.acreage, " ac")},
                       ", "),
        .mls = joined({listing.mls_number, listing.mls_source}, ", "),
        .seen = sources_text(store::sources_of(request.db(), id), request.now()),
        .looked_at = people ? Text(counted(people, "person", "people")) : std::nullopt};
}

std::string name_of(const Side& side) {
    return side.home.listing.address.value_or(side.home.id.text);
}

/// Whether both know it, and otherwise.
template <class T>
bool contradict(const std::optional<T>& a, const std::optional<T>& b) {
    return a && b && *a != *b;
}

html::Safe facts_of(const Side& first, const Side& second) {
    html::Safe facts;
    const auto fact = [&](const char* label, const Text& a, const Text& b, bool differs) {
        if (!a && !b) return;
        html::append<templates::doubtful_fact>(facts, arg<"label">(label), arg<"first">(a),
                                               arg<"second">(b), arg<"differs">(differs));
    };
    const auto told = [&](const char* label, const Text& a, const Text& b) {
        fact(label, a, b, contradict(a, b));
    };
    const Listing &a = first.home.listing, &b = second.home.listing;
    told("Address", a.address, b.address);
    fact("Place", first.place, second.place,
         contradict(a.city, b.city) || contradict(a.state, b.state) || contradict(a.zip, b.zip));
    told("Price", first.price, second.price);
    told("Status", a.status, b.status);
    fact("MLS", first.mls, second.mls,
         contradict(a.mls_number, b.mls_number) || contradict(a.mls_source, b.mls_source));
    told("Parcel", a.parcel_id, b.parcel_id);
    fact("Size", first.size, second.size,
         contradict(a.beds, b.beds) || contradict(a.baths, b.baths) || contradict(a.sqft, b.sqft) ||
             contradict(a.acreage, b.acreage));
    told("Built", number_text(a.year_built, ""), number_text(b.year_built, ""));
    told("Type", a.property_type, b.property_type);
    told("Redfin", a.redfin_id, b.redfin_id);
    told("Zillow", a.zillow_id, b.zillow_id);
    told("Realtor.com", a.realtor_id, b.realtor_id);
    fact("Shown by", first.seen, second.seen, false);
    fact("Looked at by", first.looked_at, second.looked_at, false);
    return facts;
}

/// How many columns of its listing are known.
int facts_known(const Side& side) {
    int known = 0;
    for_each_column(side.home.listing, [&](const char*, const auto& value) {
        if constexpr (requires { value.has_value(); }) known += value.has_value();
    });
    return known;
}

void append_pair(html::Safe& pairs, const store::DoubtfulHomes& pair, Request& request) {
    const Side first = side_of(request, pair.first), second = side_of(request, pair.second);
    const int of_first = facts_known(first), of_second = facts_known(second);
    const bool second_leads = of_second > of_first;
    html::append<templates::doubtful_pair>(
        pairs, arg<"first">(pair.first), arg<"second">(pair.second),
        arg<"first_name">(name_of(first)), arg<"second_name">(name_of(second)),
        arg<"why">(pair.why), arg<"found">(ago(pair.found_at, request.now())),
        arg<"found_at">(pair.found_at), arg<"facts">(facts_of(first, second)),
        arg<"second_leads">(second_leads), arg<"more">(std::max(of_first, of_second)),
        arg<"fewer">(std::min(of_first, of_second)), arg<"even">(of_first == of_second));
}

html::Safe apart_of(Request& request) {
    html::Safe rows;
    for (const auto& pair : store::homes_apart(request.db(), apart_shown))
        html::append<templates::doubtful_apart>(
            rows, arg<"first">(pair.first), arg<"second">(pair.second),
            arg<"first_name">(pair.first_address.value_or(pair.first.text)),
            arg<"second_name">(pair.second_address.value_or(pair.second.text)),
            arg<"when">(moment_text(pair.since, request.zone(), request.today())),
            arg<"since">(pair.since), arg<"who">(pair.by));
    return rows;
}

html::Safe joins_of(Request& request) {
    html::Safe joins;
    const auto moment = [&](Instant at) {
        return moment_text(at, request.zone(), request.today());
    };
    for (const auto& join : store::home_joins(request.db(), joins_shown))
        html::append<templates::doubtful_join>(
            joins, arg<"id">(join.id), arg<"kept_id">(join.kept),
            arg<"kept">(join.kept_address.value_or(join.kept.text)),
            arg<"gone">(join.gone_address.value_or(join.gone.text)),
            arg<"when">(moment(join.joined_at)), arg<"joined_at">(join.joined_at),
            arg<"who">(join.joined_by),
            arg<"undone">(join.undone_at ? Text(moment(*join.undone_at)) : std::nullopt));
    return joins;
}

http::Response as_page(Request& request, const std::vector<store::DoubtfulHomes>& found,
                       std::int64_t count) {
    html::Safe pairs;
    for (const auto& pair : found) append_pair(pairs, pair, request);
    const auto did = request.word_if<Did>("did");
    const auto message = did ? std::optional(sentence_of(*did)) : std::nullopt;
    const auto content = html::render<templates::doubtful>(
        arg<"count">(counted(count, "pair", "pairs")), arg<"pairs">(pairs),
        arg<"empty">(found.empty() ? html::render<templates::doubtful_empty>() : html::Safe()),
        arg<"message">(message), arg<"joins">(joins_of(request)), arg<"apart">(apart_of(request)),
        arg<"more">(count > std::ssize(found)));
    return page(request, Tab::doubtful, "Doubtful pairs", content);
}

http::Response as_json(Request& request, const std::vector<store::DoubtfulHomes>& found,
                       std::int64_t count) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("count", count);
    writer.member("pairs", found).member("joins", store::home_joins(request.db(), joins_shown));
    writer.member("apart", store::homes_apart(request.db(), apart_shown));
    writer.end_object();
    return json(std::move(body));
}

PropertyId home_named(const Request& request, std::string_view parameter) {
    PropertyId id{request.text(parameter)};
    if (id.text.empty())
        throw Error(Fault::invalid, "'" + std::string(parameter) + "' has to name a home");
    return id;
}

/// Does what a person decided, in one commit.
template <class Decision>
http::Response decide(Request& request, Did did, const Decision& decision) {
    auto turn = request.site().writing.take();
    auto transaction = turn.db().begin();
    decision(turn.db());
    transaction.commit();
    return see_other(address("/doubtful", {{"did", std::string(word(did))}}));
}

}  // namespace

http::Response get_doubtful(Request& request) {
    const auto found = store::doubtful_homes(request.db(), pairs_shown);
    const auto count = store::count_doubtful_homes(request.db());
    return request.wants_json() ? as_json(request, found, count) : as_page(request, found, count);
}

http::Response post_join(Request& request) {
    const auto kept = home_named(request, "kept"), gone = home_named(request, "gone");
    return decide(request, Did::joined, [&](Db& db) {
        store::join_homes(db, kept, gone, request.by_whom(), request.now());
    });
}

http::Response post_apart(Request& request) {
    const auto first = home_named(request, "first"), second = home_named(request, "second");
    return decide(request, Did::apart, [&](Db& db) {
        store::keep_apart(db, first, second, request.by_whom(), request.now());
    });
}

http::Response post_undo_apart(Request& request) {
    const auto first = home_named(request, "first"), second = home_named(request, "second");
    return decide(request, Did::reopened, [&](Db& db) { store::decide_anew(db, first, second); });
}

http::Response post_undo_join(Request& request) {
    const auto join = text::integer(request.segment());
    if (!join) throw Error(Fault::not_found, "There is no such join.");
    return decide(request, Did::parted,
                  [&](Db& db) { store::undo_join(db, *join, request.now()); });
}

}  // namespace dreams::web
