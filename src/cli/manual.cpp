#include "cli/manual.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "base/text.h"

namespace dreams::cli {
namespace {

bool takes_a_value(const CLI::Option& option) {
    return !option.get_type_name().empty();
}

/// The words it may be given: of `TEXT:{house,january}` the two; empty: any.
std::vector<std::string> choices(const CLI::Option& option) {
    const auto type = option.get_type_name();
    const auto from = type.find('{'), to = type.find('}');
    if (from == std::string::npos || to == std::string::npos) return {};
    return text::split(type.substr(from + 1, to - from - 1), ',');
}

/// `--policy`, `-h`; empty: it is told by its place.
std::vector<std::string> names(const CLI::Option& option) {
    std::vector<std::string> all;
    for (const auto& name : option.get_snames()) all.push_back("-" + name);
    for (const auto& name : option.get_lnames()) all.push_back("--" + name);
    return all;
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
    std::string all;
    for (const auto& word : words) all += (all.empty() ? "" : between) + word;
    return all;
}

// ---- For man

/// Text that roff takes as it stands.
std::string roff(const std::string& text) {
    std::string safe = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
    for (const char c : text)
        if (c == '\\')
            safe += "\\e";
        else if (c == '-')
            safe += "\\-";
        else
            safe += c;
    return safe;
}

std::string bold(const std::string& text) {
    return "\\fB" + roff(text) + "\\fR";
}
std::string italic(const std::string& text) {
    return "\\fI" + roff(text) + "\\fR";
}

/// What stands for its value: `house|january`, else its kind.
std::string value_of(const CLI::Option& option) {
    const auto words = choices(option);
    if (!words.empty()) return joined(words, "|");
    const auto type = option.get_type_name();
    const auto colon = type.find(':');
    const bool says_more = colon != std::string::npos && type[colon + 1] >= 'A';
    return says_more ? type.substr(colon + 1) : type.substr(0, colon);
}

std::string entry(const CLI::Option& option) {
    std::string head;
    for (const auto& name : names(option)) head += (head.empty() ? "" : ", ") + bold(name);
    if (head.empty())
        head = italic(option.get_name(true));
    else if (takes_a_value(option))
        head += " " + italic(value_of(option));
    return ".TP\n" + head + "\n" + roff(option.get_description()) + "\n";
}

bool is_help(const CLI::Option& option) {
    return option.check_lname("help");
}

std::string synopsis(const CLI::App& command) {
    std::string line = bold("dreams " + command.get_name());
    for (const auto* option : command.get_options())
        if (option->get_positional()) {
            const auto name = italic(option->get_name(true)) +
                              (option->get_items_expected_max() > 1 ? " ..." : "");
            line += option->get_required() ? " " + name : " [" + name + "]";
        }
    return line;
}

std::string section(const CLI::App& command) {
    std::string text = ".SS " + synopsis(command) + "\n" + roff(command.get_description()) + ".\n";
    for (const auto* option : command.get_options())
        if (!is_help(*option)) text += entry(*option);
    return text;
}

constexpr auto other_sections = R"(.SH EXIT STATUS
.TP
0
Done.
.TP
1
Failed; the reason is on standard error, in one sentence.
.TP
2
Wrong usage.
.TP
3
Done, but some records were refused.
.TP
4
Another run is under way.
.SH ENVIRONMENT
Every setting of the file may be set there too: \fIsection.key\fR is \fBDREAMS_SECTION_KEY\fR.
.B dreams config
shows each with what it is for.
.SH FILES
.TP
.I dreams.db
Everything that DREAMS knows.
.TP
.I dreams.toml
The settings: in this folder, else
.IR ~/.config/dreams/dreams.toml ,
else what
.B \-\-config
names.
)";

// ---- For bash

std::string options_of(const CLI::App& app) {
    std::string all;
    for (const auto* option : app.get_options())
        for (const auto& name : names(*option))
            if (name.starts_with("--")) all += (all.empty() ? "" : " ") + name;
    return all;
}

std::string words_of(const CLI::App& command) {
    std::string all;
    for (const auto* option : command.get_options())
        if (option->get_positional()) all += joined(choices(*option), " ");
    return all;
}

/// The cases of `command option` that are followed by a value.
std::string value_cases(const CLI::App& app, const std::string& command) {
    std::string cases;
    for (const auto* option : app.get_options()) {
        if (!takes_a_value(*option)) continue;
        const auto words = joined(choices(*option), " ");
        for (const auto& name : names(*option))
            cases += "        " + command + "' " + name + "') " +
                     (words.empty() ? "return" : "options=\"" + words + "\" words=$options") +
                     " ;;\n";
    }
    return cases;
}

constexpr auto completion_head =
    R"(# bash completion for dreams, as `dreams install --completion` prints it.
_dreams() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
    local command='' options='' words='' each
    COMPREPLY=()
    for each in "${COMP_WORDS[@]:1:COMP_CWORD - 1}"; do
        case $each in
)";
constexpr auto completion_tail = R"(    esac
    [[ $word == -* ]] && words=$options
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
# Where nothing of ours fits: file names.
complete -o default -F _dreams dreams
)";

