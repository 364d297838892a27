// A file that may only be read: on a disk that is read-only, or in a folder of somebody else's.
// What only reads works, and says so; what writes refuses in a sentence.

#include <gmock/gmock.h>

#include "cli/program.h"
#include "support/database.h"
#include "support/small_disk.h"

namespace dreams::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// Everything that only reads `file`, beside a file of the program's own.
void expect_read(test::Program& program, const std::string& file) {
    for (const auto& words : std::vector<test::Words>{{"status"},
                                                      {"calls"},
                                                      {"leads"},
                                                      {"explain", "lead-ana"},
                                                      {"brief"},
                                                      {"dictionary"}}) {
        auto all = words;
        all.insert(all.end(), {"--database", file});
        const auto ran = program.run(all);
        EXPECT_EQ(ran.status, 0) << words[0] << ": " << ran.err;
        EXPECT_THAT(ran.err, HasSubstr("it is only read")) << words[0];
    }
    for (const auto* words : {"score", "serve"}) {
        const auto ran = program.run({words, "--database", file});
        EXPECT_EQ(ran.status, 1) << words;
        EXPECT_THAT(ran.err, HasSubstr("cannot be")) << words;
    }
}

TEST(ReadOnly, DiskIsReadFrom) {
    test::SmallDisk disk;
    if (!disk.mounted()) GTEST_SKIP() << "a small disk cannot be mounted here";
    test::Program program;
    const auto file = (disk.path() / "dreams.db").string();
    {
        Db db = test::database(program.folder);
        test::add_lead(db, "Ana");
    }
    fs::copy_file(program.folder.file("dreams.db"), file);
    ASSERT_TRUE(disk.make_read_only());
    expect_read(program, file);
    for (const auto& words : std::vector<test::Words>{{"compare", "dreams.db", file},
                                                      {"merge", "--dry-run", file},
                                                      {"dictionary", "--compare", file}}) {
        const auto ran = program.run(words);
        EXPECT_EQ(ran.status, 0) << words[0] << ": " << ran.err;
    }
}

TEST(ReadOnly, DiskWithWhatWasWrittenLastBesideTheFileIsNotReadWithoutIt) {
    test::SmallDisk disk;
    if (!disk.mounted()) GTEST_SKIP() << "a small disk cannot be mounted here";
    test::Program program;
    Db db = test::database(program.folder);
    test::add_lead(db, "Ana");
    for (const auto* each : {"dreams.db", "dreams.db-wal"})
        fs::copy_file(program.folder.file(each), disk.path() / each);
    ASSERT_TRUE(disk.make_read_only());
    const auto ran = program.run({"status", "--database", (disk.path() / "dreams.db").string()});
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("dreams.db-wal; copy both into a folder of your own"));
}

TEST(ReadOnly, FileOfSomebodyElseIsReadFrom) {
    if (::geteuid() != 0) GTEST_SKIP() << "there is no other user here";
    test::Program program;
    {
        Db db = test::database(program.folder);
        test::add_lead(db, "Ana");
    }
    const auto file = program.folder.file("dreams.db");
    fs::permissions(program.folder.path(), fs::perms{0755});
    fs::permissions(file, fs::perms{0644});
    program.as_nobody = true;
    expect_read(program, file);
    fs::permissions(file, fs::perms{0600});
    EXPECT_THAT(program.run({"status"}).err, HasSubstr("may not be read by this user"));
}

}  // namespace
}  // namespace dreams::cli
