#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <optional>

#include "cli/backup.h"
#include "cli/doctor.h"

// Whose the files are, and who else may read or write them.

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;
using Status = struct stat;

std::optional<Status> status_of(const std::string& path) {
    Status status{};
    return ::stat(path.c_str(), &status) == 0 ? std::optional(status) : std::nullopt;
}

std::string user_name(uid_t user) {
    const auto* known = ::getpwuid(user);
    return known ? known->pw_name : std::to_string(user);
}

/// A group of its owner alone, as Debian makes one for every user: nobody else is in it.
bool is_owners_alone(const Status& file) {
    const auto* user = ::getpwuid(file.st_uid);
    if (!user || user->pw_gid != file.st_gid) return false;
    const auto* group = ::getgrgid(file.st_gid);
    return group && group->gr_mem[0] == nullptr;
}

bool others_may_write(const Status& file) {
    return (file.st_mode & S_IWOTH) != 0 ||
           ((file.st_mode & S_IWGRP) != 0 && !is_owners_alone(file));
}

std::string chmod(unsigned mode, const std::string& path) {
    char octal[8];
    std::snprintf(octal, sizeof octal, "%o", mode & 0777);
    return "chmod " + std::string(octal) + " " + path;
}

/// What holds people's data is for its owner alone.
Check for_its_owner(const std::string& name, const std::string& path, unsigned mode) {
    const auto file = status_of(path);
    if (!file) return {name, Verdict::advice, path + " is not there"};
    const auto then = ": " + chmod(mode, path);
    if (others_may_write(*file))
        return {name, Verdict::wrong, "others on this machine may write to " + path + then};
    if ((file->st_mode & 0077) != 0)
        return {name, Verdict::advice,
                "others on this machine may read " + path + ", with people's data in it" + then};
    return {name, Verdict::ok, "only its owner may read " + path};
}

/// What is wrong with who may read or write a file that holds secrets, or none; its group may read
/// it, which may be the service's. Empty: nothing.
std::string wrong_with(const std::string& path, bool secret) {
    const auto file = status_of(path);
    if (!file) return "";
    if (others_may_write(*file))
        return "others on this machine may write to " + path + ": " +
               chmod(file->st_mode & ~0022u, path);
    if (secret && (file->st_mode & S_IROTH) != 0)
        return "everybody on this machine may read " + path +
               ", with a secret in it: " + chmod(file->st_mode & ~0027u, path);
    return "";
}

Check settings_file(const Context& context) {
    const auto& settings = context.settings;
    if (settings.file().empty()) return {"settings", Verdict::ok, "there is no settings file"};
    bool secret = false;
    for (const auto& entry : settings.entries())
        secret |= entry.setting->kind == config::Kind::secret && entry.source == settings.file() &&
                  !entry.value.empty();
    const auto wrong = wrong_with(settings.file(), secret);
    if (!wrong.empty()) return {"settings", Verdict::wrong, wrong};
    return {"settings", Verdict::ok, "nobody else may change " + settings.file()};
}

Check key_files(const Context& context) {
    std::string wrong;
    const auto add = [&](const std::string& sentence) {
        if (!sentence.empty()) wrong += (wrong.empty() ? "" : "; ") + sentence;
    };
    for (const auto& sentence : context.settings.unread()) add(sentence);
    for (const auto& [key, path] : context.settings.secret_files()) add(wrong_with(path, true));
    if (!wrong.empty()) return {"key files", Verdict::wrong, wrong};
    const auto count = context.settings.secret_files().size();
    if (count == 0) return {"key files", Verdict::ok, "no key stands in a file of its own"};
    return {"key files", Verdict::ok,
            std::to_string(count) + (count == 1 ? " is" : " are") +
                " there, and not for everybody to read"};
}

/// The folder of backups on this machine, where there is one.
std::vector<Check> backups_folder(const Context& context) {
    const auto folder = backups_here(context);
    if (!status_of(folder)) return {};
    return {for_its_owner("backups' readers", folder, 0700)};
}

/// Everything that DREAMS writes belongs to whose the folder is: else a service that runs as that
/// user cannot read what root made, say.
Check owner(const Context& context, const fs::path& file) {
    const auto folder = file.parent_path().string();
    const auto home = status_of(folder);
    if (!home) return {"owner", Verdict::advice, folder + " is not there"};
    std::vector<std::string> paths;
    for (const char* beside : {"", "-wal", "-shm"}) paths.push_back(file.string() + beside);
    paths.push_back(backups_here(context));
    std::error_code unseen;  // then whoever makes the next backup says so
    for (const auto& each : fs::directory_iterator(paths.back(), unseen))
        paths.push_back(each.path().string());
    std::string strangers, name = user_name(home->st_uid);
    for (const auto& path : paths)
        if (const auto each = status_of(path); each && each->st_uid != home->st_uid)
            strangers += " " + path;
    if (!strangers.empty())
        return {"owner", Verdict::wrong,
                "the folder is " + name + "'s, and what is in it is not all: chown " + name + ":" +
                    strangers};
    if (::geteuid() != home->st_uid)
        return {"owner", Verdict::advice,
                "everything is " + name + "'s, and this was run as " + user_name(::geteuid()) +
                    ": what that writes there is not " + name + "'s; run it as `runuser -u " +
                    name + " -- dreams …`"};
    return {"owner", Verdict::ok, "file and backups are " + name + "'s, as the folder is"};
}

}  // namespace

std::vector<Check> check_access(const Context& context) {
    const fs::path file = fs::absolute(context.database());
    std::vector<Check> checks{for_its_owner("file's readers", file.string(), 0600),
                              for_its_owner("folder's readers", file.parent_path().string(), 0700),
                              owner(context, file), settings_file(context), key_files(context)};
    for (auto& check : backups_folder(context)) checks.push_back(std::move(check));
    return checks;
}

}  // namespace dreams::cli
