#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/backup.h"
#include "store/compare.h"

namespace dreams::cli {

/// Another file, that is only read: any of SQLite's, of whatever program and age, or a backup
/// (`….zst`, `….locked`, `ssh://…`), which is unpacked for as long as this stands.
class FileToRead {
public:
    /// Throws Error: not_found (there is none), invalid (a folder, no database, a copy that is not
    /// whole), as OpenedAnywhere does.
    FileToRead(const Context& context, const std::string& path);
    Db& db();

private:
    std::optional<OpenedAnywhere> backup_;
    std::optional<Db> file_;
};

/// Two files side by side, a line a table.
void print_comparison(const std::vector<store::TableComparison>& tables);

}  // namespace dreams::cli
