#include "store/lease.h"

#include <unistd.h>

#include <fstream>
#include <random>
#include <sstream>

#include "base/text.h"

namespace dreams::store {
namespace {

constexpr std::chrono::minutes silent_for{10};

/// When a process began, in the kernel's ticks; empty: there is none. Tells a process from a later
/// one with the same number.
std::string start_of(const std::string& process) {
    std::ifstream file("/proc/" + process + "/stat");
    std::string stat((std::istreambuf_iterator<char>(file)), {});
    const auto name_end = stat.rfind(')');  // the name may hold anything, blanks too
    if (name_end == std::string::npos) return "";
    const auto fields = text::split(std::string_view(stat).substr(name_end + 1), ' ');
    return fields.size() > 19 && fields[0] != "Z" ? fields[19] : "";
}

std::string host() {
    char name[256] = {};
    gethostname(name, sizeof name - 1);
    return name;
}

/// `host process start serial`: the serial tells two holders within one process apart.
std::string this_holder() {
    static std::random_device random;
    const auto process = std::to_string(::getpid());
    return host() + " " + process + " " + start_of(process) + " " + std::to_string(random());
}

bool lives(const std::string& holder, std::optional<Instant> alive_at, Instant now) {
    const auto parts = text::split(holder, ' ');
    if (parts.size() == 4 && parts[0] == host()) return start_of(parts[1]) == parts[2];
    return alive_at && now - *alive_at < silent_for;
}

struct Row {
    std::string holder;
    std::optional<Instant> taken_at, alive_at;
    static constexpr auto columns() {
        return std::tuple{Column{"holder", &Row::holder}, Column{"taken_at", &Row::taken_at},
                          Column{"alive_at", &Row::alive_at}};
    }
};

}  // namespace

Lease::Lease(Db& db, std::string job, Instant now)
    : db_(db), job_(std::move(job)), holder_(this_holder()) {
    auto transaction = db_.begin();
    const auto row = db_.one<Row>("SELECT * FROM dreams_leases WHERE job = :job", {{"job", job_}});
    if (row && lives(row->holder, row->alive_at, now)) {
        const auto parts = text::split(row->holder, ' ');
        throw Error(
            Fault::conflict,
            "another run of '" + job_ + "' is under way" +
                (parts.size() == 4 ? " (process " + parts[1] + " on " + parts[0] + ")" : "") +
                (row->taken_at ? " since " + to_text(*row->taken_at) : ""));
    }
    db_.run("DELETE FROM dreams_leases WHERE job = :job", {{"job", job_}});
    db_.run(R"sql(
        INSERT INTO dreams_leases (job, holder, taken_at, alive_at)
        VALUES (:job, :holder, :now, :now))sql",
            {{"job", job_}, {"holder", holder_}, {"now", now}});
    transaction.commit();
}

Lease::~Lease() {
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
        throw Error(Fault::conflict, "another run has taken over '" + job_ + "'");
}

}  // namespace dreams::store
