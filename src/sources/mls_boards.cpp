#include "sources/mls_boards.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace dreams::sources {
namespace {

/// A board's short name, and how pages of the southern mountains name it.
constexpr auto boards = std::to_array<std::pair<std::string_view, std::string_view>>(
    {{"CSAOR", "csaor"},
     {"CSAOR", "cherokee/smoky mountain"},
     {"CSAOR", "cherokee smoky"},
     {"Canopy", "canopy mls"},
     {"Canopy", "canopymls"},
     {"Canopy", "canopy realtor"},
     {"HCMLS", "hcmls"},
     {"HCMLS", "highlands-cashiers"},
     {"GAMLS", "gamls"},
     {"GAMLS", "georgia mls"},
     {"NGMLS", "ngmls"},
     {"NGMLS", "northeast georgia"}});

}  // namespace

std::string mls_board_in(std::string_view text) {
    const auto lower = text::lower(text);
    std::string_view found;
    for (const auto& [board, words] : boards) {
        if (lower.find(words) == std::string::npos || board == found) continue;
        if (!found.empty()) return "";
        found = board;
    }
    return std::string(found);
}

}  // namespace dreams::sources
