#include "store/catalog.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <optional>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "base/time.h"
#include "model/address_key.h"
#include "model/county.h"
#include "model/sighting.h"
#include "store/hidden_homes.h"

namespace dreams::store {
namespace {

// With `+` the few keys of a home are read by its index, not every number of the file for each
// home.
constexpr auto homes_sql = R"sql(
    SELECT p.rowid, p.status, p.city, p.county, p.added_for, p.price, p.beds, p.latitude,
           p.longitude, p.updated_at, p.address, p.zip, p.subdivision, p.mls_number,
           p.idx_mls_number, p.id,
           (SELECT group_concat(k.key, ' ') FROM dreams_property_keys k
             WHERE k.property_id = p.id AND +k.kind = 'number') AS numbers
      FROM properties p WHERE )sql";

/// So many edits are read one by one; more than these, and everything is read at once.
constexpr std::int64_t most_edits = 5'000;

enum Of {
    row,
    status,
    city,
    county,
    client,
    price,
    beds,
    latitude,
    longitude,
    updated,
    address,
    zip,
    subdivision,
    mls,
    idx_mls,
    id,
    numbers
};

void place_on_map(const Statement& rows, HomesAtAGlance::Entry& entry) {
    if (rows.is_null(Of::latitude) || rows.is_null(Of::longitude)) return;
    entry.latitude = rows.real(Of::latitude);
    entry.longitude = rows.real(Of::longitude);
    // 0, 0 lies in the Atlantic: it is how some sources say that they do not know.
    const bool somewhere = entry.latitude != 0 || entry.longitude != 0;
    entry.on_map = somewhere && std::abs(entry.latitude) <= 85 && std::abs(entry.longitude) <= 180;
}

std::string text_of(const Statement& rows) {
    // The street in its short form first, and its city behind it, as one would write it.
    std::string text = address_key(rows.text(Of::address)) + ' ';
    for (const auto column : {Of::city, Of::zip, Of::address, Of::county, Of::subdivision, Of::mls,
                              Of::idx_mls, Of::numbers})
        (text += rows.text(column)) += ' ';
    return text::folded(text);
}

/// A text of SearchTexts without the line feed that ends it.
std::string_view line(std::string_view text) {
    return text.substr(0, text.size() - 1);
}

}  // namespace

std::uint32_t Choices::add(std::string_view word) {
    auto spelling = numbers_.find(word);
    if (spelling == numbers_.end()) {
        const auto trimmed = text::trimmed(word);
        const auto folded = text::folded(trimmed);
        const auto same = std::ranges::find(all_, folded, &Each::folded);
        const auto number = static_cast<std::uint32_t>(same - all_.begin());
        if (same == all_.end()) all_.push_back({folded, {std::string(trimmed), 0}});
        spelling = numbers_.emplace(word, number).first;
    }
    ++all_[spelling->second].choice.homes;
    return spelling->second;
}

std::vector<std::uint32_t> Choices::sort() {
    std::vector<std::uint32_t> order(all_.size()), renumbered(all_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return all_[i].folded; });
    std::vector<Each> sorted;
    for (const auto old : order) {
        renumbered[old] = static_cast<std::uint32_t>(sorted.size());
        sorted.push_back(std::move(all_[old]));
    }
    all_ = std::move(sorted);
    numbers_.clear();
    return renumbered;
}

std::uint32_t Choices::number_of(std::string_view word) const {
    const auto found = std::ranges::find(all_, text::folded(text::trimmed(word)), &Each::folded);
    return static_cast<std::uint32_t>(found - all_.begin());
}

std::vector<HomeChoice> Choices::list() const {
    std::vector<HomeChoice> list;
    for (const auto& each : all_)
        if (!each.folded.empty() && each.choice.homes > 0) list.push_back(each.choice);
    return list;
}

std::vector<HomeChoice> Choices::list_apart() const {
    Choices apart;
    for (const auto& [word, homes] : list())
        for (const auto& part : text::split(word, ','))
            apart.all_[apart.add(part)].choice.homes += homes - 1;
    apart.sort();
    return apart.list();
}

std::vector<bool> Choices::naming(std::string_view part) const {
    const auto wanted = text::folded(text::trimmed(part));
    std::vector<bool> named;
    for (const auto& each : all_) {
        const auto parts = text::split(each.folded, ',');
        named.push_back(each.folded == wanted || std::ranges::find(parts, wanted) != parts.end());
    }
    return named;
}

/// An entry with its words, and what it is sorted and searched by.
struct HomesAtAGlance::Row {
    Entry entry;
    std::string status, city, county, client, order, text, id;

    static Row of(const Statement& rows) {
        Row home;
        auto& entry = home.entry;
        entry.row = rows.integer(Of::row);
        if (!rows.is_null(Of::price)) entry.price = rows.integer(Of::price);
        if (!rows.is_null(Of::beds)) entry.beds = rows.get<std::int32_t>(Of::beds);
        place_on_map(rows, entry);
        const auto at = rows.get<std::optional<Instant>>(Of::updated);
        entry.updated = at ? at->time_since_epoch().count() : 0;
        home.status = rows.text(Of::status);
        home.city = rows.text(Of::city);
        home.county = county_name(rows.text(Of::county));
        home.client = rows.text(Of::client);
        home.id = rows.text(Of::id);
        const auto address = rows.text(Of::address);
        home.order = text::folded((home.city.empty() ? "\x7f" : home.city) + '\x01' +
                                  (address.empty() ? "\x7f" : std::string(address)));
        home.text = text_of(rows);
        return home;
    }
    /// Where it stands among the others.
    std::pair<std::string_view, std::int64_t> place() const { return {order, entry.row}; }
};

