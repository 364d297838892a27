#pragma once

// A file, a copy of it that moved on, and whether they and what was made of them are whole.

#include <gmock/gmock.h>

#include "cli/program.h"
#include "store/backup.h"
#include "store/origin.h"
#include "store/restore.h"
#include "support/database.h"

namespace dreams::test {

/// A line for every table: its rows, and a hash of them.
using Content = std::string;

/// What the tables hold, but for those of a copy's own; also whether the file is whole.
inline Content content_of(Db& db, const std::string& file) {
    EXPECT_EQ(db.value<std::string>("PRAGMA integrity_check"), "ok") << file;
    Content content;
    for (const auto& each : store::prove(db))
        if (!each.table.starts_with("dreams_") && !each.table.starts_with("sqlite_"))
            content += each.table + " " + std::to_string(each.rows) + " " + each.hash + "\n";
    return content;
}
inline Content content(const std::string& file) {
    Db db = Db::open(file, Db::Mode::read_only);
    return content_of(db, file);
}

/// A file with one person and so many events, stamped, as `dreams.db`; and `other.db`, a copy in
/// which other things were done since.
inline void make_two(const std::filesystem::path& folder, int events) {
    const auto file = (folder / "dreams.db").string(), other = (folder / "other.db").string();
    store::init_file(file);
    Db db = store::open_file(file);
    auto transaction = db.begin();
    const Lead ana = add_lead(db, "Ana Bell");
    for (int i = 0; i < events; ++i) db.add("contact_events", event(ana, i));
    transaction.commit();
    store::stamp(db, "prd", monday);
    {
        Db copy = Db::open(other, Db::Mode::create);
        db.copy_to(copy);
    }
    Db moved_on = store::open_file(other);
    store::stamp(moved_on, "prd", monday);
    auto more = moved_on.begin();
    for (int i = 0; i < events / 10; ++i) moved_on.add("contact_events", event(ana, events + i));
    more.commit();
    moved_on.script("UPDATE leads SET notes = 'there'");
    db.script("UPDATE leads SET next_action = 'here'");
}

/// Copies a file that nobody has open over another, with nothing beside it.
inline void put_back(const std::string& from, const std::string& to) {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(to + end);
    std::filesystem::copy_file(from, to);
}

/// The files in a folder, but for those that the engine puts beside an open one.
inline std::vector<std::string> names_in(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
        const auto name = std::filesystem::relative(each.path(), folder).string();
        if (!each.is_directory() && !name.ends_with("db-wal") && !name.ends_with("db-shm"))
            names.push_back(name);
    }
    std::ranges::sort(names);
    return names;
}

/// What was kept beside a file before it was changed: paths.
inline std::vector<std::string> kept_beside(const std::string& file) {
    const std::filesystem::path path(file);
    std::vector<std::string> kept;
    for (const auto& name : names_in(path.parent_path()))
        if (name.starts_with(path.filename().string() + ".before-") && name.ends_with(".db"))
            kept.push_back(path.parent_path() / name);
    return kept;
}

/// The files under passing names.
inline std::vector<std::string> passing_in(const std::filesystem::path& folder) {
    auto names = names_in(folder);
    std::erase_if(names, [](const auto& name) {
        return name.find(".partial-") == std::string::npos &&
               name.find(".copy") == std::string::npos;
    });
    return names;
}

}  // namespace dreams::test
