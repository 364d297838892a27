// Copies of a file, as the program tells them apart.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/http.h"
#include "cli/program.h"

namespace dreams {
namespace {

using test::text;
using testing::HasSubstr;

struct CopiedFile : testing::Test {
    test::Program program;
    void SetUp() override {
        program.variables = {{"DREAMS_ENVIRONMENT", "prd"},
                             {"DREAMS_NOTION_URL", "nowhere"},
                             {"DREAMS_NOTION_TOKEN", "secret"},
                             {"DREAMS_NOTION_DATA_SOURCE", "0123456789abcdef0123456789abcdef"}};
        ASSERT_EQ(program.run({"init"}).status, 0);
        std::filesystem::copy_file(program.folder.file("dreams.db"),
                                   program.folder.file("copy.db"));
    }
    json::Value origin(const std::string& file) {
        return program.run({"origin", "--database", file, "--json"}).json();
    }
};

using ACopiedFile = CopiedFile;

TEST_F(ACopiedFile, HasTheLineageOfItsOriginalAndANameOfItsOwn) {
    const auto original = origin("dreams.db"), copy = origin("copy.db");
    EXPECT_EQ(text(original.at("lineage")), text(copy.at("lineage")));
    EXPECT_EQ(text(original.at("copy")), text(copy.at("copied_from")));
    EXPECT_NE(text(original.at("copy")), text(copy.at("copy")));
    EXPECT_TRUE(original.at("may_send").as_bool());
    EXPECT_FALSE(copy.at("may_send").as_bool());
}

TEST_F(ACopiedFile, PushesNothingToNotionUntilItIsClaimed) {
    const auto refused = program.run({"sync", "notion", "--database", "copy.db"});
    EXPECT_NE(refused.status, 0);
    EXPECT_THAT(refused.err, HasSubstr("is a copy of the PRD file"));
    EXPECT_THAT(refused.err, HasSubstr("dreams origin --claim"));
    EXPECT_THAT(program.run({"origin", "--claim", "--database", "copy.db"}).out,
                HasSubstr("it may send to others as prd"));
    EXPECT_THAT(program.run({"sync", "notion", "--database", "copy.db"}).err,
                HasSubstr("notion.url is 'nowhere'"));
}

TEST_F(ACopiedFile, IsNotSentFromUnderAnotherEnvironment) {
    program.variables["DREAMS_ENVIRONMENT"] = "dev";
    EXPECT_THAT(program.run({"sync", "notion"}).err,
                HasSubstr("belongs to PRD and is opened as DEV"));
}

// ---- In use

struct FileInUse : testing::Test {
    test::Program program;
    const bool made = program.run({"init"}).status == 0;
    test::Running server = program.start({"serve", "--listen", "127.0.0.1:0", "--json"});
    const std::string url = text(json::parse(server.first_line()).at("url"));
    std::string file = program.folder.file("dreams.db"), copy = program.folder.file("copy.db");

    void end_server() {
        server.signal(SIGTERM);
        EXPECT_EQ(server.ended().status, 0);
    }
};

using AFileInUse = FileInUse;

TEST_F(AFileInUse, IsNotCopiedByCpWithoutThatBeingSaid) {
    std::filesystem::copy_file(file, copy);
    for (const char* command : {"status", "origin", "serve", "doctor"}) {
        const auto refused = program.run({command, "--database", "copy.db"});
        EXPECT_NE(refused.status, 0) << command;
        EXPECT_THAT(refused.out + refused.err, HasSubstr("without the -wal file")) << command;
    }
    EXPECT_THAT(program.run({"merge", "copy.db"}).err, HasSubstr("without the -wal file"));
    const auto restored = program.run({"restore", "copy.db", "--yes"});
    EXPECT_EQ(restored.status, 1);
    EXPECT_THAT(restored.err, HasSubstr("without the -wal file"));
    EXPECT_THAT(program.run({"origin", "--accept", "--database", "copy.db"}).out,
                HasSubstr("is a copy of the DEV file"));
    EXPECT_EQ(program.run({"status", "--database", "copy.db"}).status, 0);
    EXPECT_EQ(program.run({"status"}).status, 0) << "the file itself";
}

TEST_F(AFileInUse, IsNotTakenAsItIsNorTakenFromItsServer) {
    const auto refused = program.run({"origin", "--accept"});
    EXPECT_NE(refused.status, 0);
    EXPECT_THAT(refused.err, HasSubstr("Stop DREAMS first"));
    EXPECT_EQ(program.run({"score"}).status, 0);
    EXPECT_EQ(http::network()({.url = url + "/"}).status, 200);
    end_server();
    EXPECT_EQ(program.run({"origin", "--accept"}).status, 0);
}

TEST_F(AFileInUse, IsAtRestWhenItsServerHasEnded) {
    end_server();
    std::filesystem::copy_file(file, copy);
    EXPECT_EQ(program.run({"status", "--database", "copy.db"}).status, 0);
}

TEST_F(AFileInUse, MovedAwayUnderItsServerIsMissedByItAndRefusedElsewhere) {
    std::filesystem::rename(file, copy);
    const auto answer = http::network()({.url = url + "/"});
    EXPECT_EQ(answer.status, 503);
    EXPECT_THAT(answer.body, HasSubstr("The database file is not there"));
    EXPECT_FALSE(std::filesystem::exists(file)) << "nobody made an empty one";
    EXPECT_THAT(program.run({"status", "--database", "copy.db"}).err,
                HasSubstr("without the -wal file"));
    std::filesystem::rename(copy, file);
    EXPECT_EQ(http::network()({.url = url + "/"}).status, 200);
    end_server();
    EXPECT_EQ(program.run({"status"}).status, 0);
}

}  // namespace
}  // namespace dreams
