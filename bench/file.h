#pragma once

#include <filesystem>
#include <string>

#include "bench/account.h"

namespace dreams::bench {

/// A folder for files that are only measured with; gone when this goes.
class Folder {
public:
    /// In `within`, which decides the disk that is measured.
    explicit Folder(const std::filesystem::path& within);
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    std::string file(const std::string& name) const { return path_ / name; }

private:
    std::filesystem::path path_;
};

/// A new file with the account's people and nothing that they did.
void make_people(const std::string& path, const Account& account);

/// A new file as it is on `monday` before the day's rescore: the whole account, and a month of
/// daily snapshots.
void make_file(const std::string& path, const Account& account);

/// Copies a file that nobody has open, over what is there.
void copy_file(const std::string& from, const std::string& to);

/// Scores everyone as of `as_of`; throws Error as jobs::rescore does.
void rescore_file(const std::string& path, Instant as_of);

}  // namespace dreams::bench
