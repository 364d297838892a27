#include "score/words.h"

#include "base/text.h"

namespace dreams::score {

std::string ago(Instant then, Instant as_of) {
    const std::int64_t days = (as_of - then) / std::chrono::days{1};
    if (days < 1) return "in the last day";
    if (days < 14) return counted(days, "day", "days") + " ago";
    if (days < 60) return std::to_string(days / 7) + " weeks ago";
    if (days < 730) return std::to_string(days / 30) + " months ago";
    return std::to_string(days / 365) + " years ago";
}

std::string about(std::int64_t dollars) {
    const auto to = [&](std::int64_t step) { return (dollars + step / 2) / step * step; };
    if (to(25'000) < 200'000) return "$" + std::to_string(to(5'000) / 1'000) + "k";
    if (to(25'000) < 1'000'000) return "$" + std::to_string(to(25'000) / 1'000) + "k";
    const std::int64_t tenths = to(100'000) / 100'000;
    return "$" + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "M";
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
    return text::grouped(number) + " " + std::string(number == 1 ? one : many);
}

}  // namespace dreams::score
