#include "cli/bar.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "cli/layout.h"

namespace dreams::cli {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t name_columns = 28, bar_columns = 24;
constexpr auto redraw_after = 100ms;  // an eye sees no more
constexpr double soonest_rate = 0.5;  // seconds; a rate of less time means nothing

std::string bar_of(double share) {
    const auto filled = static_cast<std::size_t>(share * static_cast<double>(bar_columns));
    return "[" + std::string(filled, '#') + std::string(bar_columns - filled, '.') + "] ";
}

}  // namespace

std::string time_span(std::chrono::seconds span) {
    const auto seconds = span.count();
    if (seconds < 60) return fmt::format("{} s", seconds);
    if (seconds < 3600) return fmt::format("{} min {} s", seconds / 60, seconds % 60);
    return fmt::format("{} h {} min", seconds / 3600, seconds / 60 % 60);
}

void Bar::part(const std::string& name, std::int64_t total) {
    end_line();
    name_ = name;
    total_ = total;
    so_far_ = 0;
    begun_ = clock_.ticks();
    draw();
}

void Bar::done(std::int64_t so_far) {
    so_far_ = so_far;
    const bool at_end = total_ > 0 && so_far >= total_;
    if (at_end || clock_.ticks() - drawn_ >= redraw_after) draw();
}

void Bar::note(const std::string& sentence) {
    end_line();
    out_ << printable(sentence) << std::endl;
}

void Bar::draw() {
    drawn_ = clock_.ticks();
    const double seconds = std::chrono::duration<double>(drawn_ - begun_).count();
    const double rate = seconds >= soonest_rate ? static_cast<double>(so_far_) / seconds : 0;
    std::string line = padded(printable(name_), name_columns) + " ";
    if (total_ > 0)
        line += bar_of(std::min(1.0, static_cast<double>(so_far_) / static_cast<double>(total_)));
    line += text::grouped(so_far_);
    if (total_ > 0) line += " of " + text::grouped(total_);
    if (rate > 0) line += fmt::format(", {}/s", text::grouped(static_cast<std::int64_t>(rate)));
    if (rate > 0 && so_far_ < total_) {
        const auto left = static_cast<double>(total_ - so_far_) / rate;
        line += ", " +
                time_span(
                    std::chrono::ceil<std::chrono::seconds>(std::chrono::duration<double>(left))) +
                " left";
    }
    out_ << "\r\033[K" << cut(line, edge_) << std::flush;
    line_open_ = true;
}

void Bar::end_line() {
    if (!line_open_) return;
    draw();  // as it stands at the end
    out_ << std::endl;
    line_open_ = false;
}

}  // namespace dreams::cli
