#pragma once

#include <string>

#include "base/db.h"
#include "base/time.h"

namespace dreams::store {

/// The right to do one job, held in the file so that no two programs do it together. Given back
/// when it goes. A holder on this machine that has died loses it at once; one elsewhere when it
/// has been silent for ten minutes.
class Lease {
public:
    /// Throws Error{conflict}, which says who holds the job and since when.
    Lease(Db& db, std::string job, Instant now);
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

    /// Says that the holder lives; call it in each commit of the work. Throws Error{conflict} when
    /// another has taken the job over meanwhile: then nothing more may be written.
    void alive(Instant now);

private:
    Db& db_;
    std::string job_, holder_;
};

}  // namespace dreams::store
