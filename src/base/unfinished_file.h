#pragma once

#include <string>

#include "base/error.h"

namespace dreams {

/// A file under a passing name beside the one it is to bear (`….partial-AbC123`), for its owner's
/// eyes only; gone, with what an engine put beside it, unless it was finished. What bears the final
/// name is whole. While it is worked on, a lock on an empty file beside it (`….lock`) says that its
/// maker lives.
class UnfinishedFile {
public:
    /// Throws Error{unavailable}: the folder is missing, read-only or full.
    explicit UnfinishedFile(std::string target);
    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;
    ~UnfinishedFile();

    const std::string& name() const { return name_; }

    /// Brings the bytes to the disk, then gives them their name, over a file that had it.
    /// Throws Error{unavailable}.
    void finish();

    /// The same where no file has that name; false: one has, and it was not touched.
    bool finish_new();

private:
    bool make();
    void sync_folder() const;

    std::string target_, name_;
    int lock_ = -1;
};

/// Removes what killed programs left under passing names that begin with `stem`, a path as
/// `/srv/dreams.db`. What a living program is at stays, what may not be removed, and what has no
/// lock beside it: that is somebody else's.
void remove_leftovers(const std::string& stem);

/// That `file` cannot be written, with the machine's reason (`code` is an errno).
Error cannot_write(const std::string& file, int code);

}  // namespace dreams
