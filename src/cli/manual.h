#pragma once

#include <string>
#include <vector>

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

/// What stands at the end of each command's --help: the options that every command takes.
std::string options_of_all(const CLI::App& app);

/// What stands behind the program's name, last first, as the parser takes it. `help` and `help
/// COMMAND` are ways to say `--help`.
std::vector<std::string> words_given(const CLI::App& app, int argc, char** argv);

}  // namespace dreams::cli
