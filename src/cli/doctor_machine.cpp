#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>

#include "cli/doctor.h"
#include "store/disk_room.h"
#include "store/schema.h"
#include "web/wording.h"

// What stands around the file: the program, the clock, the disk.

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;

Check free_room(const Context& context) {
    const auto room = store::disk_room(context.database());
    if (room.unknown)
        return {"disk", Verdict::wrong, "the disk cannot be asked: " + room.unknown.message()};
    const auto megabytes = [](std::uintmax_t bytes) {
        return web::size_text(static_cast<std::int64_t>(bytes));
    };
    if (!room.enough())
        return {"disk", room.free < room.file ? Verdict::wrong : Verdict::advice,
                megabytes(room.free) + " are free, and backups of a file of this size want " +
                    megabytes(room.wanted) + ": make room, or set backup.folder to another disk"};
    return {"disk", Verdict::ok, megabytes(room.free) + " are free"};
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

/// The machine's own zone; empty: it does not say.
std::string zone_of_machine() {
    if (const char* said = std::getenv("TZ"); said && *said)
        return said[0] == ':' ? said + 1 : said;
    constexpr std::string_view folder = "zoneinfo/";
    std::error_code none;
    const auto link = fs::read_symlink("/etc/localtime", none).string();
    const auto at = link.find(folder);
    return at == std::string::npos ? "" : link.substr(at + folder.size());
}

/// Whether clocks there show the same, in winter and in summer.
bool shows_the_same(const std::string& machine, const Zone& office, Instant now) {
    try {
        const Zone zone(machine);
        return std::ranges::all_of(std::array{0, 91, 182, 273}, [&](int days) {
            const auto at = now + std::chrono::days{days};
            return zone.to_local_text(at) == office.to_local_text(at);
        });
    } catch (const Error&) {  // nor is it any other zone's name
        return false;
    }
}

Check zone(const Context& context) {
    const auto machine = zone_of_machine();
    const auto office = context.zone();
    if (machine.empty())
        return {"zone", Verdict::ok,
                "the machine does not say its own; the office's is " + std::string(office.name())};
    if (shows_the_same(machine, office, context.now()))
        return {"zone", Verdict::ok, "the machine's clock shows the office's time"};
    return {"zone", Verdict::ok,
            "the machine's is " + machine + ", the office's " + std::string(office.name()) +
                ": DREAMS goes by the office's; Debian's cron goes by the machine's, so its lines "
                "(`dreams install --crontab`) would be at other times"};
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
    checks.push_back(zone(context));
    return checks;
}

std::vector<Check> check_disk(const Context& context) {
    return {free_room(context), written_beside(context)};
}

}  // namespace dreams::cli
