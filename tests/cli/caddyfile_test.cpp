// The proxy's configuration lets nobody in before its owner has set who may.

#include <gmock/gmock.h>

#include "cli/program.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;

std::string with(std::string text, const std::string& word, const std::string& instead) {
    const auto at = text.find(word);
    if (at == std::string::npos) throw std::runtime_error("no " + word);
    return text.replace(at, word.size(), instead);
}

/// What Caddy says of a configuration; empty: it takes it.
std::string refusal(const std::string& configuration) {
    const test::Folder folder;
    test::write_file(folder.file("Caddyfile"), configuration);
    const auto command = "HOME=" + folder.path().string() +
                         " caddy validate --adapter caddyfile --config " +
                         folder.file("Caddyfile") + " >" + folder.file("said") + " 2>&1";
    return std::system(command.c_str()) == 0 ? "" : test::read_file(folder.file("said"));
}

TEST(Caddyfile, IsRefusedUntilThePasswordsHashIsSet) {
    if (std::system("command -v caddy >/dev/null") != 0) GTEST_SKIP() << "there is no caddy here";
    const auto shipped = test::read_file(DREAMS_ROOT "/packaging/Caddyfile");
    EXPECT_THAT(refusal(shipped), HasSubstr("base64-decoding password"));
    const auto hash = "$2a$14$toi55aaE9Mrk6np4OBL7L.Pwc5IxypATluTEcXP0OcTZM8W85pcH2";
    EXPECT_EQ(refusal(with(shipped, "THE-HASH-OF-A-PASSWORD", hash)), "");
}

TEST(Caddyfile, ItsSecretIsNoneThatServeTakes) {
    test::Program program;
    program.run({"init"});
    EXPECT_THAT(test::read_file(DREAMS_ROOT "/packaging/Caddyfile"),
                HasSubstr("header_up X-Dreams-Proxy THE-SECRET\n"));
    const auto refused = program.run({"serve", "--listen", "127.0.0.1:0"},
                                     {{"DREAMS_WEB_PUBLIC_URL", "https://dreams.example.com"},
                                      {"DREAMS_WEB_PROXY_SECRET", "THE-SECRET"}});
    EXPECT_EQ(refused.status, 1);
    EXPECT_THAT(refused.err, HasSubstr("web.proxy_secret has less than 32 characters"));
}

}  // namespace
}  // namespace dreams::cli
