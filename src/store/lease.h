#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/db.h"
#include "base/time.h"

namespace dreams::store {

class LeaseRenewal;

/// Who does a job.
struct LeaseHolder {
    std::string process, host;  ///< empty: an older program took it, and did not say
    std::optional<Instant> since;
};

/// Who holds `job` at `now`; none: nobody, or one that died.
std::optional<LeaseHolder> lease_holder(Db& db, const std::string& job, Instant now);

enum class Held { by_anybody, by_the_living, by_the_perhaps_living };

/// Whether the file names anybody who does a job; by the living: on this machine, and still there;
/// by the perhaps living: or on another, of which nothing is known.
bool anybody_at_work(Db& db, Held held);

/// Whether everybody whom the file names worked on it on this machine, under the path that it has
/// now, and has died since.
bool all_died_where_it_lies(Db& db);

/// Forgets whoever did a job on this machine and has died since.
void drop_dead_leases(Db& db);

/// Forgets those as well who began on a file that lay elsewhere: they are at work on that one.
void drop_leases_of_others(Db& db);

/// Whether somebody does a job on the file where it lies now, as far as the file says: whoever is
/// not known to be dead, here, and elsewhere has not been silent for ten minutes.
bool anybody_at_work_where_it_lies(Db& db, Instant now);

/// The job of using the file (store/whole_file), this process's own.
std::string lease_of_use();

/// Forgets whoever used the file, but for older programs: nobody does (store/in_use_lock).
void drop_leases_of_use(Db& db);

/// Whoever does a job in `from` does it in `to`, which takes the place of that.
void carry_leases(Db& from, Db& to);

/// That another does the job: an Error{conflict} that the exit status of a command tells from
/// others.
class LeaseHeld : public Error {
public:
    explicit LeaseHeld(const std::string& sentence) : Error(Fault::conflict, sentence) {}
};

/// The right to do one job, held in the file so that no two programs do it together. Given back
/// when it goes. A holder on this machine that has died loses it at once; one elsewhere when it
/// has been silent for ten minutes. While it is held, the file is told each minute that the holder
/// lives (but of the lease_of_use()).
class Lease {
public:
    /// `first` is done in the transaction that takes it, before it is there. Throws LeaseHeld,
    /// which says who holds the job and since when.
    Lease(
        Db& db, std::string job, Instant now, const std::function<void()>& first = [] {});
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    /// Asks whether it is held still, and says that the holder lives; call it in each commit of the
    /// work. Throws LeaseHeld when another has taken the job over meanwhile: then nothing more may
    /// be written.
    void alive(Instant now);

private:
    void require_free(Instant now) const;

    Db& db_;
    std::string job_, holder_;
    std::unique_ptr<LeaseRenewal> renewal_;
};

}  // namespace dreams::store
