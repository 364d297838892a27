#include "cli/usage.h"

#include <CLI/CLI.hpp>

#include "base/text.h"

namespace dreams::cli {
namespace {

/// What may stand where `word` does, by name.
std::vector<std::string> known_beside(const CLI::App& app, const std::string& word) {
    std::vector<std::string> names;
    const auto named = app.get_subcommands();
    if (!word.starts_with('-')) {
        if (named.empty())
            for (const auto* each : app.get_subcommands({})) names.push_back(each->get_name());
        return names;
    }
    for (const auto* from : {&app, named.empty() ? &app : static_cast<const CLI::App*>(named[0])})
        for (const auto* option : from->get_options())
            for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    return names;
}

}  // namespace

std::string wrong_usage(const CLI::App& app, const CLI::ParseError& error) {
    const auto named = app.get_subcommands();
    const auto help = "`dreams " + (named.empty() ? "" : named[0]->get_name() + " ") + "--help`";
    if (const auto unknown = app.remaining(true); !unknown.empty()) {
        const auto& word = unknown.front();
        const auto near = text::nearest(word.substr(0, word.find('=')), known_beside(app, word));
        return "'" + word + "' is not known here; " +
               (near.empty() ? help + " lists what is" : "did you mean " + near + "?");
    }
    const std::string what = error.what();
    if (const auto at = what.find(": "), equals = what.find(" = ");
        error.get_name() == "ConversionError" && at < equals && equals != std::string::npos)
        return what.substr(at + 2, equals - at - 2) + " wants a number, not '" +
               what.substr(equals + 3) + "'; " + help + " says more";
    if (named.empty() && error.get_name() == "RequiredError")
        return "say what to do; " + help + " lists the commands";
    return std::string(error.what()) + "; " + help + " says more";
}

}  // namespace dreams::cli
