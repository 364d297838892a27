#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace dreams::cli {

/// What is wrong with the command line that `app` did not take, in one sentence, with what may have
/// been meant.
std::string wrong_usage(const CLI::App& app, const CLI::ParseError& error);

}  // namespace dreams::cli
