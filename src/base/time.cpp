#include "base/time.h"

#include <cctz/time_zone.h>

#include <charconv>
#include <thread>

#include "base/error.h"

namespace dreams {
namespace {

using namespace std::chrono;

void write_digits(unsigned value, char* out, int width) {
    for (int i = width - 1; i >= 0; --i) {
        out[i] = static_cast<char>('0' + value % 10);
        value /= 10;
    }
}

void write_date(year_month_day date, char out[10]) {
    write_digits(static_cast<unsigned>(static_cast<int>(date.year())), out, 4);
    out[4] = '-';
    write_digits(static_cast<unsigned>(date.month()), out + 5, 2);
    out[7] = '-';
    write_digits(static_cast<unsigned>(date.day()), out + 8, 2);
}

/// The number of `width` digits at `text[at]`; −1: there are none.
int digits(std::string_view text, std::size_t at, std::size_t width) {
    if (at + width > text.size()) return -1;
    int value = 0;
    for (std::size_t i = at; i < at + width; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

std::optional<year_month_day> date_at_start(std::string_view text) {
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const int y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
    if (y < 0 || m < 0 || d < 0) return std::nullopt;
    const year_month_day date{year{y}, month{static_cast<unsigned>(m)},
                              day{static_cast<unsigned>(d)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

/// A wall-clock reading at the start of `text`, and what stands behind it.
struct WallClock {
    year_month_day date;
    seconds of_day;
    std::string_view rest;
};

std::optional<WallClock> wall_clock(std::string_view text) {
    const auto date = date_at_start(text);
    if (!date || text.size() < 19 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    const int h = digits(text, 11, 2), m = digits(text, 14, 2), s = digits(text, 17, 2);
    if (text[13] != ':' || text[16] != ':' || h < 0 || h > 23 || m < 0 || m > 59 || s < 0 || s > 60)
        return std::nullopt;
    std::string_view rest = text.substr(19);
    if (!rest.empty() && rest[0] == '.') {
        const auto end = rest.find_first_not_of("0123456789", 1);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
    }
    return WallClock{*date, hours{h} + minutes{m} + seconds{s}, rest};
}

/// What `…Z`, `…+00:00`, `…-0500` say of the distance to UTC; none: they say nothing readable.
std::optional<seconds> utc_offset(std::string_view text) {
    if (text == "Z" || text == "z") return seconds{0};
    if (text.size() < 3 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
    const bool colon = text.size() == 6 && text[3] == ':';
    const int h = digits(text, 1, 2);
    const int m = text.size() == 3 ? 0 : digits(text, colon ? 4 : 3, 2);
    if (h < 0 || m < 0 || (!colon && text.size() != 5 && text.size() != 3)) return std::nullopt;
    const seconds offset = hours{h} + minutes{m};
    return text[0] == '-' ? -offset : offset;
}

/// Reads what write_instant writes, and no other form: scoring reads half a million of them.
std::optional<Instant> instant_as_written(std::string_view text) {
    if (text.size() != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' ||
        text[13] != ':' || text[16] != ':' || text[19] != 'Z')
        return std::nullopt;
    bool digits = true;
    const auto two = [&](std::size_t at) {
        const auto tens = static_cast<unsigned char>(text[at] - '0');
        const auto ones = static_cast<unsigned char>(text[at + 1] - '0');
        digits &= tens <= 9 && ones <= 9;
        return tens * 10u + ones;
    };
    const unsigned century = two(0), year_of = two(2), month_of = two(5), day_of = two(8);
    const unsigned h = two(11), m = two(14), s = two(17);
    const year_month_day date{year{static_cast<int>(century * 100 + year_of)}, month{month_of},
                              day{day_of}};
    if (!digits || h > 23 || m > 59 || s > 60 || !date.ok()) return std::nullopt;
    return sys_days{date} + hours{h} + minutes{m} + seconds{s};
}

class SystemClock : public Clock {
public:
    SystemClock(double speed, std::optional<Instant> fixed) : speed_(speed), fixed_(fixed) {}

    Instant now() const override { return fixed_ ? *fixed_ : floor<seconds>(system_clock::now()); }
    steady_clock::duration ticks() const override {
        return duration_cast<steady_clock::duration>(steady_clock::now().time_since_epoch() *
                                                     speed_);
    }
    void sleep(steady_clock::duration how_long) override {
        std::this_thread::sleep_for(how_long / speed_);
    }

private:
    double speed_;
    std::optional<Instant> fixed_;
};

}  // namespace

void write_instant(Instant instant, char out[20]) {
    const auto day = floor<days>(instant);
    write_date(year_month_day{day}, out);
    const auto of_day = static_cast<unsigned>((instant - day).count());
    out[10] = 'T';
    write_digits(of_day / 3600, out + 11, 2);
    out[13] = ':';
    write_digits(of_day / 60 % 60, out + 14, 2);
    out[16] = ':';
    write_digits(of_day % 60, out + 17, 2);
    out[19] = 'Z';
}

std::string to_text(Instant instant) {
    std::string text(20, ' ');
    write_instant(instant, text.data());
    return text;
}

std::string to_text(Date date) {
    std::string text(10, ' ');
    write_date(year_month_day{date}, text.data());
    return text;
}

std::optional<Instant> instant_from(std::string_view text) {
    if (const auto usual = instant_as_written(text)) return usual;
    const auto wall = wall_clock(text);
    if (!wall) return std::nullopt;
    const auto offset = utc_offset(wall->rest);
    if (!offset) return std::nullopt;
    return sys_days{wall->date} + wall->of_day - *offset;
}

std::optional<Date> date_from(std::string_view text) {
    const auto date = date_at_start(text);
    if (!date || text.size() != 10) return std::nullopt;
    return Date{*date};
}

struct Zone::Impl {
    cctz::time_zone zone;
};

namespace {
using CctzInstant = cctz::time_point<cctz::seconds>;

cctz::civil_second civil(const WallClock& wall) {
    return cctz::civil_second(static_cast<int>(wall.date.year()),
                              static_cast<int>(static_cast<unsigned>(wall.date.month())),
                              static_cast<int>(static_cast<unsigned>(wall.date.day())), 0, 0, 0) +
           wall.of_day.count();
}
}  // namespace

Zone::Zone(std::string name) : name_(std::move(name)) {
    cctz::time_zone zone;
    if (!cctz::load_time_zone(name_, &zone))
        throw Error(Fault::invalid,
                    "'" + name_ + "' is no time zone; an example is America/New_York");
    impl_ = std::make_shared<const Impl>(Impl{zone});
}

Date Zone::date_of(Instant instant) const {
    const cctz::civil_day day(cctz::convert(CctzInstant(instant.time_since_epoch()), impl_->zone));
    return Date{year_month_day{year{static_cast<int>(day.year())},
                               month{static_cast<unsigned>(day.month())},
                               std::chrono::day{static_cast<unsigned>(day.day())}}};
}

Instant Zone::start_of(Date date) const {
    return shown(date).first;
}

Zone::Shown Zone::shown(local_seconds wall) const {
    const auto instant = [](CctzInstant at) {
        return Instant{seconds{at.time_since_epoch().count()}};
    };
    const auto lookup =
        impl_->zone.lookup(cctz::civil_second(1970, 1, 1) + wall.time_since_epoch().count());
    if (lookup.kind == cctz::time_zone::civil_lookup::SKIPPED)
        return {.first = instant(lookup.trans), .leapt_over = true};
    if (lookup.kind == cctz::time_zone::civil_lookup::REPEATED)
        return {.first = instant(lookup.pre), .again = instant(lookup.post)};
    return {.first = instant(lookup.pre)};
}

std::optional<Instant> Zone::instant_from_local(std::string_view text) const {
    const auto wall = wall_clock(text);
    if (!wall || !wall->rest.empty()) return std::nullopt;
    const auto at = cctz::convert(civil(*wall), impl_->zone);
    return Instant{seconds{at.time_since_epoch().count()}};
}

std::string Zone::to_local_text(Instant instant) const {
    return cctz::format("%Y-%m-%d %H:%M", CctzInstant(instant.time_since_epoch()), impl_->zone);
}

std::unique_ptr<Clock> system_clock(std::optional<Instant> fixed) {
    return std::make_unique<SystemClock>(1.0, fixed);
}

std::unique_ptr<Clock> hurried_clock(double speed, std::optional<Instant> fixed) {
    return std::make_unique<SystemClock>(speed, fixed);
}

}  // namespace dreams
