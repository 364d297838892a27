#include "store/origin.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdio>
#include <fstream>
#include <random>

#include "store/in_use_lock.h"
#include "store/lease.h"
#include "store/merge_memory.h"
#include "store/sent_mark.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

std::string by_chance() {
    std::random_device random;  // the operating system's
    char digits[33] = {};
    std::snprintf(digits, sizeof digits, "%08x%08x%08x%08x", random(), random(), random(),
                  random());
    return digits;
}

/// Told apart are disks that were cloned whole; a container without one has its file's birth.
std::string machine() {
    std::ifstream file("/etc/machine-id");
    std::string id;
    std::getline(file, id);
    return id.empty() ? "-" : id;
}

std::string name_of(std::string environment) {
    for (char& c : environment) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return environment;
}

constexpr auto then =
    "; nothing is sent from it until `dreams origin --claim` says that it is the one to send from";

Origin origin_or_new(Db& db, const std::string& environment, Instant now) {
    if (auto known = origin(db)) return *known;
    return {.lineage = by_chance(),
            .copy = by_chance(),
            .environment = environment,
            .place = place_of(db.path()),
            .born_at = now,
            .claimed_at = now,
            .changes = 0};
}

void keep(Db& db, const Origin& origin) {
    Keeper<Origin>(db, {.table = "dreams_origin", .key = "id"}).keep(origin);
}

/// A copy under a name of its own.
void part(Db& db, Origin& origin, const std::string& path, Instant now) {
    remember_copy(db, db, origin.copy, now);
    origin.copied_from = origin.copy;
    origin.copied_at = now;
    origin.copy = by_chance();
    origin.place = place_of(path);
    origin.claimed_at.reset();
}

/// One that lies elsewhere than its stamp says. Who works on the other does not on this one.
void part_if_moved(Db& db, Origin& origin, Instant now) {
    if (!lies_elsewhere(origin, db.path())) return;
    drop_leases_of_others(db);
    part(db, origin, db.path(), now);
}

}  // namespace

std::string place_of(const std::string& path) {
    struct statx file {};
    if (path.empty() || path == ":memory:" ||
        ::statx(AT_FDCWD, path.c_str(), 0, STATX_INO | STATX_BTIME, &file) != 0)
        return "";
    return machine() + " " + std::to_string(file.stx_ino) + " " +
           std::to_string(file.stx_btime.tv_sec) + "." + std::to_string(file.stx_btime.tv_nsec);
}

bool lies_elsewhere(const Origin& origin, const std::string& path) {
    const auto here = place_of(path);
    if (origin.place == here) return false;
    const auto file = [](const std::string& place) { return place.substr(place.find(' ') + 1); };
    return here.empty() || file(origin.place) != file(here) || !is_in_use_here(path);
}

std::optional<Origin> origin(Db& db) {
    if (!has_table(db, "dreams_origin")) return std::nullopt;  // an older program's
    return db.one<Origin>("SELECT * FROM dreams_origin");
}

Origin stamp(Db& db, const std::string& environment, Instant now) {
    if (const auto known = origin(db); known && !lies_elsewhere(*known, db.path())) return *known;
    auto transaction = db.begin();
    auto found = origin_or_new(db, environment, now);
    part_if_moved(db, found, now);
    keep(db, found);
    transaction.commit();
    return found;
}

void mark_restored(Db& db, const std::string& path, Instant now) {
    auto transaction = db.begin();
    auto found = origin(db);
    if (!found) return;
    part(db, *found, path, now);
    keep(db, *found);
    transaction.commit();
}

std::optional<std::string> why_not_sending(const Origin& origin, const std::string& path,
                                           const std::string& environment) {
    if (lies_elsewhere(origin, path) || !origin.claimed_at)
        return path + " is a copy of the " + name_of(origin.environment) + " file" + then;
    if (origin.environment != environment)
        return path + " belongs to " + name_of(origin.environment) + " and is opened as " +
               name_of(environment) + then;
    return std::nullopt;
}

std::optional<std::string> why_not_sending(Db& db, const std::string& environment) {
    const auto known = origin(db);
    if (!known) return std::nullopt;
    if (auto why = why_not_sending(*known, db.path(), environment)) return why;
    if (is_older_than_sent(db, known->lineage))
        return db.path() + " is of before it last sent to others (an older copy in its place?)" +
               then;
    return std::nullopt;
}

void require_may_send(Db& db, const std::string& environment) {
    if (const auto why = why_not_sending(db, environment)) throw Error(Fault::conflict, *why);
    if (const auto known = origin(db)) count_sent(db, known->lineage);
}

Origin claim(Db& db, const std::string& environment, Instant now) {
    auto transaction = db.begin();
    auto found = origin_or_new(db, environment, now);
    part_if_moved(db, found, now);
    found.environment = environment;
    found.claimed_at = now;
    keep(db, found);
    transaction.commit();
    count_sent(db, found.lineage);
    return found;
}

}  // namespace dreams::store
