#include "base/cron.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <vector>

#include "base/error.h"
#include "base/text.h"

namespace dreams {
namespace {

using namespace std::chrono;

constexpr int most_times_named = 6;

struct Field {
    std::string_view name;
    unsigned least, most;
    std::string_view words = "";  ///< three letters each, of `first_word` and what follows
    unsigned first_word = 0;
};

constexpr std::array fields{
    Field{"minute", 0, 59},
    Field{"hour", 0, 23},
    Field{"day of the month", 1, 31},
    Field{"month", 1, 12, "janfebmaraprmayjunjulaugsepoctnovdec", 1},
    Field{"weekday", 0, 7, "sunmontuewedthufrisat", 0},
};

[[noreturn]] void refuse(const std::string& what, const Field& field) {
    throw Error(Fault::invalid, "'" + what + "' is no " + std::string(field.name) +
                                    " of a timetable; 30 2 * * * is half past two, every day");
}

unsigned number_of(const std::string& text, const Field& field) {
    const auto at = text.size() == 3 ? field.words.find(text::lower(text)) : std::string::npos;
    if (at != std::string::npos && at % 3 == 0)
        return field.first_word + static_cast<unsigned>(at / 3);
    const auto number = text::integer(text);
    if (!number || *number < field.least || *number > field.most) refuse(text, field);
    return static_cast<unsigned>(*number);
}

/// What some crons write with a sign, by those that know it.
constexpr std::array signs{
    std::pair{"@hourly", "0 * * * *"},   std::pair{"@daily", "0 0 * * *"},
    std::pair{"@midnight", "0 0 * * *"}, std::pair{"@weekly", "0 0 * * 0"},
    std::pair{"@monthly", "0 0 1 * *"},  std::pair{"@yearly", "0 0 1 1 *"},
    std::pair{"@annually", "0 0 1 1 *"},
};

[[noreturn]] void refuse_shape(const std::string& text) {
    const auto* sign = std::ranges::find_if(
        signs, [&](const auto& each) { return text::same_word(text, each.first); });
    const std::string as_this = sign == signs.end() ? "30 2 * * *" : sign->second;
    throw Error(Fault::invalid, "'" + text +
                                    "' is no time of a timetable: it has five parts, minute hour "
                                    "day month weekday, as " +
                                    as_this + " has");
}

/// The bits of one member of a list: `*`, `5`, `1-5`, each range with `/step`.
std::uint64_t bits_of(const std::string& member, const Field& field) {
    const auto slash = member.find('/');
    const std::string range = member.substr(0, slash);
    const auto dash = range.find('-');
    const bool one = range != "*" && dash == std::string::npos;
    unsigned first = field.least, last = field.most, step = 1;
    if (range != "*") {
        first = number_of(range.substr(0, dash), field);
        last = one ? first : number_of(range.substr(dash + 1), field);
    }
    if (slash != std::string::npos) {
        const auto said = text::integer(member.substr(slash + 1));
        if (one)
            throw Error(Fault::invalid, "'" + member + "' has a step and no range: " + range + "-" +
                                            std::to_string(field.most) + "/" +
                                            member.substr(slash + 1) + " goes on from " + range);
        if (!said || *said < 1 || *said > field.most) refuse(member, field);
        step = static_cast<unsigned>(*said);
    }
    if (first > last) refuse(member, field);
    std::uint64_t bits = 0;
    for (unsigned i = first; i <= last; i += step) bits |= std::uint64_t{1} << i;
    return bits;
}

std::uint64_t bits_of_list(const std::string& list, const Field& field) {
    std::uint64_t bits = 0;
    if (list.ends_with(',')) refuse(list, field);
    for (const auto& member : text::split(list, ',')) bits |= bits_of(member, field);
    return bits;
}

constexpr bool has(std::uint64_t bits, unsigned number) {
    return bits >> number & 1;
}

/// Whether one of the months is ever long enough for one of the days.
bool ever_comes(std::uint64_t months, std::uint64_t days) {
    for (unsigned m = 1; m <= 12; ++m) {
        const auto last = year_month_day_last{2024y, month_day_last{month{m}}}.day();
        for (unsigned d = 1; d <= static_cast<unsigned>(last); ++d)
            if (has(months, m) && has(days, d)) return true;
    }
    return false;
}

std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    for (auto& word : text::split(text, ' '))
        if (!word.empty()) words.push_back(std::move(word));
    return words;
}

/// Of minutes as they are written; none: not so simple. A step that an hour is no multiple of
/// begins anew with every hour: `*/45` is at :00 and at :45.
std::optional<std::string> every_hour_in_words(std::uint64_t minutes, const std::string& written) {
    if (!written.starts_with("*/")) return std::nullopt;
    const auto step = text::integer(written.substr(2));
    if (!step) return std::nullopt;
    if (*step == 1) return "every minute";
    if (60 % *step == 0) return "every " + std::to_string(*step) + " minutes";
    if (std::popcount(minutes) > most_times_named) return std::nullopt;
    std::string times;
    for (unsigned m = 0; m < 60; ++m)
        if (has(minutes, m)) {
            char time[8];
            std::snprintf(time, sizeof time, "%s:%02u", times.empty() ? "" : ", ", m);
            times += time;
        }
    return times + " of every hour";
}

}  // namespace

