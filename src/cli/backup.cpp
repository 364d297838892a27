#include "cli/backup.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <utility>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/unfinished_file.h"
#include "cli/commands.h"
#include "cli/comparison.h"
#include "store/backup_drill.h"
#include "store/backup_manifest.h"
#include "store/clock_drift.h"
#include "store/origin.h"
#include "store/timetable.h"
#include "web/wording.h"

namespace dreams::cli {
namespace {

using namespace std::chrono_literals;

/// A day, and time for the one of tonight.
constexpr auto old_age = 26h;

bool is_far(const Context& context) {
    return context.settings.text("backup.folder").starts_with("ssh://");
}

/// Where backups are, and whose; not what making one needs besides.
store::BackupPlan place_of(const Context& context) {
    return {.folder = backups_here(context), .environment = context.settings.text("environment")};
}

store::BackupPlan plan_of(const Context& context) {
    auto plan = place_of(context);
    plan.key = backup_key(context);
    plan.keep = {.daily = context.settings.count("backup.daily"),
                 .weekly = context.settings.count("backup.weekly"),
                 .monthly = context.settings.count("backup.monthly")};
    return plan;
}

jobs::FarBackups far_backups(const Context& context, store::BackupPlan plan) {
    auto target = context.settings.text("backup.folder");
    while (target.ends_with('/')) target.pop_back();
    return {.target = target,
            .ssh_config = context.settings.text("backup.ssh_config"),
            .plan = std::move(plan)};
}

int write_new_key(const Context& context, const std::string& file) {
    const auto is_there = [&] {
        return Error(Fault::conflict, file + " is there already; it was not touched");
    };
    if (std::filesystem::exists(file)) throw is_there();
    UnfinishedFile key(file);
    std::ofstream out(key.name());
    out << PackKey::random().text() << "\n";
    out.close();
    if (!out) throw cannot_write(file, errno);
    if (!key.finish_new()) throw is_there();
    if (context.json) {
        std::string document;
        json::Writer(document).begin_object().member("key_file", file).end_object();
        print_json(document);
        return exit_done;
    }
    print(file +
          " holds a new key; set backup.key_file to it, and keep a copy elsewhere: without "
          "it the backups cannot be read");
    return exit_done;
}

void print_backup(const store::Backup& backup) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("file", backup.file).member("bytes", backup.bytes);
    json.key("verified").truth(true).member("orphans", backup.orphans);
    json.member("removed", backup.removed);
    store::write_tables(json, backup);
    json.end_object();
    print_json(out);
}

/// What backups of the present key have in their manifest; empty: no key is set, or one that is
/// none, which making a backup refuses.
std::string key_known_by(const Context& context) {
    try {
        const auto key = backup_key(context);
        return key ? key->fingerprint() : "";
    } catch (const Error&) {
        return "";
    }
}

/// Of a backup that was proved, and is not all there any more.
std::string what_is_left_of(const store::Backup& backup) {
    const std::filesystem::path file(backup.file);
    std::error_code unseen;
    return file.filename().string() + " cannot be restored: " +
           (std::filesystem::exists(file, unseen) ? "it is cut short, or was written over"
                                                  : "it is gone, and only its manifest is there (" +
                                                        file.filename().string() + ".json)");
}

/// People in the backup (B) whom the present file has not: who was deleted since is among them.
std::int64_t coming_back(const std::vector<store::TableComparison>& changes) {
    const auto leads = std::ranges::find(changes, "leads", &store::TableComparison::table);
    return leads == changes.end() || !leads->in_a ? 0 : leads->only_b;
}

void warn_of_people(const Context& context, std::int64_t people, bool done) {
    if (people == 0) return;
    const auto who =
        people == 1 ? std::string("1 person who is") : text::grouped(people) + " people who are";
    const auto verb = done ? (people == 1 ? " has" : " have") : std::string(" would");
    remark(context, who + " not in " + context.database() + " any more" + verb +
                        " come back; who was deleted because they asked for it has to be deleted "
                        "again");
}

}  // namespace

