#include "base/packed_file.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <zstd.h>

#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "base/unfinished_file.h"

namespace dreams {
namespace {

constexpr std::string_view magic = "DREAMS\x01\n";  // what a locked file begins with
constexpr std::size_t piece = std::size_t{1} << 16;
constexpr std::size_t sealed_piece = piece + crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr int level = 3;  // 9 is a fifth smaller and takes five times as long

void ready() {
    if (sodium_init() < 0) throw Error(Fault::internal, "the machine gives no random numbers");
}

/// A file, read or written from its beginning to its end.
class Stream {
public:
    Stream(std::string name, const char* how) : name_(std::move(name)), file_(open(how)) {}

    /// Fewer than asked for: the file ends there.
    std::size_t read(void* bytes, std::size_t size) {
        const auto got = ::fread(bytes, 1, size, file_.get());
        if (::ferror(file_.get()))
            throw Error(Fault::unavailable, "the disk failed while reading " + name_);
        return got;
    }
    void write(const void* bytes, std::size_t size) {
        if (::fwrite(bytes, 1, size, file_.get()) != size) throw cannot_write(name_, errno);
    }
    void close() {
        if (::fclose(file_.release()) != 0) throw cannot_write(name_, errno);
    }
    const std::string& name() const { return name_; }

private:
    struct Closer {
        void operator()(FILE* file) const { ::fclose(file); }
    };
    FILE* open(const char* how) const {
        FILE* file = ::fopen(name_.c_str(), how);
        if (!file)
            throw Error(Fault::unavailable, name_ + " cannot be opened: " + std::strerror(errno));
        return file;
    }
    std::string name_;
    std::unique_ptr<FILE, Closer> file_;
};

Error broken(const Stream& from) {
    return {Fault::invalid, from.name() + " is cut short or damaged; take another backup"};
}

/// Takes bytes and writes them in sealed pieces, or as they are when there is no key.
class Sealer {
public:
    Sealer(Stream& to, const std::optional<PackKey>& key) : to_(to), locked_(key.has_value()) {
        if (!locked_) return;
        unsigned char header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
        crypto_secretstream_xchacha20poly1305_init_push(&state_, header, key->bytes.data());
        to_.write(magic.data(), magic.size());
        to_.write(header, sizeof header);
    }
    void add(const char* bytes, std::size_t size) {
        if (!locked_) return to_.write(bytes, size);
        held_.append(bytes, size);
        std::size_t at = 0;  // one piece is held back: only the end knows which is the last
        for (; held_.size() - at > piece; at += piece) seal(held_.data() + at, piece, 0);
        held_.erase(0, at);
    }
    void end() {
        if (locked_)
            seal(held_.data(), held_.size(), crypto_secretstream_xchacha20poly1305_TAG_FINAL);
    }

private:
    void seal(const char* bytes, std::size_t size, unsigned char tag) {
        unsigned char sealed[sealed_piece];
        unsigned long long length = 0;
        crypto_secretstream_xchacha20poly1305_push(&state_, sealed, &length,
                                                   reinterpret_cast<const unsigned char*>(bytes),
                                                   size, nullptr, 0, tag);
        to_.write(sealed, length);
    }
    Stream& to_;
    bool locked_;
    crypto_secretstream_xchacha20poly1305_state state_{};
    std::string held_;
};

/// The way back: gives the bytes piece by piece.
class Opener {
public:
    Opener(Stream& from, const std::optional<PackKey>& key) : from_(from) {
        char begin[magic.size()];
        begun_.assign(begin, from_.read(begin, sizeof begin));
        locked_ = begun_ == magic;
        if (!locked_) return;
        if (!key)
            throw Error(Fault::invalid,
                        from.name() + " is encrypted; the setting backup.key_file opens it");
        unsigned char header[crypto_secretstream_xchacha20poly1305_HEADERBYTES];
        if (from_.read(header, sizeof header) != sizeof header ||
            crypto_secretstream_xchacha20poly1305_init_pull(&state_, header, key->bytes.data()))
            throw broken(from_);
    }
    /// The next bytes; empty: the end, and it is the true one.
    std::string next() {
        if (!locked_) return next_plain();
        if (ended_) return {};
        std::string sealed(sealed_piece, '\0'), plain(piece, '\0');
        sealed.resize(from_.read(sealed.data(), sealed.size()));
        unsigned long long length = 0;
        unsigned char tag = 0;
        if (sealed.size() < crypto_secretstream_xchacha20poly1305_ABYTES ||
            crypto_secretstream_xchacha20poly1305_pull(
                &state_, reinterpret_cast<unsigned char*>(plain.data()), &length, &tag,
                reinterpret_cast<const unsigned char*>(sealed.data()), sealed.size(), nullptr, 0))
            throw Error(Fault::invalid, from_.name() +
                                            " was encrypted with another key, or is cut short or "
                                            "damaged");
        ended_ = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
        if (char more = 0; ended_ && from_.read(&more, 1) != 0) throw broken(from_);
        plain.resize(length);
        return plain;
    }

private:
    std::string next_plain() {
        if (!begun_.empty()) return std::exchange(begun_, {});
        std::string bytes(piece, '\0');
        bytes.resize(from_.read(bytes.data(), bytes.size()));
        return bytes;
    }
    Stream& from_;
    bool locked_ = false, ended_ = false;
    std::string begun_;
    crypto_secretstream_xchacha20poly1305_state state_{};
};

std::size_t checked(std::size_t result) {
    if (ZSTD_isError(result))
        throw Error(Fault::internal, std::string("zstd: ") + ZSTD_getErrorName(result));
    return result;
}

struct FreeZstd {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

/// Gives what a packed file holds, piece by piece, none longer than ZSTD_DStreamOutSize().
template <class Take>
void unpack(const std::string& from, const std::optional<PackKey>& key, Take take) {
    ready();
    Stream source(from, "rb");
    Opener opener(source, key);
    const std::unique_ptr<ZSTD_DCtx, FreeZstd> zstd(ZSTD_createDCtx());
    std::vector<char> out(ZSTD_DStreamOutSize());
    std::size_t left = 1;  // 0: the compressed stream has ended
    for (std::string bytes; !(bytes = opener.next()).empty();) {
        ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
        ZSTD_outBuffer output{out.data(), out.size(), 0};
        do {
            output.pos = 0;
            left = ZSTD_decompressStream(zstd.get(), &output, &input);
            if (ZSTD_isError(left)) throw broken(source);
            take(std::string_view(out.data(), output.pos));
        } while (input.pos < input.size || (left != 0 && output.pos == output.size));
    }
    if (left != 0) throw broken(source);
}

}  // namespace

void pack_file(const std::string& from, const std::string& to, const std::optional<PackKey>& key) {
    ready();
    Stream source(from, "rb"), target(to, "wb");
    Sealer sealer(target, key);
    const std::unique_ptr<ZSTD_CCtx, FreeZstd> zstd(ZSTD_createCCtx());
    checked(ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_compressionLevel, level));
    checked(ZSTD_CCtx_setParameter(zstd.get(), ZSTD_c_checksumFlag, 1));
    std::vector<char> in(ZSTD_CStreamInSize()), out(ZSTD_CStreamOutSize());
    for (bool last = false; !last;) {
        ZSTD_inBuffer input{in.data(), source.read(in.data(), in.size()), 0};
        last = input.size < in.size();
        for (std::size_t left = 1; left != 0 || input.pos < input.size;) {
            ZSTD_outBuffer output{out.data(), out.size(), 0};
            left = checked(ZSTD_compressStream2(zstd.get(), &output, &input,
                                                last ? ZSTD_e_end : ZSTD_e_continue));
            sealer.add(out.data(), output.pos);
            if (!last && input.pos == input.size) break;
        }
    }
    sealer.end();
    target.close();
}

void unpack_file(const std::string& from, const std::string& to,
                 const std::optional<PackKey>& key) {
    Stream target(to, "wb");
    unpack(from, key, [&](std::string_view bytes) { target.write(bytes.data(), bytes.size()); });
    target.close();
}

bool is_packed_of(const std::string& packed, const std::string& file,
                  const std::optional<PackKey>& key) {
    Stream own(file, "rb");
    std::vector<char> bytes(ZSTD_DStreamOutSize());
    bool same = true;
    unpack(packed, key, [&](std::string_view unpacked) {
        same = same && own.read(bytes.data(), unpacked.size()) == unpacked.size() &&
               std::memcmp(bytes.data(), unpacked.data(), unpacked.size()) == 0;
    });
    char more = 0;
    return same && own.read(&more, 1) == 0;
}

bool is_locked(const std::string& file) {
    Stream stream(file, "rb");
    char begin[magic.size()];
    return std::string_view(begin, stream.read(begin, sizeof begin)) == magic;
}

PackKey PackKey::random() {
    ready();
    PackKey key;
    randombytes_buf(key.bytes.data(), key.bytes.size());
    return key;
}

PackKey PackKey::from_text(std::string_view digits) {
    PackKey key;
    std::size_t length = 0;
    if (sodium_hex2bin(key.bytes.data(), key.bytes.size(), digits.data(), digits.size(), nullptr,
                       &length, nullptr) != 0 ||
        length != key.bytes.size() || digits.size() != 2 * key.bytes.size())
        throw Error(Fault::invalid,
                    "a backup's key is 64 hexadecimal digits; `dreams backup --new-key FILE` "
                    "makes one");
    return key;
}

std::string PackKey::text() const {
    char digits[65];
    sodium_bin2hex(digits, sizeof digits, bytes.data(), bytes.size());
    return digits;
}

std::string PackKey::fingerprint() const {
    Digest digest;
    digest.add("a key of backups");
    digest.add({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return digest.hex().substr(0, 16);
}

Digest::Digest() {
    ready();
    static_assert(sizeof(crypto_generichash_state) <= sizeof(state_));
    crypto_generichash_init(reinterpret_cast<crypto_generichash_state*>(state_.data()), nullptr, 0,
                            32);
}

void Digest::add(std::string_view bytes) {
    crypto_generichash_update(reinterpret_cast<crypto_generichash_state*>(state_.data()),
                              reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
}

std::string Digest::hex() {
    unsigned char digest[32];
    crypto_generichash_final(reinterpret_cast<crypto_generichash_state*>(state_.data()), digest,
                             sizeof digest);
    char digits[65];
    sodium_bin2hex(digits, sizeof digits, digest, sizeof digest);
    return digits;
}

}  // namespace dreams
