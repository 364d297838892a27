#pragma once

#include <string>

#include "base/time.h"

namespace CLI {
class App;
}

// What is known of the command line, for others to show: made from its own list, so that neither
// lacks a command or an option.

namespace dreams::cli {

/// The page for man(1), as of `date`.
std::string man_page(const CLI::App& app, Date date);

/// The completion that bash sources: commands, options, and the words that an option takes; file
/// names where it takes others.
std::string bash_completion(const CLI::App& app);

}  // namespace dreams::cli
