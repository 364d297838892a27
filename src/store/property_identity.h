#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "model/property.h"
#include "store/properties_row.h"

namespace dreams::store {

/// One thing that a home is known by. Kinds: `redfin`, `zillow`, `realtor` (the portal's id),
/// `mls` (board and number), `number` (the number alone), `parcel`, `address`, and `street` (the
/// address without suffix and unit's word: it finds doubtful pairs, and never decides).
struct HomeKey {
    std::string_view kind;
    std::string key;
};

/// Everything that `home` is known by, normalised.
std::vector<HomeKey> home_keys(const Listing& home);

/// A board by one name, however a source writes it: `CANOPYMLS as Distributed by MLS Grid`, `CHNC`
/// and `Canopy` are one. Empty: not said.
std::string board_key(std::string_view mls_source);

/// `AB-4100001`, `ab4100001` and `MLS# AB4100001` are one number.
std::string number_key(std::string_view mls_number);

/// Another row that may be the same home, and a sentence why that is not sure.
struct Doubt {
    PropertyId other;
    std::string why;
};

struct Identified {
    std::optional<HomeRow> home;  ///< none: it is not in the file yet
    std::vector<Doubt> doubts;
};

/// Finds the home that a sighting is about: by the portal's id; by board and MLS number; by parcel;
/// by normalised address with ZIP or city. Two boards may use one number, so a number alone decides
/// nothing. What speaks both for one home and against it is a doubt, and never joined by itself.
class HomeFinder {
public:
    explicit HomeFinder(Db& db);

    Identified find(const Listing& said);
    std::optional<HomeRow> row(const PropertyId& id);

private:
    struct Search;
    std::vector<HomeRow> rows_with(const Search& search, const HomeKey& key);  ///< but the found
    void by_portal_ids(Search& search);
    void by_board_and_number(Search& search);
    void by_number_alone(Search& search);
    void by_parcel(Search& search);
    void by_address(Search& search);
    void by_loose_address(Search& search);

    Statement by_key_, by_id_;
    dreams::detail::Reader<HomeRow> reader_;
};

/// Writes the keys of `home`, and that they are its row's. Keys it was known by earlier stay: an
/// old MLS number still finds it. `import_id`: whose they are, none for no import. A key more may
/// make an event's home: contact_properties is due then.
class KeyWriter {
public:
    explicit KeyWriter(Db& db);
    void write(const PropertyId& id, const Listing& home, std::optional<std::int64_t> import_id);
    /// Further keys of a home, under which a sighting showed it without becoming its row's.
    void add(const PropertyId& id, const Listing& said, std::optional<std::int64_t> import_id);

private:
    Db& db_;
    Statement key_, home_;
};

/// Makes the keys of rows that have none or other ones: rows of the predecessor, what an older
/// program wrote since, and keys that an older DREAMS made in another way. Gives how many rows that
/// were. It reads every home; KeysInStep says when that is needless.
std::int64_t repair_keys(Db& db);

/// Whether the keys may have fallen behind the rows: they do when another connection writes homes.
/// Whatever writes through this one makes the keys together with the row. For one connection.
class KeysInStep {
public:
    /// Repairs the keys if another connection has written since the last time. Within a
    /// transaction.
    void see_to(Db& db);

private:
    std::optional<std::int64_t> seen_;  ///< the file's data_version when nothing was to repair
};

/// What of a row its keys are made from, as one text.
std::string identity(const Listing& home);

}  // namespace dreams::store
