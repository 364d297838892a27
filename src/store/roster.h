#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
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
        return Columns{Column{"stage", &StageCount::stage}, Column{"people", &StageCount::people}};
    }
    friend bool operator==(const StageCount&, const StageCount&) = default;
};

/// What a roster is made of: everyone at a glance, as of one state of the file. Never changed once
/// it is made, so that several threads may read it.
class PeopleAtAGlance {
public:
    struct Entry {
        LeadId lead;
        std::uint32_t stage = 0;  ///< an index into the stages
        std::int32_t priority = 0, heat = 0, value = 0, relationship = 0;
        std::int64_t last_activity = 0;  ///< seconds since 1970; 0: none known
        bool deleted = false;            ///< in FUB
    };

    static std::shared_ptr<const PeopleAtAGlance> of(Db& db);

private:
    friend class Roster;
    std::vector<Entry> everyone_;
    std::vector<StageCount> stages_;
    SearchTexts texts_;  ///< everyone's
};

/// The latest of a file, shared by all who read it. Safe from several threads.
class RosterShelf {
public:
    /// As of `moment`, which is the one that `db` sees.
    std::shared_ptr<const PeopleAtAGlance> latest(Db& db, const std::string& moment);

private:
    std::mutex guard_;
    std::string moment_;  ///< of the latest
    std::shared_ptr<const PeopleAtAGlance> latest_;
};

/// Everyone at a glance, in memory: what it takes to search, filter and sort people. Read anew as
/// soon as the file has changed, so it never tells of yesterday. For one connection; what is read
/// is shared through the shelf, within a transaction.
///
/// Why not SQL: whatever is searched for, filtered and sorted by, each page also says how many
/// people there are in all, and so has to look at everyone. Measured with 43,000 people: LIKE over
/// their names takes 8 ms and a filter without an index 16 ms; here every question takes under 2,
/// and no write pays for an index that only sorts. Reading it anew takes 60 ms, about 100 bytes a
/// person.
class Roster {
public:
    using Entry = PeopleAtAGlance::Entry;

    Roster() : Roster(std::make_shared<RosterShelf>()) {}
    explicit Roster(std::shared_ptr<RosterShelf> shelf) : shelf_(std::move(shelf)) {}

    /// Reads everyone again if the file has changed since the last time, else does nothing.
    void refresh(Db& db);
    /// Keeps nobody in memory but who lies on the shelf, until the next refresh.
    void put_back();

    /// In the order of last names, whoever has none last.
    const std::vector<Entry>& everyone() const { return now_->everyone_; }
    const std::string& stage(const Entry& entry) const { return now_->stages_[entry.stage].stage; }
    /// In alphabetical order, those not in use left out; deleted people are not counted. People
    /// without a stage are under the empty one.
    std::vector<StageCount> stages() const;

    /// The indexes of those whose name, e-mail or phone holds every word of `search`, ascending;
    /// everyone, if there is no word in it. Case and accents do not matter.
    std::vector<std::uint32_t> found(std::string_view search) const {
        return now_->texts_.found(search);
    }

private:
    std::shared_ptr<RosterShelf> shelf_;
    std::string version_;  ///< of the file for this connection, of what is not the shelf's
    std::shared_ptr<const PeopleAtAGlance> now_ = std::make_shared<PeopleAtAGlance>();
};

}  // namespace dreams::store