std::string backups_here(const Context& context) {
    return is_far(context) ? jobs::FarBackups::folder_beside(context.database())
                           : context.settings.text("backup.folder");
}

OpenedAnywhere::OpenedAnywhere(const Context& context, const std::string& name) {
    if (name.starts_with("ssh://"))
        fetched_.emplace(name, context.settings.text("backup.ssh_config"), context.database(),
                         ::isatty(STDIN_FILENO) && ::isatty(STDERR_FILENO));
    const auto& file = fetched_ ? fetched_->file() : name;
    try {
        opened_ =
            std::make_unique<store::OpenedBackup>(file, context.database(), backup_key(context));
    } catch (const Error& error) {  // by the name that its owner knows
        std::string sentence = error.what();
        if (const auto at = sentence.find(file); at != std::string::npos)
            sentence.replace(at, file.size(), name);
        throw Error(error.fault(), sentence);
    }
}

std::vector<store::Backup> backups_of(const Context& context) {
    const auto place = place_of(context);
    Db db = context.open(Db::Mode::read_only);
    const auto whose = store::whose_backups(db, place.environment);
    auto all = store::backups(place.folder, whose);
    if (!is_far(context)) return all;
    if (const auto carried = jobs::last_carried(far_backups(context, place), whose.lineage))
        all.insert(all.begin(), {.file = carried->target + "/" + carried->file,
                                 .made_at = carried->made_at,
                                 .environment = place.environment});
    return all;
}

std::optional<PackKey> backup_key(const Context& context) {
    const auto& digits = context.settings.text("backup.key");
    return digits.empty() ? std::nullopt : std::optional(PackKey::from_text(digits));
}

store::Backup take_backup(const Context& context, Db& db) {
    const auto plan = plan_of(context);
    if (is_far(context))
        return jobs::make_far_backup(db, far_backups(context, plan), context.now(), context.zone());
    return store::make_backup(db, plan, context.now(), context.zone());
}

std::optional<std::string> drilled(const Context& context, Db& db) {
    if (is_far(context)) return std::nullopt;
    const auto drill = store::drill_older(db, plan_of(context), context.now());
    if (!drill) return std::nullopt;
    return drill->failure.empty() ? drill->file + " was unpacked, opened and found whole"
                                  : drill->file + " cannot be restored: " + drill->failure;
}

std::string told(const store::Backup& backup) {
    std::int64_t rows = 0;
    for (const auto& table : backup.tables) rows += table.rows;
    return backup.file + ": " + web::size_text(backup.bytes) + ", " + text::grouped(rows) +
           " rows of " + std::to_string(backup.tables.size()) +
           " tables, opened again and found the same";
}

BackupState backup_state(const Context& context, Db& db) {
    const auto place = place_of(context);
    const auto whose = store::whose_backups(db, place.environment);
    const auto latest = context.now() + store::clocks_differ;
    auto here = store::backups(place.folder, whose);
    std::erase_if(here, [&](const auto& each) { return each.made_at > latest; });
    BackupState state;
    const auto key = key_known_by(context);
    const auto needs_another = [&](const auto& each) {
        return !each.key.empty() && each.key != key;
    };
    state.other_key = std::ranges::count_if(here, needs_another);
    state.is_locked = !here.empty() && needs_another(here.front());
    if (const auto drill = store::last_drill(place.folder, whose); drill && !drill->failure.empty())
        state.drill_failed = drill->file + " cannot be restored: " + drill->failure;
    else if (const auto broken = store::cut_short(place.folder, whose); !broken.empty())
        state.drill_failed = what_is_left_of(broken.front());
    if (!here.empty()) state.proved_at = here.front().made_at;
    if (is_far(context)) {
        state.waiting = std::exchange(state.proved_at, std::nullopt);
        const auto carried = jobs::last_carried(far_backups(context, place), whose.lineage);
        if (carried && carried->made_at <= latest) state.proved_at = carried->made_at;
        if (state.waiting <= state.proved_at) state.waiting.reset();
    }
    const auto job = store::timed_job(db, "backup");
    const auto origin = store::origin(db);
    // A file that is new, or whose owner keeps backups in another way, has no need of one.
    const bool expected = state.proved_at || state.waiting || (job && job->due_at);
    const auto since = state.proved_at ? state.proved_at
                       : origin        ? std::optional(origin->born_at)
                                       : std::nullopt;
    state.is_old = expected && (!since || context.now() - *since > old_age);
    return state;
}

