#include "store/package_homes.h"

#include <algorithm>
#include <vector>

#include "base/json.h"
#include "base/text.h"

namespace dreams::store {

std::string package_homes(const std::string& ids, const std::string& gone,
                          const std::string& kept) {
    const auto listed = json::texts(ids);
    if (!listed) return ids;
    std::vector<std::string> homes;
    for (const auto& id : *listed) {
        const auto& home = id == gone ? kept : id;
        if (std::ranges::find(homes, home) == homes.end()) homes.push_back(home);
    }
    return text::json_array(homes);
}

}  // namespace dreams::store
