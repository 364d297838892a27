#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/record.h"
#include "cli/context.h"

namespace dreams::cli {

/// What a check came to.
enum class Verdict {
    ok,
    advice,  ///< it works, and could be better
    wrong,   ///< something is lost, or will be
};

/// One check: what was looked at, what was found, what to do.
struct Check {
    std::string name;
    Verdict verdict = Verdict::ok;
    std::string sentence;
};

// The checks, by what they look at. None changes anything; no key is ever told.

/// Program, SQLite, the file's schema; where the clock and the office stand.
std::vector<Check> check_program(const Context& context);
/// What room the file's disk has.
std::vector<Check> check_disk(const Context& context);
/// Mail, ntfy and Slack, as they are set up.
std::vector<Check> check_channels(const Context& context);
/// Whose file, backups and settings are, and who else may read or write them; key files.
std::vector<Check> check_access(const Context& context);
/// Integrity, references, which copy it is.
std::vector<Check> check_file(const Context& context, Db& db);
/// Which services are set up, and how old what they told is.
std::vector<Check> check_sources(const Context& context, Db& db);
/// The timetable and the backups.
std::vector<Check> check_jobs(const Context& context, Db& db);

}  // namespace dreams::cli

template <>
struct dreams::Words<dreams::cli::Verdict> {
    static constexpr std::array<std::pair<dreams::cli::Verdict, std::string_view>, 3> list{
        {{dreams::cli::Verdict::ok, "ok"},
         {dreams::cli::Verdict::advice, "advice"},
         {dreams::cli::Verdict::wrong, "wrong"}}};
};
