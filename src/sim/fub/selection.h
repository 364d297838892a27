#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <string>
#include <vector>

namespace dreams::sim {

/// Indexes of rows, rising.
using Indexes = std::vector<std::uint32_t>;

/// Remembers what the last few filters over whole tables found, until the town changes: a walk
/// through a filtered list then costs one search, not one a page.
class Selections {
public:
    /// What `find` gives for this key at this version of the town. Valid until the next call.
    const Indexes& of(const std::string& key, std::uint64_t version,
                      const std::function<Indexes()>& find) {
        for (auto each = kept_.begin(); each != kept_.end(); ++each)
            if (each->key == key && each->version == version) {
                kept_.splice(kept_.begin(), kept_, each);
                return kept_.front().found;
            }
        kept_.push_front({key, version, find()});
        if (kept_.size() > most) kept_.pop_back();
        return kept_.front().found;
    }

private:
    static constexpr std::size_t most = 8;
    struct Kept {
        std::string key;
        std::uint64_t version;
        Indexes found;
    };
    std::list<Kept> kept_;
};

}  // namespace dreams::sim
