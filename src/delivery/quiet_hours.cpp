#include "delivery/quiet_hours.h"

#include "base/text.h"

namespace dreams::delivery {
namespace {

std::optional<int> hour(std::string_view text) {
    const auto number = text::integer(text::trimmed(text));
    if (!number || *number < 0 || *number > 24) return std::nullopt;
    return static_cast<int>(*number % 24);
}

}  // namespace

std::optional<QuietHours> QuietHours::from(const std::string& text) {
    QuietHours quiet;
    if (text::trimmed(text).empty()) return quiet;
    const auto dash = text.find('-');
    if (dash == text.npos) return std::nullopt;
    const auto from = hour(text.substr(0, dash)), until = hour(text.substr(dash + 1));
    if (!from || !until || *from == *until) return std::nullopt;
    quiet.from_ = *from;
    quiet.until_ = *until;
    return quiet;
}

bool QuietHours::hold(Instant now, const Zone& zone) const {
    if (from_ == until_) return false;
    constexpr std::size_t hour_begins = 11;  // of `2026-01-19 11:00`
    const auto shown = hour(zone.to_local_text(now).substr(hour_begins, 2)).value_or(0);
    if (from_ < until_) return shown >= from_ && shown < until_;
    return shown >= from_ || shown < until_;
}

}  // namespace dreams::delivery
