#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace dreams::score {

/// Where a home lies, in kilometres from a point that is the same for all homes of a market. Only
/// distances between homes are ever taken.
struct Spot {
    double east = 0, north = 0;
};
double distance(const Spot& a, const Spot& b);  ///< kilometres

/// Whether a listing speaks of a thing; unknown: it tells of no such things at all.
enum class Told : std::uint8_t { unknown, no, yes };

struct PriceDrop {
    Instant at{};
    double share = 0;  ///< of the price before, 0–1
};

/// A home as the matching sees it. `place`, `region` and `kind` are numbers that say only whether
/// two homes are of the same; 0: unknown. Nothing tells who lives there, or how schools are rated.
struct MatchHome {
    std::int64_t price = 0;  ///< US dollars; 0: unknown
    std::optional<double> beds, baths, sqft, acres;
    std::optional<Spot> spot;
    std::uint32_t place = 0, region = 0, kind = 0;
    Told view = Told::unknown, water = Told::unknown;
    std::vector<bool> has;       ///< for each of the market's phrases, whether the listing has it
    bool features_told = false;  ///< whether the listing tells of features at all
    std::optional<Instant> listed;
    std::optional<PriceDrop> drop;  ///< the latest
};

/// What all buyers are matched against.
struct Market {
    std::vector<MatchHome> homes;        ///< everything that anybody looked at or could buy
    std::vector<std::uint32_t> offered;  ///< which of them may be suggested
    std::vector<std::string> phrases;    ///< what buyers ask for or refuse, each once
};

/// What somebody did with a home, by how much it says.
enum class Interest : std::uint8_t { view, share, favorite, inquiry, showing, rejected };
constexpr std::size_t interests = 6;

/// Something that a buyer did with a home.
struct Glance {
    std::uint32_t home;  ///< index into Market::homes
    Interest interest = Interest::view;
    Instant at{};
    std::int32_t price = 0;  ///< US dollars at that moment; 0: not known
};

/// What a buyer told the office. None and empty: they did not say.
struct Stated {
    std::optional<std::int64_t> min_price, max_price;  ///< US dollars
    std::optional<double> min_beds, min_baths, min_sqft, min_acres;
    std::vector<std::uint32_t> places;            ///< MatchHome::place of those they named
    std::vector<std::uint32_t> wanted, unwanted;  ///< indexes into Market::phrases
    std::optional<double> confidence;             ///< of whoever noted it, 0–1
    std::optional<Instant> said_at;

    bool anything() const;  ///< but for what they refuse: that picks no home
};

/// Whom homes are sought for: what they did and what they said, and nothing of who they are.
struct Buyer {
    std::vector<Glance> glances;
    Stated stated;
    std::vector<std::uint32_t> decided;  ///< homes that an agent has sent or settled with them
};

}  // namespace dreams::score
