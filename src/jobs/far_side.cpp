#include "jobs/far_side.h"

#include <algorithm>

#include "base/error.h"

namespace dreams::jobs {
namespace {

constexpr std::string_view scheme = "ssh://";

bool is_plain(const std::string& text, std::string_view also) {
    return !text.empty() && text[0] != '-' && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               also.find(c) != std::string_view::npos;
    });
}

}  // namespace

std::string quoted_for_shell(const std::string& word) {
    std::string quoted = "'";
    for (const char c : word)
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    return quoted + "'";
}

FarSide FarSide::from(const std::string& target) {
    const Error wrong(Fault::invalid,
                      "'" + target + "' is no target as ssh://user@host/path/dreams.db is");
    if (!target.starts_with(scheme)) throw wrong;
    const auto slash = target.find('/', scheme.size());
    if (slash == std::string::npos || slash + 1 == target.size()) throw wrong;
    FarSide far;
    far.host = target.substr(scheme.size(), slash - scheme.size());
    far.path = target.substr(slash);
    if (far.path.starts_with("/~/")) far.path.erase(0, 3);
    const auto user_end = far.host.find('@');
    const auto colon = far.host.rfind(':');
    if (colon != std::string::npos && (user_end == std::string::npos || colon > user_end)) {
        far.port = far.host.substr(colon + 1);
        far.host.resize(colon);
        if (far.port.size() > 5 || !is_plain(far.port, "") ||
            far.port.find_first_not_of("0123456789") != std::string::npos)
            throw wrong;
    }
    // What ssh could take for an option, or a shell for more than a word, is none of ours.
    if (!is_plain(far.host, "@._-") || far.path.empty() || far.path.find('\0') != std::string::npos)
        throw wrong;
    return far;
}

std::vector<std::string> FarSide::command(const std::vector<std::string>& words,
                                          bool may_ask) const {
    std::string line = program + " --database " + quoted_for_shell(path);
    for (const auto& word : words) line += " " + quoted_for_shell(word);
    return shell(line, may_ask);
}

std::vector<std::string> FarSide::shell(const std::string& line, bool may_ask) const {
    std::vector<std::string> all{
        "ssh", "-T", "-o", "ServerAliveInterval=15", "-o", "ConnectTimeout=20"};
    if (!ssh_config.empty()) all.insert(all.end(), {"-F", ssh_config});
    if (!port.empty()) all.insert(all.end(), {"-p", port});
    if (!may_ask) all.insert(all.end(), {"-o", "BatchMode=yes"});
    all.insert(all.end(), {"--", host, line});
    return all;
}

}  // namespace dreams::jobs
