#include "store/backup_keep.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

namespace dreams::store {
namespace {

/// Takes the newest of each of the first `most` periods; a period is known by its first day.
void take(const std::vector<Instant>& newest_first, int most,
          const std::function<Date(Instant)>& period, std::set<Instant>& kept) {
    std::set<Date> seen;
    for (const Instant each : newest_first) {
        if (static_cast<int>(seen.size()) == most) return;
        if (seen.insert(period(each)).second) kept.insert(each);
    }
}

/// `2026-01-19T16:00:00Z` as it may stand in a file's name.
std::string compact(Instant at) {
    std::string text = to_text(at);
    std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
    return text;
}

/// The way back; none: there stands no instant.
std::optional<Instant> from_compact(std::string text) {
    constexpr std::size_t length = std::string_view("20260119T160000Z").size();
    if (text.size() < length) return std::nullopt;
    text.resize(length);
    for (const auto at : {4u, 7u}) text.insert(at, "-");
    for (const auto at : {13u, 16u}) text.insert(at, ":");
    return instant_from(text);
}

}  // namespace

std::string backup_stem(const std::string& environment, Instant made_at) {
    return "dreams-" + environment + "-" + compact(made_at) + ".db";
}

std::vector<std::string> to_remove(const std::vector<std::string>& names,
                                   const std::string& environment, const Zone& zone,
                                   const KeepRule& rule, Instant now) {
    const std::set<std::string> all(names.begin(), names.end());
    const auto begin = "dreams-" + environment + "-";
    std::vector<Instant> proved;
    std::vector<std::pair<Instant, std::string>> files;  ///< of proved backups
    std::vector<std::string> gone;
    for (const auto& name : all) {
        const auto made_at =
            name.starts_with(begin) ? from_compact(name.substr(begin.size())) : std::nullopt;
        if (!made_at) continue;
        const bool manifest = name.ends_with(".json");
        const auto beside = manifest ? name.substr(0, name.size() - 5) : name + ".json";
        if (all.contains(beside)) {
            if (!manifest) proved.push_back(*made_at), files.emplace_back(*made_at, name);
        } else if (*made_at + std::chrono::days{1} <= now) {
            gone.push_back(name);
        }
    }
    const auto kept = to_keep(proved, zone, rule);
    for (const auto& [made_at, name] : files)
        if (std::ranges::find(kept, made_at) == kept.end())
            gone.insert(gone.end(), {name + ".json", name});
    return gone;
}

std::vector<Instant> to_keep(std::vector<Instant> backups, const Zone& zone, const KeepRule& rule) {
    std::ranges::sort(backups, std::greater());
    const auto day = [&](Instant at) { return zone.date_of(at); };
    const auto week = [&](Instant at) {  // weeks begin on Mondays
        return day(at) - (std::chrono::weekday(day(at)) - std::chrono::Monday);
    };
    const auto month = [&](Instant at) {
        const std::chrono::year_month_day date(day(at));
        return Date(date.year() / date.month() / 1);
    };
    std::set<Instant> kept;
    if (!backups.empty()) kept.insert(backups.front());
    take(backups, rule.daily, day, kept);
    take(backups, rule.weekly, week, kept);
    take(backups, rule.monthly, month, kept);
    return {kept.rbegin(), kept.rend()};
}

}  // namespace dreams::store
