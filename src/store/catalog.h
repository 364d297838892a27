#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "store/search_texts.h"

namespace dreams::store {

/// A word that homes are filtered by, and how many homes have it.
struct HomeChoice {
    std::string word;
    std::int64_t homes = 0;

    static constexpr auto columns() {
        return std::tuple{Column{"word", &HomeChoice::word}, Column{"homes", &HomeChoice::homes}};
    }
    friend bool operator==(const HomeChoice&, const HomeChoice&) = default;
};

/// The different words of one column, whatever their case, numbered in alphabetical order. The
/// first spelling that comes is the one that is shown.
class Choices {
public:
    /// The number of a word in the order of coming. Not after sort().
    std::uint32_t add(std::string_view word);
    /// Numbers them in alphabetical order. Gives each one's new number by its old.
    std::vector<std::uint32_t> sort();

    /// The number of `word`; none has it: a number that nothing has.
    std::uint32_t number_of(std::string_view word) const;
    std::size_t size() const { return all_.size(); }
    const std::string& word(std::uint32_t number) const { return all_[number].choice.word; }
    /// In alphabetical order, without the empty one.
    std::vector<HomeChoice> list() const;

private:
    struct Each {
        std::string folded;
        HomeChoice choice;
    };
    std::vector<Each> all_;
    std::map<std::string, std::uint32_t, std::less<>> numbers_;  ///< by spelling, until sort()
};

/// Every home that may be shown (store/hidden_homes) at a glance, in memory: what it takes to
/// search, filter, sort and map homes. Read anew as soon as the file has changed.
///
/// Why not SQL: each page also says how many homes there are in all, and a row of `properties` is
/// 77 columns wide. Of 100,000 homes a filter by SQL took 140 ms, here each question takes two.
class Catalog {
public:
    struct Entry {
        std::int64_t row = 0;                                        ///< the rowid in properties
        std::uint32_t status = 0, city = 0, county = 0, client = 0;  ///< numbers in the choices
        std::int64_t price = -1;                                     ///< US dollars; −1: unknown
        std::int32_t beds = -1;                                      ///< −1: unknown
        bool on_map = false;
        double latitude = 0, longitude = 0;  ///< degrees, when on_map
        std::int64_t updated = 0;            ///< seconds since 1970; 0: unknown
    };

    /// Reads all homes again if the file has changed since the last time, else does nothing.
    void refresh(Db& db);

    /// In the order of city and address, those without any last.
    const std::vector<Entry>& homes() const { return homes_; }
    const Choices& statuses() const { return statuses_; }
    const Choices& cities() const { return cities_; }
    const Choices& counties() const { return counties_; }
    const Choices& clients() const { return clients_; }

    /// The indexes of the homes whose address, city, ZIP, county, subdivision or MLS number hold
    /// every word, ascending; all, if there is no word in `search`.
    std::vector<std::uint32_t> found(std::string_view search) const { return texts_.found(search); }

private:
    void read(Db& db);

    std::string version_;  ///< of the file, when it was read
    std::vector<Entry> homes_;
    Choices statuses_, cities_, counties_, clients_;
    SearchTexts texts_;
};

}  // namespace dreams::store
