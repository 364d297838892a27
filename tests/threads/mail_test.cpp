#include <gmock/gmock.h>

#include <thread>

#include "base/smtp.h"
#include "sim/mail/server.h"

namespace dreams::smtp {
namespace {

TEST(Post, IsGoodForSeveralThreadsAtOnce) {
    constexpr int threads = 4, each = 5;
    const sim::MailServer server;
    const auto post_one = post({.url = "smtp://127.0.0.1:" + std::to_string(server.port())});
    {
        std::vector<std::jthread> all;
        for (int i = 0; i < threads; ++i)
            all.emplace_back([&] {
                for (int j = 0; j < each; ++j)
                    post_one({.from = "dreams@example.com",
                              .to = {"ana@example.com"},
                              .message = "Subject: one\r\n\r\ntext\r\n"});
            });
    }
    EXPECT_EQ(server.mails().size(), static_cast<std::size_t>(threads * each));
}

}  // namespace
}  // namespace dreams::smtp
