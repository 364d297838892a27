#include "store/in_use_lock.h"

#include <filesystem>

namespace dreams::store {
namespace {

/// The same for every name that leads to the file.
std::string beside(const std::string& path) {
    std::error_code nowhere;  // it is in memory
    return std::filesystem::weakly_canonical(path, nowhere).string() + ".in-use";
}

}  // namespace

LockFile in_use_lock(const Db& db) {
    return {beside(db.path()), db.path()};
}

bool is_in_use_here(const std::string& path) {
    return LockFile::is_held(beside(path));
}

}  // namespace dreams::store
