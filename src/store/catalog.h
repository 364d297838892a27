#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/record.h"
#include "store/home_edits.h"
#include "store/search_texts.h"

namespace dreams::store {

/// A word that homes are filtered by, and how many homes have it.
struct HomeChoice {
    std::string word;
    std::int64_t homes = 0;

    static constexpr auto columns() {
        return Columns{Column{"word", &HomeChoice::word}, Column{"homes", &HomeChoice::homes}};
    }
    friend bool operator==(const HomeChoice&, const HomeChoice&) = default;
};

/// The different words of one column, whatever their case, numbered in alphabetical order. The
/// first spelling that comes is the one that is shown.
class Choices {
public:
    /// One more home has the word. Gives its number, which is good until sort().
    std::uint32_t add(std::string_view word);
    void remove(std::uint32_t number) { --all_[number].choice.homes; }
    /// Numbers them in alphabetical order. Gives each one's new number by its old.
    std::vector<std::uint32_t> sort();

    /// The number of `word`; none has it: a number that nothing has.
    std::uint32_t number_of(std::string_view word) const;
    std::size_t size() const { return all_.size(); }
    const std::string& word(std::uint32_t number) const { return all_[number].choice.word; }
    /// In alphabetical order, without the empty one and those that no home has any more.
    std::vector<HomeChoice> list() const;
    /// The same of what commas part: a home for `Ann Lee, Bob` is one for each of them.
    std::vector<HomeChoice> list_apart() const;
    /// By number: whether the word is `part`, or names it between commas. None of them: all false.
    std::vector<bool> naming(std::string_view part) const;

private:
    struct Each {
        std::string folded;
        HomeChoice choice;
    };
    std::vector<Each> all_;
    std::map<std::string, std::uint32_t, std::less<>> numbers_;  ///< by spelling, since sort()
};

/// What a catalogue is made of: every home that may be shown (store/hidden_homes) at a glance, as
/// of one state of the file. Never changed once it is made, so that several threads may read it.
class HomesAtAGlance {
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

    /// Reads all homes.
    static std::shared_ptr<const HomesAtAGlance> of(Db& db);
    /// Reads those that were edited since, and takes the others from here. Null: those are so many
    /// that of() is quicker, or `db` is not a later state of the same file.
    std::shared_ptr<const HomesAtAGlance> brought_up_to(Db& db) const;

    const HomeEdits& as_of() const { return as_of_; }

private:
    friend class Catalog;
    struct Row;
    static std::vector<Row> rows_of(Db& db, const std::vector<std::string>& ids);
    void prepare(const HomesAtAGlance& from, std::size_t more);
    void add(const HomesAtAGlance& from, std::uint32_t index);
    void add(Row& row);
    void leave_out(const Entry& entry);
    void sort_choices();

    HomeEdits as_of_;
    std::vector<Entry> homes_;  ///< in the order of city and address
    Choices statuses_, cities_, counties_, clients_;
    SearchTexts texts_;         ///< each home's
    SearchTexts orders_, ids_;  ///< what each is put in order by, and its properties.id
};

/// The latest of a file, shared by all who read it. Safe from several threads.
class CatalogShelf {
public:
    /// As of the moment that `db` sees; made from `own` or from what lies here where that is near.
    std::shared_ptr<const HomesAtAGlance> latest(Db& db,
                                                 const std::shared_ptr<const HomesAtAGlance>& own);

private:
    std::mutex guard_;
    std::shared_ptr<const HomesAtAGlance> latest_;
};

/// Every home that may be shown at a glance, in memory: what it takes to search, filter, sort and
/// map homes. As soon as homes have been edited those are read anew; what else is written to the
/// file costs nothing. For one connection; what is read is shared through the shelf.
///
/// Why not SQL: each page also says how many homes there are in all, and a row of `properties` is
/// 77 columns wide. Of 100,000 homes a filter by SQL took 140 ms, here each question takes two.
class Catalog {
public:
    using Entry = HomesAtAGlance::Entry;

    Catalog() : Catalog(std::make_shared<CatalogShelf>()) {}
    explicit Catalog(std::shared_ptr<CatalogShelf> shelf) : shelf_(std::move(shelf)) {}

    /// Reads what was edited since the last time.
    void refresh(Db& db);

    /// In the order of city and address, those without any last.
    const std::vector<Entry>& homes() const { return now_->homes_; }
    const Choices& statuses() const { return now_->statuses_; }
    const Choices& cities() const { return now_->cities_; }
    const Choices& counties() const { return now_->counties_; }
    const Choices& clients() const { return now_->clients_; }

    /// The indexes of the homes whose address, city, ZIP, county, subdivision or MLS number (an
    /// earlier one too) hold every word, ascending; all, if there is no word in `search`. The
    /// label of a number does not matter, nor how the words of a street are abbreviated.
    std::vector<std::uint32_t> found(std::string_view search) const;

private:
    std::shared_ptr<CatalogShelf> shelf_;
    std::shared_ptr<const HomesAtAGlance> now_ = std::make_shared<HomesAtAGlance>();
};

}  // namespace dreams::store
