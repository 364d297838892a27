#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "model/id.h"
#include "store/search_texts.h"

namespace dreams::store {

/// A stage of the account, and how many people are in it.
struct StageCount {
    std::string stage;
    std::int64_t people = 0;

    static constexpr auto columns() {
        return std::tuple{Column{"stage", &StageCount::stage},
                          Column{"people", &StageCount::people}};
    }
    friend bool operator==(const StageCount&, const StageCount&) = default;
};

/// Everyone at a glance, in memory: what it takes to search, filter and sort people. Read anew as
/// soon as the file has changed, so it never tells of yesterday.
///
/// Why not SQL: whatever is searched for, filtered and sorted by, each page also says how many
/// people there are in all, and so has to look at everyone. Measured with 43,000 people: LIKE over
/// their names takes 8 ms and a filter without an index 16 ms; here every question takes under 2,
/// and no write pays for an index that only sorts. Reading it anew takes 60 ms, about 100 bytes a
/// person.
class Roster {
public:
    struct Entry {
        LeadId lead;
        std::uint32_t stage = 0;  ///< an index into the stages
        std::int32_t priority = 0, heat = 0, value = 0, relationship = 0;
        std::int64_t last_activity = 0;  ///< seconds since 1970; 0: none known
        bool deleted = false;            ///< in FUB
    };

    /// Reads everyone again if the file has changed since the last time, else does nothing.
    void refresh(Db& db);

    /// In the order of last names, whoever has none last.
    const std::vector<Entry>& everyone() const { return everyone_; }
    const std::string& stage(const Entry& entry) const { return stages_[entry.stage].stage; }
    /// In alphabetical order, those not in use left out; deleted people are not counted. People
    /// without a stage are under the empty one.
    std::vector<StageCount> stages() const;

    /// The indexes of those whose name, e-mail or phone holds every word of `search`, ascending;
    /// everyone, if there is no word in it. Case and accents do not matter.
    std::vector<std::uint32_t> found(std::string_view search) const { return texts_.found(search); }

private:
    void read(Db& db);

    std::string version_;  ///< of the file, when it was read
    std::vector<Entry> everyone_;
    std::vector<StageCount> stages_;
    SearchTexts texts_;  ///< everyone's
};

}  // namespace dreams::store
