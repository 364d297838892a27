#include "store/backup_keep.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

namespace dreams::store {
namespace {

constexpr std::string_view manifest_end = ".json";

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

/// As an older program names its backups.
Whose of_any_copy(const Whose& whose) {
    return {whose.environment, whose.lineage};
}

/// When what bears this name was made, if it is of `whose`, or of an older program's of its
/// lineage.
std::optional<Instant> made_at(const std::string& name, const Whose& whose) {
    constexpr std::size_t length = std::string_view("20260119T160000Z").size();
    const auto begin = "dreams-" + whose.environment + "-";
    if (!name.starts_with(begin) || name.size() < begin.size() + length) return std::nullopt;
    auto text = name.substr(begin.size(), length);
    for (const auto at : {4u, 7u}) text.insert(at, "-");
    for (const auto at : {13u, 16u}) text.insert(at, ":");
    const auto instant = instant_from(text);
    if (!instant) return std::nullopt;
    const bool is_named = name.starts_with(backup_stem(whose, *instant)) ||
                          name.starts_with(backup_stem(of_any_copy(whose), *instant));
    return is_named ? instant : std::nullopt;
}

bool is_manifest(const std::string& name) {
    return name.ends_with(manifest_end);
}

/// The manifest of a backup, the backup of a manifest.
std::string beside(const std::string& name) {
    return is_manifest(name) ? name.substr(0, name.size() - manifest_end.size())
                             : name + std::string(manifest_end);
}

}  // namespace

std::string backup_stem(const Whose& whose, Instant made_at) {
    std::string name = "dreams-" + whose.environment + "-" + compact(made_at);
    for (const auto& mark : {whose.lineage, whose.copy})
        if (!mark.empty()) name += "-" + mark.substr(0, 8);
    return name + ".db";
}

bool is_left_of(const std::string& name, const Whose& whose, Instant now) {
    const auto made = made_at(name, whose);
    if (!made) return false;
    return name.starts_with(backup_stem(whose, *made)) || *made + std::chrono::days{1} <= now;
}

std::vector<std::string> left_unproved(const std::vector<std::string>& names, const Whose& whose,
                                       Instant now) {
    if (whose.lineage.empty()) return {};
    const std::set<std::string> all(names.begin(), names.end());
    std::vector<std::string> left;
    for (const auto& name : all) {
        const auto made = made_at(name, whose);
        if (made && !all.contains(beside(name)) && *made + std::chrono::days{1} <= now)
            left.push_back(name);
    }
    return left;
}

std::vector<std::string> to_remove(const std::vector<std::string>& names, const Whose& whose,
                                   const Zone& zone, const KeepRule& rule, Instant now) {
    if (whose.lineage.empty()) return {};
    const std::set<std::string> all(names.begin(), names.end());
    std::vector<Instant> proved;
    std::vector<std::pair<Instant, std::string>> files;  ///< of proved backups
    for (const auto& name : all) {
        const auto made = made_at(name, whose);
        if (made && !is_manifest(name) && all.contains(beside(name)))
            proved.push_back(*made), files.emplace_back(*made, name);
    }
    auto gone = left_unproved(names, whose, now);
    const auto kept = to_keep(proved, zone, rule);
    for (const auto& [made, name] : files)
        if (std::ranges::find(kept, made) == kept.end())
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
    for (const Instant each : backups)
        if (static_cast<int>(kept.size()) < std::max(1, rule.recent) &&
            backups.front() - each < std::chrono::days{1})
            kept.insert(each);
    take(backups, rule.daily, day, kept);
    take(backups, rule.weekly, week, kept);
    take(backups, rule.monthly, month, kept);
    return {kept.rbegin(), kept.rend()};
}

}  // namespace dreams::store
