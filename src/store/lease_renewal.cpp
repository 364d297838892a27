#include "store/lease_renewal.h"

#include <exception>

#include "base/db.h"

namespace dreams::store {
namespace {

using namespace std::chrono_literals;

/// So many times as often it is tried again after somebody was found writing: work that commits at
/// last should not be taken for dead then.
constexpr int sooner = 60;

}  // namespace

LeaseRenewal::LeaseRenewal(std::string path, std::string job, std::string holder, Instant now,
                           std::chrono::milliseconds every)
    : path_(std::move(path)),
      job_(std::move(job)),
      holder_(std::move(holder)),
      taken_at_(now),
      every_(every),
      thread_([this](const std::stop_token& stop) { go_on(stop); }) {}

LeaseRenewal::~LeaseRenewal() = default;

void LeaseRenewal::go_on(const std::stop_token& stop) {
    auto wait = every_;
    const auto never = [] { return false; };
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            ended_.wait_for(lock, stop, wait, never);
        }
        if (!stop.stop_requested()) wait = renew() ? every_ : every_ / sooner + 1ms;
    }
}

/// False: it could not be said. Whoever holds the lease finds out by itself what is wrong with the
/// file, or that another has taken the lease over.
bool LeaseRenewal::renew() const {
    try {
        Db db = Db::open(path_);
        db.query("PRAGMA busy_timeout = 100").step();  // whoever ends the work waits for this
        const auto gone = std::chrono::system_clock::now() - began_;
        db.run(R"sql(
            UPDATE dreams_leases SET alive_at = :now
             WHERE job = :job AND holder = :holder)sql",
               {{"now", taken_at_ + std::chrono::floor<std::chrono::seconds>(gone)},
                {"job", job_},
                {"holder", holder_}});
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace dreams::store
