#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace dreams {

/// What a packed file is locked with: 32 bytes, told as 64 hexadecimal digits.
struct PackKey {
    std::array<unsigned char, 32> bytes{};

    static PackKey random();
    /// Throws Error{invalid}: these are not 64 hexadecimal digits.
    static PackKey from_text(std::string_view digits);
    std::string text() const;
    /// 16 digits that tell it from others and do not tell what it is.
    std::string fingerprint() const;
};

/// Writes what `from` holds to `to` (over what it held): compressed by zstd with a checksum, and
/// with a key encrypted by libsodium's secretstream, whose last piece is marked as the last.
/// Throws Error{unavailable}: a disk is full or has failed.
void pack_file(const std::string& from, const std::string& to, const std::optional<PackKey>& key);

/// The way back. Throws Error: invalid (cut short, altered, no such file of ours, another key, a
/// key is needed), unavailable (the disk).
void unpack_file(const std::string& from, const std::string& to, const std::optional<PackKey>& key);

/// Whether what `packed` holds is `file` to the last byte; nothing is written. Throws as
/// unpack_file() does.
bool is_packed_of(const std::string& packed, const std::string& file,
                  const std::optional<PackKey>& key);

/// Whether the file says that it is encrypted. Throws Error{unavailable}: it cannot be read.
bool is_locked(const std::string& file);

/// Bytes worked into 32 that no other bytes give (BLAKE2b), as they come.
class Digest {
public:
    Digest();
    void add(std::string_view bytes);
    std::string hex();  ///< 64 digits; nothing may be added after it

private:
    alignas(64) std::array<unsigned char, 384> state_{};
};

}  // namespace dreams
