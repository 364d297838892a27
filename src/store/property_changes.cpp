#include "store/property_changes.h"

#include <algorithm>
#include <charconv>

#include "base/json_writer.h"
#include "base/text.h"
#include "model/address_key.h"
#include "model/listing_status.h"
#include "store/property_identity.h"

namespace dreams::store {
namespace {

template <class T>
void keep_spelling(const std::optional<T>&, std::optional<T>&) {}

/// Words that differ in case only are the same words: no sighting rewrites them.
void keep_spelling(const std::optional<std::string>& stored, std::optional<std::string>& said) {
    if (stored && said && text::same_word(*stored, *said)) said = stored;
}

bool is_one_zip(const std::string& a, const std::string& b) {
    return a.size() >= 5 && b.size() >= 5 && a.substr(0, 5) == b.substr(0, 5);
}

/// Takes out of `said` what only says in other words what `stored` says.
void keep_what_is_known(const Listing& stored, Listing& said) {
    // Its spelling is ours whatever the row has; a word that nobody foresaw tells nothing new.
    const bool tells = !stored.status || !said.status || is_known_status(*said.status);
    const auto status = tells ? said.status : std::nullopt;
    for_each_pair(said, stored,
                  [](const char*, auto& theirs, const auto& ours) { keep_spelling(ours, theirs); });
    said.status = status;
    if (stored.address && said.address &&
        address_key(*stored.address) == address_key(*said.address))
        said.address.reset();
    if (stored.zip && said.zip && is_one_zip(*stored.zip, *said.zip)) said.zip.reset();
    if (stored.state && stored.state->size() == 2 && said.state && said.state->size() != 2)
        said.state.reset();
    if (stored.source) said.source.reset();  // who brought it first
}

/// A number and the board it is of are one statement: they are taken over together, or not at all,
/// so that no board gets a number that nobody said it gave. A home on the market that a second
/// board lists too keeps the number it has; so it does where the board of another number is not
/// told, since that may be the second board's.
void keep_number_with_its_board(const Listing& stored, Listing& said, Weight weight) {
    const auto board = board_key(stored.mls_source.value_or(""));
    const auto theirs = board_key(said.mls_source.value_or(""));
    const auto number = number_key(stored.mls_number.value_or(""));
    const auto their_number = number_key(said.mls_number.value_or(""));
    const bool overwrites = weight == Weight::overwrites;
    const bool comes_back = overwrites && is_off_market(stored.status) && is_for_sale(said.status);
    if (!theirs.empty() && theirs == board) {
        said.mls_source = stored.mls_source;
    } else if (!board.empty() && !number.empty() && !comes_back) {
        said.mls_source.reset();
        said.mls_number.reset();
    } else if (!number.empty() && number != their_number && (their_number.empty() || !overwrites)) {
        said.mls_source.reset();  // it is not of the number that stays
    }
    if (!number.empty() && number == their_number) said.mls_number = stored.mls_number;
}

/// The board of a number that was taken over is the one told with it, or none.
void take_board_of_number(const Listing& stored, const Listing& said, Listing& row) {
    if (row.mls_number != stored.mls_number) row.mls_source = said.mls_source;
}

template <Record R>
void take_over(R& row, const R& said, Weight weight) {
    for_each_pair(row, said, [&](const char*, auto& ours, const auto& theirs) {
        if (theirs && (weight == Weight::overwrites || !ours)) ours = theirs;
    });
}

std::string as_text(std::int64_t number) {
    return std::to_string(number);
}

/// What became different between two rows of one home, from the market's point of view.
class Market {
public:
    Market(const HomeRow& before, Merged& after, const Sighting& said, const Telling& telling)
        : old_(before.listing),
          new_(after.row.listing),
          idx_(after.row.idx),
          home_(before.id),
          said_(said),
          telling_(telling),
          after_(after) {
        const auto number = number_key(old_.mls_number.value_or(""));
        number_moved_ = !number.empty() && number != number_key(new_.mls_number.value_or(""));
        resold_ = is_sold(old_.status) && is_for_sale(new_.status);
        status_moved_ = old_.status && new_.status &&
                        listing_status(*old_.status) != listing_status(*new_.status);
        price_moved_ = old_.price && new_.price && old_.price != new_.price &&
                       !is_sold(old_.status) && !is_sold(new_.status);
    }

    void tell() {
        if (number_moved_ || resold_)
            tell_relisting();
        else if (price_moved_)
            tell_change("price", as_text(*old_.price), as_text(*new_.price), delta());
        if (status_moved_ && !(resold_ && !number_moved_))
            tell_change("status", *old_.status, *new_.status, {});
        check_idx_anew();
        write_histories();
        date_the_listing();
    }

private:
    std::optional<std::int64_t> delta() const {
        return price_moved_ ? std::optional(*new_.price - *old_.price) : std::nullopt;
    }

    void tell_relisting() {
        if (number_moved_)
            tell_change("relisted", *old_.mls_number, *new_.mls_number, delta());
        else
            tell_change("relisted", *old_.status, *new_.status, {});
    }

    void tell_change(std::string type, std::string from, std::string to,
                     std::optional<std::int64_t> amount) {
        after_.changes.push_back({.id = change_id(home_, type, from, to, telling_.at),
                                  .property_id = home_.text,
                                  .property_address = address(),
                                  .type = std::move(type),
                                  .old_value = std::move(from),
                                  .new_value = std::move(to),
                                  .amount = amount,
                                  .detected_at = telling_.at,
                                  .source = telling_.source});
    }

