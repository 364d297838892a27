#include "store/own_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>

namespace dreams::store {

bool is_own_file(const std::string& file, const std::string& database) {
    constexpr std::array<std::string_view, 4> ends{"", "-wal", "-shm", "-journal"};
    return std::ranges::any_of(ends, [&](std::string_view end) {
        std::error_code missing;
        return std::filesystem::equivalent(file, database + std::string(end), missing);
    });
}

}  // namespace dreams::store
