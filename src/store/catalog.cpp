#include "store/catalog.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "base/time.h"
#include "store/file_version.h"
#include "store/hidden_homes.h"

namespace dreams::store {
namespace {

constexpr auto homes_sql = R"sql(
    SELECT p.rowid, p.status, p.city, p.county, p.added_for, p.price, p.beds, p.latitude,
           p.longitude, p.updated_at, p.address, p.zip, p.subdivision, p.mls_number,
           p.idx_mls_number
      FROM properties p WHERE )sql";
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
    idx_mls
};

/// An entry with what it is sorted and searched by.
struct Read {
    Catalog::Entry entry;
    std::string order, text;
};

void place_on_map(const Statement& rows, Catalog::Entry& entry) {
    if (rows.is_null(Of::latitude) || rows.is_null(Of::longitude)) return;
    entry.latitude = rows.real(Of::latitude);
    entry.longitude = rows.real(Of::longitude);
    // 0, 0 lies in the Atlantic: it is how some sources say that they do not know.
    const bool somewhere = entry.latitude != 0 || entry.longitude != 0;
    entry.on_map = somewhere && std::abs(entry.latitude) <= 85 && std::abs(entry.longitude) <= 180;
}

std::string text_of(const Statement& rows) {
    std::string text;
    for (const auto column :
         {Of::address, Of::city, Of::zip, Of::county, Of::subdivision, Of::mls, Of::idx_mls})
        (text += rows.text(column)) += ' ';
    return text::folded(text);
}

Read read_home(const Statement& rows) {
    Read home;
    auto& entry = home.entry;
    entry.row = rows.integer(Of::row);
    if (!rows.is_null(Of::price)) entry.price = rows.integer(Of::price);
    if (!rows.is_null(Of::beds)) entry.beds = rows.get<std::int32_t>(Of::beds);
    place_on_map(rows, entry);
    const auto at = rows.get<std::optional<Instant>>(Of::updated);
    entry.updated = at ? at->time_since_epoch().count() : 0;
    const auto city = rows.text(Of::city), address = rows.text(Of::address);
    home.order = text::folded((city.empty() ? "\x7f" : std::string(city)) + '\x01' +
                              (address.empty() ? "\x7f" : std::string(address)));
    home.text = text_of(rows);
    return home;
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
        if (!each.folded.empty()) list.push_back(each.choice);
    return list;
}

void Catalog::refresh(Db& db) {
    std::string version = file_version(db);
    if (version == version_) return;
    read(db);
    version_ = std::move(version);
}

void Catalog::read(Db& db) {
    statuses_ = cities_ = counties_ = clients_ = {};
    std::vector<Read> read;
    Statement rows = db.prepare(std::string(homes_sql) + std::string(in_view));
    while (rows.step()) {
        auto& entry = read.emplace_back(read_home(rows)).entry;
        entry.status = statuses_.add(rows.text(Of::status));
        entry.city = cities_.add(rows.text(Of::city));
        entry.county = counties_.add(rows.text(Of::county));
        entry.client = clients_.add(rows.text(Of::client));
    }
    std::vector<std::uint32_t> order(read.size());
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
        const int homes = read[a].order.compare(read[b].order);
        return homes != 0 ? homes < 0 : read[a].entry.row < read[b].entry.row;
    });
    const auto status = statuses_.sort(), city = cities_.sort(), county = counties_.sort(),
               client = clients_.sort();
    homes_.clear();
    homes_.reserve(read.size());
    texts_.clear();
    for (const auto at : order) {
        Entry& entry = homes_.emplace_back(read[at].entry);
        entry.status = status[entry.status];
        entry.city = city[entry.city];
        entry.county = county[entry.county];
        entry.client = client[entry.client];
        texts_.add(read[at].text);
    }
}

}  // namespace dreams::store