std::optional<std::string> alarm_of(const Context& context, const BackupState& state) {
    if (!state.is_old && state.drill_failed)
        return "A backup that was proved, " + *state.drill_failed +
               ". Look at the disk, and remove it.";
    if (!state.is_old && state.is_locked)
        return "The newest backup cannot be opened with the key that is set here: set "
               "backup.key_file "
               "to the key it was made with, or make one with the present key: run `dreams "
               "backup`.";
    if (!state.is_old) return std::nullopt;
    return (state.proved_at
                ? "The last proved backup is of " + context.zone().to_local_text(*state.proved_at)
                : std::string("There is no proved backup yet")) +
           (state.waiting ? ", and one of " + context.zone().to_local_text(*state.waiting) +
                                " did not get to " + context.settings.text("backup.folder")
                          : "") +
           ": run `dreams backup`.";
}

struct BackupAlarm::Seen {
    std::mutex mutex;
    std::optional<Instant> at;
    std::optional<std::string> sentence;
};

BackupAlarm::BackupAlarm(const Context& context)
    : context_(context), seen_(std::make_shared<Seen>()) {}

std::optional<std::string> BackupAlarm::operator()(Db& db) const {
    const std::lock_guard lock(seen_->mutex);
    const auto now = context_.now();
    if (!seen_->at || now - *seen_->at >= 1min || now < *seen_->at) {
        seen_->at = now;
        seen_->sentence = alarm_of(context_, backup_state(context_, db));
    }
    return seen_->sentence;
}

int backup(const Context& context, const BackupArguments& arguments) {
    if (!arguments.new_key.empty()) return write_new_key(context, arguments.new_key);
    Db db = context.open();
    const auto made = take_backup(context, db);
    if (context.json) {
        print_backup(made);
        return exit_done;
    }
    print(told(made));
    if (made.orphans > 0)
        remark(context, text::grouped(made.orphans) +
                            " rows refer to rows that are not there; they are kept as they are");
    for (const auto& file : made.removed) print("no longer kept: " + file);
    if (const auto sentence = drilled(context, db)) print(*sentence);
    return exit_done;
}

int restore(const Context& context, const RestoreArguments& arguments) {
    const OpenedAnywhere opened(context, arguments.file);
    auto& backup = opened.backup();
    const auto changes = store::would_change(context.database(), backup);
    store::Restored restored;
    if (arguments.yes) restored = store::restore(context.database(), backup, context.now());
    const auto& kept = restored.kept;
    if (context.json) {
        std::string out;
        json::Writer json(out);
        json.begin_object()
            .key("restored")
            .truth(arguments.yes)
            .key("proved")
            .truth(backup.proved());
        json.member("kept", kept).member("people_coming_back", coming_back(changes));
        store::write_comparison(json, changes);
        json.end_object();
        print_json(out);
        return exit_done;
    }
    print("A: " + context.database() + ", B: " + arguments.file);
    print_comparison(changes);
    warn_of_people(context, coming_back(changes), arguments.yes);
    if (!backup.proved()) remark(context, "no manifest is beside the backup to hold it against");
    if (!arguments.yes) {
        print("nothing was changed; with --yes, " + context.database() + " becomes B");
        return exit_done;
    }
    print(context.database() + " is now what " + arguments.file + " holds, table by table" +
          (kept.empty() ? "" : "; as it was, it is kept as " + kept));
    if (restored.written_since)
        remark(context, "others wrote to it since; `dreams compare` shows what");
    remark(context, "nothing is sent to others from it until `dreams origin --claim`");
    return exit_done;
}

}  // namespace dreams::cli
