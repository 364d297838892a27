#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "cli/doctor.h"
#include "store/schema.h"
#include "web/wording.h"

// What stands around the file: the program, the clock, the disk.

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;

/// Who else may read or write it, and how to put that right.
Check who_may(const std::string& name, const std::string& path, unsigned mode) {
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0) return {name, Verdict::advice, path + " is not there"};
    if ((found.st_mode & 0077) == 0) return {name, Verdict::ok, "only its owner may read " + path};
    char octal[8];
    std::snprintf(octal, sizeof octal, "%o", mode);
    return {name, Verdict::advice,
            "others on this machine may read " + path + ", with people's data in it: chmod " +
                octal + " " + path};
}

Check free_room(const Context& context) {
    // A backup makes two unpacked copies beside each other, a restore keeps one.
    constexpr std::uintmax_t copies = 3, least = 200u << 20;
    const fs::path file = fs::absolute(context.database());
    std::error_code none;
    const auto room = fs::space(file.parent_path(), none).available;
    if (none) return {"disk", Verdict::wrong, "the disk cannot be asked: " + none.message()};
    const auto size = fs::exists(file) ? fs::file_size(file) : 0;
    const auto wanted = std::max(size * copies, least);
    const auto megabytes = [](std::uintmax_t bytes) {
        return web::size_text(static_cast<std::int64_t>(bytes));
    };
    if (room < wanted)
        return {"disk", room < size ? Verdict::wrong : Verdict::advice,
                megabytes(room) + " are free, and backups of a file of this size want " +
                    megabytes(wanted) + ": make room, or set backup.folder to another disk"};
    return {"disk", Verdict::ok, megabytes(room) + " are free"};
}

/// What is written goes into the file when nobody reads an older state of it.
Check written_beside(const Context& context) {
    constexpr std::uintmax_t much = 256u << 20;
    std::error_code none;  // then nothing waits
    const auto waiting = fs::file_size(context.database() + "-wal", none);
    if (none || waiting < much)
        return {"file's -wal", Verdict::ok, "what is written gets into the file"};
    return {"file's -wal", Verdict::advice,
            web::size_text(static_cast<std::int64_t>(waiting)) +
                " wait beside the file: a program reads it for very long; end what you do not know "
                "(`fuser " +
                context.database() + "` names them), then run `dreams backup`"};
}

}  // namespace

std::vector<Check> check_program(const Context& context) {
    std::vector<Check> checks;
    checks.push_back({"program", Verdict::ok,
                      "dreams " DREAMS_VERSION ", schema " + std::to_string(store::schema_version) +
                          ", SQLite " + checked_sqlite_version()});
    checks.push_back(
        {"clock", context.settings.instant("now") ? Verdict::advice : Verdict::ok,
         (context.settings.instant("now") ? "the clock stands still (setting now) at " : "it is ") +
             context.zone().to_local_text(context.now()) + " in " +
             std::string(context.zone().name())});
    return checks;
}

std::vector<Check> check_disk(const Context& context) {
    const fs::path file = fs::absolute(context.database());
    return {who_may("file's owner", file.string(), 0600),
            who_may("folder's owner", file.parent_path().string(), 0700), free_room(context),
            written_beside(context)};
}

}  // namespace dreams::cli
