#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/db.h"
#include "base/time.h"
#include "cli/layout.h"
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
    /// The file of the settings. Opened for writing it is stamped: which copy it is, see
    /// store/origin.
    Db open(Db::Mode mode = Db::Mode::read_write) const;
};

/// A line of a command's answer: standard output, cut nowhere.
void print(const std::string& line);
/// A text of several lines, each with its end.
void print_lines(const std::string& text);
/// A table of a command's answer, as wide as the terminal; elsewhere nothing is cut.
void print_table(const Cells& header, const std::vector<Cells>& rows);
/// A command's answer as one JSON document.
void print_json(const std::string& document);
/// Something worth knowing beside the answer: standard error, unless quiet or JSON was asked for.
void remark(const Context& context, const std::string& sentence);
/// A failure, as every one is told: `dreams: …` on standard error.
void print_error(const std::string& sentence);
/// Brings the answer out. False: nobody could take it (a full disk behind `>`), and it was said.
bool flush_answer();

/// A bar on a terminal; silence elsewhere, and when quiet.
std::unique_ptr<jobs::Progress> terminal_progress(const Context& context);

}  // namespace dreams::cli
