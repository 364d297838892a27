#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/record.h"
#include "base/time.h"

namespace dreams {

/// A row of `idx_property_cache`: what the team's listing site says of an MLS number.
struct IdxListing {
    std::string mls_number;
    std::optional<std::string> address;  ///< whole, or the marker that it is not there
    std::optional<std::string> city;
    std::optional<std::int64_t> price;  ///< whole US dollars
    std::optional<std::string> status;  ///< 'Active', 'Pending', 'Sold'; 'Unknown': it is gone
    std::optional<std::string> photo_url;
    std::optional<Instant> last_updated;

    static constexpr auto columns() {
        return Columns{
            Column{"mls_number", &IdxListing::mls_number},
            Column{"address", &IdxListing::address},
            Column{"city", &IdxListing::city},
            Column{"price", &IdxListing::price},
            Column{"status", &IdxListing::status},
            Column{"photo_url", &IdxListing::photo_url},
            Column{"last_updated", &IdxListing::last_updated},
        };
    }
};

/// What stands in `address` for a number that the site does not know: readers of older programs
/// look for exactly this.
inline constexpr std::string_view not_found_on_idx = "[Not found on IDX]";

/// The status of a home that the site shows no longer: it does not say what became of it.
inline constexpr std::string_view status_of_gone = "Unknown";

/// Whether the cache says that the site shows the home.
inline bool is_shown(const IdxListing& cached) {
    const auto address = cached.address.value_or("");
    return !address.empty() && address != not_found_on_idx && cached.status != status_of_gone;
}

/// What asking the site came to. (That it turned us away is no verdict: nothing is kept then.)
enum class IdxVerdict : std::uint8_t {
    found,
    not_found,  ///< the site does not know it
    gone,       ///< it knew it: sold or withdrawn, which of them it does not say
    unclear,    ///< its answer cannot be trusted
};

template <>
struct Words<IdxVerdict> {
    static constexpr std::array<std::pair<IdxVerdict, std::string_view>, 4> list{
        {{IdxVerdict::found, "found"},
         {IdxVerdict::not_found, "not found"},
         {IdxVerdict::gone, "gone"},
         {IdxVerdict::unclear, "unclear"}}};
};

/// Whether a number was asked for, or a home by its address.
enum class IdxQuestion : std::uint8_t { number, home };

template <>
struct Words<IdxQuestion> {
    static constexpr std::array<std::pair<IdxQuestion, std::string_view>, 2> list{
        {{IdxQuestion::number, "number"}, {IdxQuestion::home, "home"}}};
};

/// What is remembered of the last time that the site was asked: a row of `dreams_idx_visits`.
struct IdxVisit {
    IdxQuestion kind = IdxQuestion::number;
    std::string key;  ///< the MLS number; properties.id
    IdxVerdict verdict = IdxVerdict::unclear;
    Instant asked_at, due_at;          ///< last; again
    std::int64_t in_a_row = 1;         ///< so often it came to the same
    std::optional<std::string> board;  ///< the MLS that the site names
    std::optional<std::string> page;   ///< the home's own, on the site
    /// What tells an unchanged answer to `url`.
    std::optional<std::string> url, etag, last_modified;

    static constexpr auto columns() {
        return Columns{
            Column{"kind", &IdxVisit::kind},
            Column{"key", &IdxVisit::key},
            Column{"verdict", &IdxVisit::verdict},
            Column{"asked_at", &IdxVisit::asked_at},
            Column{"due_at", &IdxVisit::due_at},
            Column{"in_a_row", &IdxVisit::in_a_row},
            Column{"board", &IdxVisit::board},
            Column{"page", &IdxVisit::page},
            Column{"url", &IdxVisit::url},
            Column{"etag", &IdxVisit::etag},
            Column{"last_modified", &IdxVisit::last_modified},
        };
    }
};

}  // namespace dreams
