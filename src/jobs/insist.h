#pragma once

#include "base/error.h"

namespace dreams::jobs {

/// Does what records something that cannot be taken back, as that a message was sent: while others
/// write for long (each try waits for them), it is tried again, a few times. What `what` throws
/// last is thrown.
template <class What>
void insist(What what) {
    for (int tries_left = 5;; --tries_left) try {
            return what();
        } catch (const Error& error) {
            if (error.fault() != Fault::unavailable || tries_left == 0) throw;
        }
}

}  // namespace dreams::jobs
