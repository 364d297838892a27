#pragma once

#include <string>
#include <vector>

namespace dreams::jobs {

/// A file of DREAMS on another machine.
struct FarSide {
    std::string host;                ///< with the user, as ssh takes it: `ana@office.example`
    std::string port;                ///< empty: ssh's own
    std::string path;                ///< of the file there
    std::string program = "dreams";  ///< how DREAMS is called there; several words may be
    std::string ssh_config;          ///< a file for ssh; empty: its own

    /// `ssh://[user@]host[:port]/path`; the path is absolute, `/~/` begins one in the home folder.
    /// Throws Error{invalid}.
    static FarSide from(const std::string& target);

    /// The words that run DREAMS there with `words` on the file. `may_ask`: a person is there whom
    /// ssh may ask for a password.
    std::vector<std::string> command(const std::vector<std::string>& words, bool may_ask) const;

    /// The words that have the shell there do `line`.
    std::vector<std::string> shell(const std::string& line, bool may_ask) const;
};

/// As a shell reads it back as one word, whatever it is.
std::string quoted_for_shell(const std::string& word);

}  // namespace dreams::jobs
