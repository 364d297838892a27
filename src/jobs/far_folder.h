#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/program.h"
#include "jobs/far_side.h"

namespace dreams::jobs {

/// A folder on another machine, reached by ssh; what every machine has does there (sh, cat, mv,
/// rm, ls, mkdir, sync). Names are those of files in it.
/// What fails is thrown as Error{unavailable}: ssh did not get there, or what the machine said.
class FarFolder {
public:
    /// `far.path` is the folder; made when the first file is put there. `may_ask`: a person is
    /// there whom ssh may ask for a password.
    FarFolder(FarSide far, bool may_ask);

    /// The names that are there; none where there is no such folder yet.
    std::vector<std::string> names();

    /// Writes a file of this machine to `name`, brings it to the disk there, and reads it back:
    /// what came back must be the file to the last byte. One that could not be written whole is
    /// removed, where the other machine can still be told to.
    void put(const std::string& file, const std::string& name);

    /// Copies `name` over the file `into`; false: there is no such file there.
    bool get(const std::string& name, const std::string& into);

    /// One after the other, over nothing that bears the new name already, which throws
    /// Error{unavailable}; gives the names that are there then.
    std::vector<std::string> rename(
        const std::vector<std::pair<std::string, std::string>>& from_to);
    void remove(const std::vector<std::string>& names);

private:
    /// Begins `line` in a shell there.
    Program begin(const std::string& line);
    /// Has it done in the folder; gives what was said.
    std::string done(const std::string& line);
    [[noreturn]] void fail(int status, const std::string& said) const;

    FarSide far_;
    bool may_ask_;
};

}  // namespace dreams::jobs