/// The commands that people give: programs' own stand in no group.
std::vector<const CLI::App*> for_people(const CLI::App& app) {
    auto commands = app.get_subcommands({});
    std::erase_if(commands, [](const CLI::App* each) { return each->get_group().empty(); });
    return commands;
}

}  // namespace

std::string man_page(const CLI::App& app, Date date) {
    std::string page = ".TH DREAMS 1 \"" + to_text(date) + "\" \"dreams " DREAMS_VERSION "\"\n";
    page += ".SH NAME\ndreams \\- whom to call today, and why\n";
    page += ".SH SYNOPSIS\n.B dreams\n[\\fIoptions\\fR] \\fIcommand\\fR [\\fIarguments\\fR]\n";
    page +=
        ".SH DESCRIPTION\nReads a real\\-estate office's people from Follow Up Boss, homes from "
        "listing sites and files, and the pages of Notion into one file;\nscores everyone; says "
        "whom to call today, and why; shows it in a browser.\n";
    page += ".SH OPTIONS\nThese may stand behind the command too.\n";
    for (const auto* option : app.get_options()) page += entry(*option);
    page += ".SH COMMANDS\n";
    for (const auto* command : for_people(app)) page += section(*command);
    return page + other_sections;
}

std::string bash_completion(const CLI::App& app) {
    std::vector<std::string> commands;
    for (const auto* command : for_people(app)) commands.push_back(command->get_name());
    std::string script = completion_head;
    script += "            " + joined(commands, "|") + ") command=$each && break ;;\n";
    script += "        esac\n    done\n    case $command in\n        '') words=\"" +
              joined(commands, " ") + "\" ;;\n";
    for (const auto* command : for_people(app))
        script += "        " + command->get_name() + ") words=\"" + words_of(*command) +
                  "\" options=\"" + options_of(*command) + "\" ;;\n";
    script += "    esac\n    options+=\" " + options_of(app) + "\"\n";
    script += "    case \"$command $before\" in\n" + value_cases(app, "*");
    for (const auto* command : for_people(app))
        script += value_cases(*command, command->get_name());
    return script + completion_tail;
}

std::string options_of_all(const CLI::App& app) {
    std::string lines = "Every command takes:\n";
    for (const auto* option : app.get_options()) {
        const auto& name = option->get_lnames().front();
        if (name == "help" || name == "version") continue;
        auto left = "  --" + name + (option->get_type_name().empty() ? "" : " TEXT");
        left.resize(std::max<std::size_t>(left.size() + 1, 22), ' ');
        lines += left + option->get_description() + "\n";
    }
    return lines;
}

std::vector<std::string> words_given(const CLI::App& app, int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    if (!words.empty() && words.front() == "help") {
        words.erase(words.begin());
        words.resize(std::min<std::size_t>(words.size(), 1));
        const auto known = [&](const CLI::App* each) { return each->get_name() == words[0]; };
        if (words.empty() || std::ranges::any_of(app.get_subcommands({}), known))
            words.emplace_back("--help");
    }
    std::ranges::reverse(words);
    return words;
}

}  // namespace dreams::cli
