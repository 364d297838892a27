#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "config/settings.h"
#include "jobs/progress.h"

namespace dreams::cli {

/// How a command ended, as the shell sees it.
enum Exit : int {
    exit_done = 0,
    exit_failed = 1,   ///< the reason is on standard error, in one sentence
    exit_usage = 2,    ///< wrong usage
    exit_partial = 3,  ///< done, but some records were refused
    exit_busy = 4,     ///< another run holds the lease
};

/// What every command is given.
struct Context {
    config::Settings settings;
    std::unique_ptr<Clock> clock;
    bool json = false;   ///< one JSON document on standard output, nothing else there
    bool quiet = false;  ///< no progress, no remarks

    std::string database() const { return settings.text("database"); }
    Zone zone() const { return Zone(settings.text("zone")); }
    Instant now() const { return clock->now(); }
    Db open(Db::Mode mode = Db::Mode::read_write) const;
};

/// Writes one JSON document to standard output.
void print_json(const std::string& document);
/// A remark for people: standard error, unless quiet or JSON was asked for.
void remark(const Context& context, const std::string& sentence);
/// A failure, as every one is told: `dreams: …` on standard error.
void print_error(const std::string& sentence);
/// A line of a command's answer: standard output.
void print(const std::string& line);

/// A table for a terminal: columns as wide as their cells, the last one cut at the right edge.
/// Columns whose name begins with `#` are numbers and stand to the right.
void print_table(const std::vector<std::string>& header,
                 const std::vector<std::vector<std::string>>& rows);

/// A progress bar on a terminal, with rate and time left; silence elsewhere, and when quiet.
std::unique_ptr<jobs::Progress> terminal_progress(const Context& context);

}  // namespace dreams::cli
