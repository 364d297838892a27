#pragma once

#include <cstdint>
#include <string>
#include <system_error>

namespace dreams::store {

/// How much room the disk has that the file at a path lies on, and how much it wants.
struct DiskRoom {
    std::uintmax_t free = 0, file = 0, wanted = 0;  ///< bytes
    std::error_code unknown;                        ///< the disk could not be asked

    bool enough() const { return unknown || free >= wanted; }
};
DiskRoom disk_room(const std::string& path);

/// Why nothing can be written to the file now, as far as can be seen from outside: it or its folder
/// is read-only, the disk is full; empty: it can.
std::string why_not_writable(const std::string& path);

}  // namespace dreams::store
