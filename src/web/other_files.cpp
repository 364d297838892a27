#include "web/other_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

namespace dreams::web {
namespace {

namespace fs = std::filesystem;

OtherFile of_backup(const store::Backup& backup) {
    OtherFile file{.name = fs::path(backup.file).filename(),
                   .path = backup.file,
                   .bytes = backup.bytes,
                   .at = backup.made_at,
                   .rows = 0};
    for (const auto& table : backup.tables) file.rows += table.rows;
    return file;
}

std::vector<OtherFile> beside(const std::string& database) {
    std::vector<OtherFile> files;
    const fs::path own(database);
    const auto folder = own.has_parent_path() ? own.parent_path() : fs::path(".");
    std::error_code unreadable;  // then nothing beside it can be opened either
    for (const auto& each : fs::directory_iterator(folder, unreadable)) {
        struct stat found {};
        if (each.path().extension() != ".db" || each.path().filename() == own.filename() ||
            ::stat(each.path().c_str(), &found) != 0 || !S_ISREG(found.st_mode))
            continue;
        files.push_back({.name = each.path().filename(),
                         .path = each.path(),
                         .bytes = found.st_size,
                         .at = Instant(std::chrono::seconds(found.st_mtime))});
    }
    std::ranges::sort(files, std::greater(), &OtherFile::at);
    return files;
}

}  // namespace

std::vector<OtherFile> other_files(const WebOptions& options) {
    std::vector<OtherFile> files;
    for (const auto& backup : options.backups()) files.push_back(of_backup(backup));
    std::ranges::move(beside(options.database), std::back_inserter(files));
    return files;
}

}  // namespace dreams::web
