#include "store/lease.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <system_error>

#include "base/process.h"
#include "base/text.h"
#include "store/clock_drift.h"
#include "store/lease_renewal.h"
#include "store/table_shape.h"

namespace dreams::store {
namespace {

constexpr std::chrono::minutes silent_for{10};
constexpr std::string_view use = "use by process ";

std::string host() {
    char name[256] = {};
    gethostname(name, sizeof name - 1);
    return name;
}

/// `host process start serial@space file`: the serial tells two holders within one process apart,
/// the space (base/process) is where the process has that number, which an older program did not
/// say; the file is where it lay when they began, and may have blanks in its path.
constexpr std::size_t parts_of_holder = 4;

/// None: an older program's holder.
std::optional<std::string> space_of(const std::string& serial) {
    const auto at = serial.find('@');
    return at == std::string::npos ? std::nullopt : std::optional(serial.substr(at + 1));
}

/// Where the file of `db` lies, as whoever holds a lease in it says it.
std::string path_of(Db& db) {
    std::error_code nowhere;  // it is in memory
    return std::filesystem::weakly_canonical(db.path(), nowhere).string();
}

std::string this_holder(Db& db) {
    static std::random_device random;
    const auto process = std::to_string(::getpid());
    return host() + " " + process + " " + process_start(process).value_or("") + " " +
           std::to_string(random()) + "@" + process_space() + " " + path_of(db);
}

/// None: a holder of another machine, of a container whose processes have other numbers, one that
/// is hidden from here, or of an older program that did not say.
std::optional<bool> lives_here(const std::string& holder) {
    const auto parts = text::split(holder, ' ');
    if (parts.size() < parts_of_holder || parts[0] != host()) return std::nullopt;
    const auto space = space_of(parts[3]);
    if (parts[2].empty() || (space && *space != process_space())) return std::nullopt;
    const auto start = process_start(parts[1]);
    return start ? std::optional(*start == parts[2]) : std::nullopt;
}

/// An instant of the future was said under a clock that was ahead: it would not grow old.
bool is_heard(std::optional<Instant> alive_at, Instant now) {
    return alive_at && now - *alive_at < silent_for && *alive_at - now <= clocks_differ;
}

bool lives(const std::string& holder, std::optional<Instant> alive_at, Instant now) {
    return lives_here(holder).value_or(is_heard(alive_at, now));
}

/// Whether it says that the file lay elsewhere when it began: then it works on another.
bool lies_elsewhere(const std::string& holder, const std::string& path) {
    return text::split(holder, ' ').size() > parts_of_holder && !holder.ends_with(" " + path);
}

struct Row {
    std::string job, holder;
    std::optional<Instant> taken_at, alive_at;
    static constexpr auto columns() {
        return Columns{Column{"job", &Row::job}, Column{"holder", &Row::holder},
                       Column{"taken_at", &Row::taken_at}, Column{"alive_at", &Row::alive_at}};
    }
};

std::vector<Row> rows(Db& db) {
    if (!has_table(db, "dreams_leases")) return {};  // an older program's
    return db.list<Row>("SELECT * FROM dreams_leases");
}

template <class Which>
void drop(Db& db, Which which) {
    for (const auto& row : rows(db))
        if (which(row))
            db.run("DELETE FROM dreams_leases WHERE holder = :holder", {{"holder", row.holder}});
}

}  // namespace

std::optional<LeaseHolder> lease_holder(Db& db, const std::string& job, Instant now) {
    const auto row = db.one<Row>("SELECT * FROM dreams_leases WHERE job = :job", {{"job", job}});
    if (!row || !lives(row->holder, row->alive_at, now)) return std::nullopt;
    LeaseHolder holder{.since = row->taken_at};
    const auto parts = text::split(row->holder, ' ');
    if (parts.size() >= parts_of_holder) holder.host = parts[0], holder.process = parts[1];
    return holder;
}

bool anybody_at_work(Db& db, Held held) {
    return std::ranges::any_of(rows(db), [&](const Row& row) {
        return held == Held::by_anybody ||
               lives_here(row.holder).value_or(held == Held::by_the_perhaps_living);
    });
}

bool all_died_where_it_lies(Db& db) {
    const auto end = " " + path_of(db);
    return std::ranges::all_of(rows(db), [&](const Row& row) {
        return !lives_here(row.holder).value_or(true) && row.holder.ends_with(end);
    });
}

void drop_dead_leases(Db& db) {
    drop(db, [](const Row& row) { return !lives_here(row.holder).value_or(true); });
}

void drop_leases_of_others(Db& db) {
    const auto path = path_of(db);
    drop(db, [&](const Row& row) {
        return !lives_here(row.holder).value_or(true) || lies_elsewhere(row.holder, path);
    });
}

bool anybody_at_work_where_it_lies(Db& db, Instant now) {
    const auto path = path_of(db);
    return std::ranges::any_of(rows(db), [&](const Row& row) {
        return !lies_elsewhere(row.holder, path) && lives(row.holder, row.alive_at, now);
    });
}

std::string lease_of_use() {
    const auto space = process_space();
    return std::string(use) + std::to_string(::getpid()) + (space.empty() ? "" : " in " + space);
}

void drop_leases_of_use(Db& db) {
    drop(db, [](const Row& row) {
        const auto parts = text::split(row.holder, ' ');
        return row.job.starts_with(use) && parts.size() >= parts_of_holder && space_of(parts[3]);
    });
}

void carry_leases(Db& from, Db& to) {
    if (!has_table(from, "dreams_leases") || !has_table(to, "dreams_leases")) return;
    auto transaction = to.begin();
    to.run("DELETE FROM dreams_leases");
    to.add_all("dreams_leases", from.list<Row>("SELECT * FROM dreams_leases"));
    transaction.commit();
}

Lease::Lease(Db& db, std::string job, Instant now, const std::function<void()>& first)
    : db_(db), job_(std::move(job)), holder_(this_holder(db)) {
    require_free(now);  // before it waits for whoever writes, which may be that other
    auto transaction = db_.begin();
    require_free(now);
    first();
    db_.run("DELETE FROM dreams_leases WHERE job = :job", {{"job", job_}});
    db_.run(R"sql(
        INSERT INTO dreams_leases (job, holder, taken_at, alive_at)
        VALUES (:job, :holder, :now, :now))sql",
            {{"job", job_}, {"holder", holder_}, {"now", now}});
    transaction.commit();
    // Use of the file lasts for weeks and is known by its lock (store/in_use_lock).
    if (job_ == lease_of_use()) return;
    try {
        renewal_ = std::make_unique<LeaseRenewal>(db_.path(), job_, holder_, now);
    } catch (const std::system_error&) {
        // The machine has no thread left: what the work says in its commits has to do.
    }
}

void Lease::require_free(Instant now) const {
    const auto other = lease_holder(db_, job_, now);
    if (!other) return;
    throw LeaseHeld(
        "another run of '" + job_ + "' is under way" +
        (other->process.empty() ? "" : " (process " + other->process + " on " + other->host + ")") +
        (other->since ? " since " + to_text(*other->since) : ""));
}

Lease::~Lease() {
    renewal_.reset();
    try {
        db_.run("DELETE FROM dreams_leases WHERE job = :job AND holder = :holder",
                {{"job", job_}, {"holder", holder_}});
    } catch (const Error&) {
        // The disk is full or gone. The lease ends with this process: the next sees that it died.
    }
}

void Lease::alive(Instant now) {
    if (db_.run("UPDATE dreams_leases SET alive_at = :now WHERE job = :job AND holder = :holder",
                {{"job", job_}, {"holder", holder_}, {"now", now}}) == 0)
        throw LeaseHeld("another run has taken over '" + job_ + "'");
}

}  // namespace dreams::store