Cron::Cron(std::string text) : text_(std::move(text)) {
    const auto words = words_of(text_);
    if (words.size() != fields.size()) refuse_shape(text_);
    const std::array all{&minutes_, &hours_, &days_, &months_, &weekdays_};
    for (std::size_t i = 0; i < fields.size(); ++i) *all[i] = bits_of_list(words[i], fields[i]);
    if (has(weekdays_, 7)) weekdays_ |= 1;
    every_hour_ = words[1].starts_with('*');
    either_day_ = !words[2].starts_with('*') && !words[4].starts_with('*');
    if (!either_day_ && !ever_comes(months_, days_))
        throw Error(Fault::invalid, "'" + text_ + "' names a day that never comes");
}

std::string Cron::in_words() const {
    const auto words = words_of(text_);
    if (words[2] != "*" || words[3] != "*" || words[4] != "*") return text_;
    if (words[1] == "*") return every_hour_in_words(minutes_, words[0]).value_or(text_);
    if (std::popcount(minutes_) * std::popcount(hours_) > most_times_named) return text_;
    std::string times;
    for (unsigned h = 0; h < 24; ++h)
        for (unsigned m = 0; m < 60; ++m)
            if (has(hours_, h) && has(minutes_, m)) {
                char time[16];
                std::snprintf(time, sizeof time, "%s%02u:%02u", times.empty() ? "" : ", ", h, m);
                times += time;
            }
    return times + " daily";
}

bool Cron::due_on(Date date) const {
    const year_month_day day{date};
    if (!has(months_, static_cast<unsigned>(day.month()))) return false;
    const bool by_day = has(days_, static_cast<unsigned>(day.day()));
    const bool by_weekday = has(weekdays_, weekday{date}.c_encoding());
    return either_day_ ? by_day || by_weekday : by_day && by_weekday;
}

std::optional<Instant> Cron::first_of(Date date, Instant after, const Zone& zone) const {
    std::optional<Instant> first;
    const auto offer = [&](Instant at) {
        if (at > after && (!first || at < *first)) first = at;
    };
    if (!due_on(date)) return first;
    for (unsigned h = 0; h < 24; ++h) {
        if (!has(hours_, h)) continue;
        for (unsigned m = 0; m < 60; ++m) {
            if (!has(minutes_, m)) continue;
            const auto shown = zone.shown(date + hours{h} + minutes{m});
            if (!every_hour_ || !shown.leapt_over) offer(shown.first);
            if (every_hour_ && shown.again) offer(*shown.again);
        }
    }
    return first;
}

Instant Cron::next(Instant after, const Zone& zone) const {
    // A leap day that is a Sunday comes after forty years at most (2088, 2128).
    constexpr days longest{41 * 366};
    // Clocks set back across midnight show a day again after the next has begun: hence the day
    // before, and the day behind the one that is found.
    const Date start = zone.date_of(after) - days{1};
    for (Date date = start; date < start + longest; date += days{1}) {
        const auto here = first_of(date, after, zone);
        if (!here) continue;
        const auto beyond = first_of(date + days{1}, after, zone);
        return beyond && *beyond < *here ? *beyond : *here;
    }
    throw Error(Fault::invalid, "'" + text_ + "' names a day that never comes");
}

}  // namespace dreams