void HomesAtAGlance::add(Row& row) {
    row.entry.status = statuses_.add(row.status);
    row.entry.city = cities_.add(row.city);
    row.entry.county = counties_.add(row.county);
    row.entry.client = clients_.add(row.client);
    homes_.push_back(row.entry);
    texts_.add(row.text);
    orders_.add(row.order);
    ids_.add(row.id);
}

void HomesAtAGlance::add(const HomesAtAGlance& from, std::uint32_t index) {
    homes_.push_back(from.homes_[index]);
    texts_.add(line(from.texts_[index]));
    orders_.add(line(from.orders_[index]));
    ids_.add(line(from.ids_[index]));
}

void HomesAtAGlance::sort_choices() {
    const auto status = statuses_.sort(), city = cities_.sort(), county = counties_.sort(),
               client = clients_.sort();
    for (auto& entry : homes_) {
        entry.status = status[entry.status];
        entry.city = city[entry.city];
        entry.county = county[entry.county];
        entry.client = client[entry.client];
    }
}

std::shared_ptr<const HomesAtAGlance> HomesAtAGlance::of(Db& db) {
    auto all = std::make_shared<HomesAtAGlance>();
    all->as_of_ = home_edits(db);
    std::vector<Row> read;
    Statement rows = db.prepare(std::string(homes_sql) + in_view);
    while (rows.step()) read.push_back(Row::of(rows));
    std::vector<std::uint32_t> order(read.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, {}, [&](std::uint32_t i) { return read[i].place(); });
    all->homes_.reserve(read.size());
    for (const auto at : order) all->add(read[at]);
    all->sort_choices();
    return all;
}

std::vector<HomesAtAGlance::Row> HomesAtAGlance::rows_of(Db& db,
                                                         const std::vector<std::string>& ids) {
    const auto by_id = std::string(homes_sql) + in_view + " AND p.id = :id";
    std::vector<Row> rows;
    for (const auto& id : ids) {
        Statement row = db.query(by_id, {{"id", id}});
        while (row.step()) rows.push_back(Row::of(row));
    }
    std::ranges::sort(rows, {}, &Row::place);
    return rows;
}

/// Takes the choices of `from`, and room for all its homes and `more`.
void HomesAtAGlance::prepare(const HomesAtAGlance& from, std::size_t more) {
    constexpr std::size_t bytes_a_home = 200;
    const auto homes = from.homes_.size() + more;
    statuses_ = from.statuses_;
    cities_ = from.cities_;
    counties_ = from.counties_;
    clients_ = from.clients_;
    homes_.reserve(homes);
    texts_.reserve(homes, from.texts_.bytes() + more * bytes_a_home);
    orders_.reserve(homes, from.orders_.bytes() + more * bytes_a_home);
    ids_.reserve(homes, from.ids_.bytes() + more * bytes_a_home);
}

void HomesAtAGlance::leave_out(const Entry& entry) {
    statuses_.remove(entry.status);
    cities_.remove(entry.city);
    counties_.remove(entry.county);
    clients_.remove(entry.client);
}

std::shared_ptr<const HomesAtAGlance> HomesAtAGlance::brought_up_to(Db& db) const {
    const auto now = home_edits(db);
    if (now.schema != as_of_.schema || now.edit < as_of_.edit ||
        count_edited_homes(db, as_of_.edit) > most_edits)
        return nullptr;
    const auto ids = edited_homes(db, as_of_.edit);
    auto edited = rows_of(db, ids);
    const std::unordered_set<std::string_view> gone(ids.begin(), ids.end());  // where they stand

    auto all = std::make_shared<HomesAtAGlance>();
    all->as_of_ = now;
    all->prepare(*this, edited.size());
    auto next = edited.begin();
    for (std::uint32_t i = 0; i < homes_.size(); ++i) {
        if (gone.contains(line(ids_[i]))) {
            all->leave_out(homes_[i]);
            continue;
        }
        const std::pair place(line(orders_[i]), homes_[i].row);
        for (; next != edited.end() && next->place() < place; ++next) all->add(*next);
        all->add(*this, i);
    }
    for (; next != edited.end(); ++next) all->add(*next);
    all->sort_choices();
    return all;
}

std::shared_ptr<const HomesAtAGlance> CatalogShelf::latest(
    Db& db, const std::shared_ptr<const HomesAtAGlance>& own) {
    const auto wanted = home_edits(db);
    const std::lock_guard lock(guard_);
    if (latest_ && latest_->as_of() == wanted) return latest_;
    auto made = latest_ ? latest_->brought_up_to(db) : nullptr;
    if (!made) made = own->brought_up_to(db);
    if (!made) made = HomesAtAGlance::of(db);
    // Who sees an older moment than another has seen keeps it to itself.
    const auto& now = made->as_of();
    if (!latest_ || latest_->as_of().schema != now.schema || latest_->as_of().edit < now.edit)
        latest_ = made;
    return made;
}

std::vector<std::uint32_t> Catalog::found(std::string_view search) const {
    auto found = now_->texts_.found(bare_mls_number(search));
    const auto street = address_key(search);
    const bool is_phrase = street.find(' ') != std::string::npos;
    if (!is_phrase || street == text::folded(text::trimmed(search))) return found;
    std::vector<std::uint32_t> both;
    std::ranges::set_union(found, now_->texts_.holding(street), std::back_inserter(both));
    return both;
}

void Catalog::refresh(Db& db) {
    if (now_->as_of() != home_edits(db)) now_ = shelf_->latest(db, now_);
}

}  // namespace dreams::store
