// `dreams compare`, by the real program.

#include <gmock/gmock.h>

#include "cli/program.h"
#include "support/database.h"

namespace dreams::cli {
namespace {

using testing::HasSubstr;

TEST(Compare, TellsTwoFilesApartAndTouchesNeither) {
    test::Program program;
    {
        Db a = test::database(program.folder, "a.db"), b = test::database(program.folder, "b.db");
        test::add_lead(a, "Ana");
    }
    const auto before = test::read_file(program.folder.file("b.db"));
    const auto said = program.run({"compare", "a.db", "b.db"});
    EXPECT_EQ(said.status, 0) << said.err;
    EXPECT_THAT(said.out, HasSubstr("1 only in A"));
    const auto told = program.run({"compare", "a.db", "b.db", "--json"}).json();
    EXPECT_FALSE(told.at("same").as_bool());
    EXPECT_EQ(told.at("tables").at("leads").at("only_a"), 1);
    EXPECT_EQ(told.at("tables").at("leads").at("b"), 0);
    EXPECT_EQ(test::read_file(program.folder.file("b.db")), before);
    EXPECT_FALSE(program.run({"compare", "a.db", "a.db"}).out.empty());
}

TEST(Compare, SaysWhatIsNoFileAndWhatIsNoDatabase) {
    test::Program program;
    test::write_file(program.folder.file("a.db"), "not a database, but long enough to be read");
    const auto missing = program.run({"compare", "a.db", "nowhere.db"});
    EXPECT_EQ(missing.status, 1);
    EXPECT_THAT(missing.err, HasSubstr("a.db is not a database"));
    EXPECT_EQ(program.run({"compare", "a.db"}).status, 2);
}

}  // namespace
}  // namespace dreams::cli
