#pragma once

#include <cstddef>
#include <cstdint>
#include <ostream>
#include <string>

#include "base/time.h"
#include "jobs/progress.h"

namespace dreams::cli {

/// Progress on a terminal: one line for each part, written over and over, with a bar where the end
/// is known, the rate, and the time left.
class Bar : public jobs::Progress {
public:
    /// `edge`: the terminal's columns. Asks `clock` for its ticks alone.
    Bar(std::ostream& out, std::size_t edge, const Clock& clock)
        : out_(out), edge_(edge), clock_(clock) {}
    Bar(const Bar&) = delete;
    Bar& operator=(const Bar&) = delete;
    ~Bar() override { end_line(); }

    void part(const std::string& name, std::int64_t total) override;
    void done(std::int64_t so_far) override;
    void note(const std::string& sentence) override;

private:
    using Ticks = std::chrono::steady_clock::duration;
    void draw();
    void end_line();

    std::ostream& out_;
    std::size_t edge_;
    const Clock& clock_;
    std::string name_;
    std::int64_t total_ = 0, so_far_ = 0;
    Ticks begun_{}, drawn_{};
    bool line_open_ = false;
};

/// `12 s`, `3 min 20 s`, `2 h 5 min`.
std::string time_span(std::chrono::seconds span);

}  // namespace dreams::cli
