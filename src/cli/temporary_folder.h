#pragma once

#include <filesystem>
#include <string>

namespace dreams::cli {

/// A folder that only its owner may look into, gone with all that is in it when it goes.
class TemporaryFolder {
public:
    /// `what`: a word of its name, so that one left behind by a kill can be told. Throws
    /// Error{unavailable}: it cannot be made.
    explicit TemporaryFolder(const std::string& what);
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder() { remove(); }

    std::string file(const char* name) const { return (path_ / name).string(); }
    void remove() const noexcept;

private:
    std::filesystem::path path_;
};

}  // namespace dreams::cli