    std::string address() const {
        if (new_.address) return *new_.address;
        return new_.mls_number ? "MLS " + *new_.mls_number : "(address not known)";
    }

    /// Another number is another listing: whether the IDX site has it is open again.
    void check_idx_anew() {
        if (old_.mls_number == new_.mls_number || new_.mls_number == idx_.idx_mls_number) return;
        if (old_.mls_number) idx_.original_mls_number = old_.mls_number;
        idx_.idx_validation_status = "pending";
        idx_.idx_mls_number.reset();
        idx_.idx_mls_source.reset();
        idx_.idx_validated_at.reset();
    }

    void write_histories() {
        if (new_.price && (old_.price != new_.price)) {
            const char* event = is_sold(new_.status)       ? "sold"
                                : !old_.price              ? "first seen"
                                : number_moved_ || resold_ ? "relisted"
                                                           : "changed";
            json::Writer json = entry(after_.price_entry);
            json.member("price", *new_.price).member("event", std::string_view(event));
            close(json);
            new_.price_history = with_entry(new_.price_history, after_.price_entry);
        }
        if (new_.status && (!old_.status || status_moved_)) {
            json::Writer json = entry(after_.status_entry);
            json.member("status", *new_.status);
            close(json);
            new_.status_history = with_entry(new_.status_history, after_.status_entry);
        }
    }

    json::Writer entry(std::string& text) const {
        json::Writer json(text);
        json.begin_object().member("at", telling_.at);
        return json;
    }

    void close(json::Writer& json) const {
        if (said_.sold_on && is_sold(new_.status)) json.member("sold_on", *said_.sold_on);
        if (number_moved_) json.member("mls_number", new_.mls_number);
        json.member("source", telling_.source).end_object();
    }

    /// Whether an older sighting tells what was asked for a home that is sold by now.
    bool was_asked() const {
        const auto& said = said_.listing;
        return said.price && said.status && !is_off_market(said.status) &&
               (!said.mls_number || said.mls_number == new_.mls_number);
    }

    void date_the_listing() {
        const bool anew = number_moved_ || resold_;
        if (anew) {
            new_.list_date = said_.listing.list_date;
            if (!is_sold(new_.status)) new_.initial_price = new_.price;
        }
        if (!new_.initial_price && !is_sold(new_.status)) new_.initial_price = new_.price;
        if (!new_.initial_price && was_asked()) new_.initial_price = said_.listing.price;
        if (!new_.list_date && said_.listing.days_on_market && !is_sold(new_.status)) {
            const auto today = std::chrono::floor<std::chrono::days>(telling_.at);
            new_.list_date = dreams::to_text(
                Date{today.time_since_epoch() - std::chrono::days{*said_.listing.days_on_market}});
        }
    }

    const Listing& old_;
    Listing& new_;
    IdxCheck& idx_;
    const PropertyId& home_;
    const Sighting& said_;
    const Telling& telling_;
    Merged& after_;
    bool number_moved_ = false, resold_ = false, status_moved_ = false, price_moved_ = false;
};

}  // namespace

Merged merged(const HomeRow& before, Sighting said, const Telling& telling, Weight weight) {
    Merged after{.row = before};
    keep_what_is_known(before.listing, said.listing);
    for_each_pair(said.features, before.features,
                  [](const char*, auto& theirs, const auto& ours) { keep_spelling(ours, theirs); });
    keep_number_with_its_board(before.listing, said.listing, weight);
    take_over(after.row.listing, said.listing, weight);
    take_board_of_number(before.listing, said.listing, after.row.listing);
    take_over(after.row.features, said.features, weight);
    take_over(after.row.engagement, said.engagement, weight);
    Market(before, after, said, telling).tell();
    return after;
}

Merged first_row(const Sighting& said, const Telling& telling) {
    HomeRow nothing;
    nothing.idx.idx_validation_status = "pending";
    nothing.notion.sync_status = "pending";
    Merged row = merged(nothing, said, telling, Weight::overwrites);
    if (!row.row.listing.source) row.row.listing.source = telling.source;
    return row;
}

std::string change_id(const PropertyId& home, std::string_view type, std::string_view from,
                      std::string_view to, Instant at) {
    std::string seed = home.text;
    for (const auto part : {type, from, to}) seed += "|" + std::string(part);
    char id[17] = {};
    const auto number = text::hash(seed + "|" + to_text(at));
    return "chg_" + std::string(id, std::to_chars(id, id + 16, number, 16).ptr);
}

void add_changes(Db& db, const std::vector<PropertyChange>& changes) {
    if (changes.empty()) return;
    static const Keep how{.table = "property_changes", .key = "id", .once = {"notified"}};
    Keeper<PropertyChange> keeper(db, how);
    for (const auto& change : changes) keeper.keep(change);
}

std::vector<PropertyChange> changes_of(Db& db, const PropertyId& home) {
    return db.list<PropertyChange>(R"sql(
        SELECT * FROM property_changes WHERE property_id = :home
         ORDER BY detected_at DESC, id)sql",
                                   {{"home", home}});
}

}  // namespace dreams::store
