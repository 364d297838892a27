// Packed files: the bytes come back, or a sentence says why not; never other bytes.

#include "base/packed_file.h"

#include <gmock/gmock.h>

#include <random>

#include "support/folder.h"

namespace dreams {
namespace {

using testing::HasSubstr;
using testing::Not;

class PackedFile : public testing::Test {
protected:
    std::string packed(const std::string& bytes, const std::optional<PackKey>& with) {
        test::write_file(folder.file("plain"), bytes);
        pack_file(folder.file("plain"), folder.file("packed"), with);
        return test::read_file(folder.file("packed"));
    }
    std::string unpacked(const std::string& bytes, const std::optional<PackKey>& with) {
        test::write_file(folder.file("packed"), bytes);
        unpack_file(folder.file("packed"), folder.file("again"), with);
        return test::read_file(folder.file("again"));
    }
    std::string failure(const std::string& bytes, const std::optional<PackKey>& with) {
        try {
            unpacked(bytes, with);
        } catch (const Error& error) {
            return error.what();
        }
        return "it was unpacked";
    }
    /// Half noise, half the same.
    static std::string bytes(std::size_t size) {
        std::mt19937 random(7);
        std::string made(size, 'x');
        for (std::size_t i = 0; i < size / 2; ++i) made[i] = static_cast<char>(random());
        return made;
    }
    test::Folder folder;
    const PackKey key = PackKey::random();
};

TEST_F(PackedFile, ComesBackOfAnySizeLockedOrNot) {
    for (const std::size_t size :
         {0UL, 1UL, 8UL, 65535UL, 65536UL, 131072UL, 131073UL, 262144UL, 3'000'000UL})
        for (const auto& with : {std::optional<PackKey>(), std::optional(key)})
            EXPECT_TRUE(unpacked(packed(bytes(size), with), with) == bytes(size)) << size;
}

TEST_F(PackedFile, IsHeldAgainstWhatItWasMadeOf) {
    for (const auto& with : {std::optional<PackKey>(), std::optional(key)}) {
        const auto plain = bytes(3'000'000);
        packed(plain, with);
        const auto is_same = [&](const std::string& other) {
            test::write_file(folder.file("plain"), other);
            return is_packed_of(folder.file("packed"), folder.file("plain"), with);
        };
        EXPECT_TRUE(is_same(plain));
        EXPECT_FALSE(is_same(plain + "x"));
        EXPECT_FALSE(is_same(plain.substr(1)));
        EXPECT_FALSE(is_same(plain.substr(0, plain.size() - 1)));
        auto altered = plain;
        altered[2'000'000] ^= 1;
        EXPECT_FALSE(is_same(altered));
        EXPECT_FALSE(is_same(""));
    }
}

TEST_F(PackedFile, KeysAreToldApartByWhatDoesNotTellThem) {
    EXPECT_EQ(key.fingerprint(), PackKey::from_text(key.text()).fingerprint());
    EXPECT_NE(key.fingerprint(), PackKey::random().fingerprint());
    EXPECT_EQ(key.text().find(key.fingerprint()), std::string::npos);
}

TEST_F(PackedFile, IsSmallerAndTellsNothingWhenLocked) {
    const std::string secret(100'000, 's');
    EXPECT_LT(packed(secret, {}).size(), 1000u);
    EXPECT_THAT(packed("the agent's notes", key), Not(HasSubstr("agent")));
    EXPECT_TRUE(is_locked(folder.file("packed")));
    packed("plain", {});
    EXPECT_FALSE(is_locked(folder.file("packed")));
}

TEST_F(PackedFile, CutShortAnywhereIsNoticed) {
    for (const auto& with : {std::optional<PackKey>(), std::optional(key)}) {
        const auto whole = packed(bytes(400'000), with);
        for (const auto left : {whole.size() - 1, whole.size() / 2, std::size_t{65536 + 17 + 32},
                                std::size_t{20}, std::size_t{0}})
            EXPECT_THAT(failure(whole.substr(0, left), with), HasSubstr("cut short")) << left;
        EXPECT_THAT(failure(whole + "x", with), HasSubstr("damaged"));
    }
}

TEST_F(PackedFile, AChangedBitIsNoticed) {
    for (const auto& with : {std::optional<PackKey>(), std::optional(key)}) {
        const auto whole = packed(bytes(100'000), with);
        for (std::size_t at = 9; at < whole.size(); at += whole.size() / 23) {
            auto changed = whole;
            changed[at] ^= 4;
            EXPECT_THAT(failure(changed, with), HasSubstr("damaged")) << at;
        }
    }
}

TEST_F(PackedFile, NeedsItsOwnKey) {
    const auto whole = packed("secret", key);
    EXPECT_THAT(failure(whole, std::nullopt), HasSubstr("backup.key_file opens it"));
    EXPECT_THAT(failure(whole, PackKey::random()), HasSubstr("another key"));
    EXPECT_EQ(unpacked(whole, PackKey::from_text(key.text())), "secret");
    EXPECT_THROW(PackKey::from_text("12"), Error);
    EXPECT_THROW(PackKey::from_text(std::string(64, 'g')), Error);
    EXPECT_THROW(PackKey::from_text(std::string(66, 'a')), Error);
}

TEST_F(PackedFile, DigestsTellBytesApart) {
    const auto hex = [](std::initializer_list<std::string_view> parts) {
        Digest digest;
        for (const auto part : parts) digest.add(part);
        return digest.hex();
    };
    EXPECT_EQ(hex({"ab", "c"}), hex({"abc"}));
    EXPECT_NE(hex({"abc"}), hex({"abd"}));
    // BLAKE2b of 32 bytes, of nothing.
    EXPECT_EQ(hex({}), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

}  // namespace
}  // namespace dreams
